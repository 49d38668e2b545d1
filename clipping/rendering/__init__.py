"""A settled clip → files: one decode, every shape, loudness."""
