"""What words say, however they are written: figures, sentences, turns, and how something is said."""
