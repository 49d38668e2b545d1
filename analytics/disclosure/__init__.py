"""Small groups of people stay unrecognisable: what of a table may be shown, and what an outsider could work out."""
