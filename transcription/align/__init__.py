"""Putting late captions back where their words were said.

The sound is decoded with a language model made of the captions, what is heard is matched to them, and the
words between the anchors are put into the voiced time between them. Captions that are right already are kept
as they are.
"""

from transcription.align.realign import Realigned, realign

__all__ = ["Realigned", "realign"]
