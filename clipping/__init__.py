"""Words and a moment → finished clip files, each verified."""
