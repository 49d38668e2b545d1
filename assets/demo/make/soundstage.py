"""From the screenplay to one timed soundtrack: who says which word when, and the mix, at 48 kHz."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import signal

from make.delivery import delivered
from make.screenplay import Line, Manner, Screenplay
from make.voices import Phone, Samples, Spoken, say

RATE = 48_000
_LEAD_S = 0.03  # kept before a line's first phone and after its last one
_CUT_OFF_S = 0.06  # how long a voice takes to give way when it is interrupted
_SILENT = {"pau", "ssil"}


@dataclass(frozen=True)
class SaidWord:
    text: str
    start: float
    end: float
    who: str
    line: str


@dataclass(frozen=True)
class SaidLine:
    line: Line
    start: float
    end: float
    words: tuple[SaidWord, ...]
    phones: tuple[Phone, ...]


@dataclass(frozen=True)
class Take:
    """The whole programme as said: lines in order, and the dry voice of each person at 48 kHz, mono."""

    lines: tuple[SaidLine, ...]
    voices: dict[str, Samples]
    duration: float

    def line(self, name: str) -> SaidLine:
        return next(said for said in self.lines if said.line.id == name)

    @property
    def words(self) -> tuple[SaidWord, ...]:
        return tuple(sorted((word for said in self.lines for word in said.words), key=lambda word: word.start))


def perform(play: Screenplay) -> Take:
    """Every line said in turn; times are seconds of the finished recording."""
    said, clips, clock = [], [], play.opening_s
    for line in play.lines:
        manner = play.cast[line.who].manner
        performed, wave = _perform(line, manner, clock + line.gap)
        said.append(performed)
        clips.append((line.who, performed.start - _LEAD_S, wave))
        clock = performed.end
    duration = round((clock + play.closing_s) * 25) / 25
    voices = {who: np.zeros(round(duration * RATE)) for who in play.cast}
    for who, start, wave in clips:
        first = round(start * RATE)
        voices[who][first : first + len(wave)] += wave
    return Take(tuple(said), voices, duration)


def _perform(line: Line, manner: Manner, start: float) -> tuple[SaidLine, Samples]:
    text = " ".join([*line.said, line.swallowed]).strip()
    spoken = say(text, manner.name, manner.stretch * line.tempo)
    if len(spoken.tokens) < len(line.tokens):
        raise ValueError(f"{line.id}: {len(line.tokens)} tokens written, {len(spoken.tokens)} said")
    tokens = spoken.tokens[: len(line.tokens)]
    first, last = tokens[0][0], tokens[-1][1]
    words = tuple(
        SaidWord(text, start + a - first, start + b - first, line.who, line.id)
        for text, (a, b) in zip(line.tokens, tokens, strict=True)
    )
    phones = tuple(
        Phone(phone.name, start + phone.start - first, start + phone.end - first)
        for phone in spoken.phones
        if phone.end > first and phone.start < last
    )
    wave = _trimmed(spoken, delivered(spoken, line.tokens, manner), first, last, cut_off=bool(line.swallowed))
    return SaidLine(line, start, start + last - first, words, phones), wave


def _trimmed(spoken: Spoken, wave: Samples, first: float, last: float, *, cut_off: bool) -> Samples:
    """48 kHz samples from just before the first phone to just after the last one, with soft edges."""
    tail = _CUT_OFF_S if cut_off else 0.12
    begin, end = max(0, round((first - _LEAD_S) * spoken.rate)), round((last + tail) * spoken.rate)
    piece = signal.resample_poly(wave[begin:end], RATE // 1000, spoken.rate // 1000)
    fade_in, fade_out = round(0.012 * RATE), round(tail * RATE)
    piece[:fade_in] *= np.linspace(0, 1, fade_in)
    piece[-fade_out:] *= np.cos(np.linspace(0, np.pi / 2, fade_out)) ** 2
    return piece / max(1e-6, _speech_level(piece)) * 0.1


def _speech_level(wave: Samples) -> float:
    """Root mean square of the louder half of 20 ms frames: even levels whatever the pauses."""
    frames = wave[: len(wave) // 960 * 960].reshape(-1, 960)
    power = np.sort((frames**2).mean(axis=1))
    return float(np.sqrt(power[len(power) // 2 :].mean()))


def loudness_of_mouth(voice: Samples, rate: int = 25) -> Samples:
    """0…1 for each frame of picture: how loudly a voice speaks."""
    step = RATE // rate
    frames = voice[: len(voice) // step * step].reshape(-1, step)
    level = np.sqrt((frames**2).mean(axis=1)) / 0.13
    return np.clip(level, 0, 1) ** 0.6


def mixed(take: Take, play: Screenplay, seed: int = 20) -> Samples:
    """Stereo (samples, 2): voices with presence, air and a small room, room tone, and the opening and closing music."""
    dice = np.random.default_rng(seed)
    dry = sum(_polished(voice, dice) for voice in take.voices.values())
    room = signal.fftconvolve(dry, _room(dice))[: len(dry)]
    centre = dry + room
    stereo = np.stack([centre, centre], axis=1) + _room_tone(len(dry), dice)
    music = _sting(RATE * 5)
    stereo[: len(music)] += music
    ending = _sting(RATE * 5) * 0.8
    place = round((take.duration - play.closing_s + 0.15) * RATE)
    stereo[place : place + len(ending)] += ending[: len(stereo) - place]
    fade = round(0.5 * RATE)
    stereo[-fade:] *= np.linspace(1, 0, fade)[:, None]
    return stereo


def _polished(voice: Samples, dice: np.random.Generator) -> Samples:
    """Rumble off, some presence, and air above 8 kHz that the synthesiser cannot give: noise that follows its hiss."""
    clean = signal.sosfilt(signal.butter(2, 75, "high", fs=RATE, output="sos"), voice)
    presence = signal.sosfilt(signal.butter(2, (2200, 5200), "band", fs=RATE, output="sos"), clean)
    hiss = signal.sosfilt(signal.butter(4, (4500, 7600), "band", fs=RATE, output="sos"), clean)
    follow = signal.sosfiltfilt(signal.butter(2, 60, fs=RATE, output="sos"), np.abs(hiss))
    noise = signal.sosfilt(
        signal.butter(4, (7800, 13000), "band", fs=RATE, output="sos"), dice.standard_normal(len(voice))
    )
    return np.tanh(1.4 * (clean + 0.22 * presence + 0.45 * follow * noise)) / 1.4


def _room(dice: np.random.Generator) -> Samples:
    """A treated studio: a few early reflections and a tail of 0.18 s, well below the voice."""
    length = round(0.22 * RATE)
    seconds = np.arange(length) / RATE
    tail = dice.standard_normal(length) * np.exp(-seconds / 0.035) * 0.0016
    tail = signal.sosfilt(signal.butter(1, 3500, fs=RATE, output="sos"), tail)
    tail[: round(0.009 * RATE)] = 0
    for delay, gain in ((0.0071, 0.07), (0.0113, -0.05), (0.0174, 0.035)):
        tail[round(delay * RATE)] += gain
    return tail


def _room_tone(length: int, dice: np.random.Generator) -> Samples:
    """Air in a studio: soft low noise, about 62 dB below full scale."""
    noise = signal.sosfilt(
        signal.butter(1, (60, 900), "band", fs=RATE, output="sos"), dice.standard_normal((length, 2)), axis=0
    )
    return noise / noise.std() * 10 ** (-62 / 20)


def _sting(length: int) -> Samples:
    """Four bells and a low pedal; gone after about four seconds."""
    seconds = np.arange(length) / RATE
    out = np.zeros((length, 2))
    notes = ((0.00, 196.00, 0.0), (0.00, 293.66, -0.3), (0.42, 392.00, 0.3), (0.84, 440.00, -0.2), (1.26, 587.33, 0.2))
    for begin, hertz, side in notes:
        since = np.clip(seconds - begin, 0, None)
        swell = np.clip(since / 0.012, 0, 1) * np.exp(-since / 0.85)
        tone = sum(np.sin(2 * np.pi * hertz * k * since) * g for k, g in ((1, 1.0), (2, 0.32), (3, 0.12), (4.02, 0.06)))
        out += (tone * swell)[:, None] * np.array([1 - side, 1 + side]) * 0.034
    pedal = np.sin(2 * np.pi * 98.0 * seconds) * np.clip(seconds / 0.2, 0, 1) * np.exp(-seconds / 1.6) * 0.06
    return (out + pedal[:, None]) * np.clip((length / RATE - seconds) / 0.8, 0, 1)[:, None]
