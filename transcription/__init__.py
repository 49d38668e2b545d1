"""Recording → timed words: broadcast captions first, speech recognition where there are none."""
