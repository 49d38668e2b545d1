"""Media files: look at them, index them, get at any moment of them, and the one door to ffmpeg.

Everything here is light to import: PyAV and numpy are loaded where they are first needed.
"""

from archive.media.captions import extract_captions
from archive.media.cut import SourceCut, plan_cut
from archive.media.door import FfmpegRun, Limits, Progress, run_ffmpeg
from archive.media.frames import Frame, frame_at
from archive.media.index import index
from archive.media.info import AudioStream, CaptionStream, MediaInfo, VideoStream
from archive.media.pcm import decode_pcm
from archive.media.probe import probe
from archive.media.resolve import ffmpeg_binary, ffmpeg_version
from archive.media.sandbox import SandboxState, sandbox_state
from archive.media.scan import Scan, scan

__all__ = [
    "AudioStream",
    "CaptionStream",
    "FfmpegRun",
    "Frame",
    "Limits",
    "MediaInfo",
    "Progress",
    "SandboxState",
    "Scan",
    "SourceCut",
    "VideoStream",
    "decode_pcm",
    "extract_captions",
    "ffmpeg_binary",
    "ffmpeg_version",
    "frame_at",
    "index",
    "plan_cut",
    "probe",
    "run_ffmpeg",
    "sandbox_state",
    "scan",
]
