"""Verified files → a share pack."""
