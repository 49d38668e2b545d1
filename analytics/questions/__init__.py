"""What people ask of the lake: which values count in a window, what they add up to, whom they reached."""
