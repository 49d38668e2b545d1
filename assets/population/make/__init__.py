"""Builds the tables of assets/population from the offices' own files: see ../README.md."""
