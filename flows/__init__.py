"""What runs, when, in what order, how often again. Thin: the rooms below know how."""
