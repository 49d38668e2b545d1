"""A moment → in and out."""
