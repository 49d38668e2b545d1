"""What can go wrong between the rooms.

FlowError
├── HouseTaken      input: another `soundbite up` runs on this home
├── PortTaken       input: something else listens there
├── PartFailed      a part of the house keeps ending
├── NothingToClip   input: no such moment, or neither moment nor in and out
├── TimeUnclear     input: an air time, or a day, that is none
├── PostWrong       input: a post, or a table of posts, that can't be noted
└── NothingToImport input: no such file or folder of exports
"""

from __future__ import annotations

from archive.errors import SoundbiteError


class FlowError(SoundbiteError):
    """Base of this room."""


class HouseTaken(FlowError):
    exit_code = 2


class PortTaken(FlowError):
    exit_code = 2


class PartFailed(FlowError):
    """A part of the house ended too often, or never became ready."""


class NothingToClip(FlowError):
    exit_code = 2


class TimeUnclear(FlowError):
    exit_code = 2


class PostWrong(FlowError):
    exit_code = 2


class NothingToImport(FlowError):
    exit_code = 2
