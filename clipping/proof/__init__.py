"""A finished file → what was proved about it."""
