"""A watchlist and a transcript → moments worth a clip, ranked, with reasons."""
