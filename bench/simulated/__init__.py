"""People, posts and exports that never were: the truth is known, and everything is read back as if it were not."""
