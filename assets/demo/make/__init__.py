"""Makes the demo recording: from a screenplay to a film, sound, truth and late captions."""
