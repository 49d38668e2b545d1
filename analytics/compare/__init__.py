"""Comparing clips: which did better with whom, and when that can't be told apart."""
