"""Makes the demo recording: a political interview with invented people, from a screenplay to a film, sound, truth and late captions."""
