"""A claim held against the evidence: the verdict, the arithmetic, and the strongest sentence that is true.

supported    every number that the evidence allows makes it true
impossible   none can: it is beyond the population, the electorate, or the hard bounds of reach
unsupported  neither: the evidence says less, or isn't sure
unclear      it can't be taken apart, or nothing is held about it
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from analytics.errors import ClaimUnclear
from analytics.model.interval import Interval
from analytics.people.places import Place

from .answer import Answer, Verdict
from .claim import Claim
from .evidence import Evidence
from .findings import Finding, find, words
from .grammar import parse
from .names import gazetteer
from .sentence import HOUR, strongest, window_words


def judge(text: str, evidence: Evidence, *, today: date, places: Mapping[str, Place] | None = None) -> Answer:
    """Take a sentence apart and check it. Never raises for the words: what can't be read is "unclear", and why."""
    names = tuple(evidence.names())
    known = places if places is not None else gazetteer(name for name in names if name.kind == "city")
    try:
        claim = parse(text, today=today, gazetteer=known, names=[name for name in names if name.kind != "city"])
    except ClaimUnclear as unclear:
        return Answer("unclear", str(unclear))
    return check(claim, evidence)


def check(claim: Claim, evidence: Evidence) -> Answer:
    """The verdict on a claim that was parsed. Where it says no dates, all days that are held are meant."""
    window = claim.window or evidence.window()
    if window is None:
        return Answer("unclear", "Nothing is held yet. Import exports first: soundbite metrics import FILE")
    about = claim.about(window)
    claim = replace(claim, is_anybodys=evidence.counts_others(about))
    finding = find(claim, evidence, window)
    known, limit = _in_unit(claim, finding.known, finding), _in_unit(claim, finding.limit, finding)
    verdict, why = _verdict(claim, finding, known, limit)
    notes = (*claim.notes, *finding.notes)
    said = () if claim.window else (f"No dates were said: all that is held is meant, {window_words(window)}.",)
    is_limited = known is None and verdict in ("impossible", "supported")
    sayable = limit if is_limited else _sayable(finding, known)
    return Answer(
        verdict,
        " ".join((why, *notes)),
        strongest(claim, sayable, window) if sayable else "",
        finding.limit if is_limited and finding.known is None else finding.known,
        known if claim.is_share else None,
        finding.denominator,
        (*finding.lines, *_division(claim, known)),
        evidence.sources(about, claim.metric),
        (*said, *evidence.missing(about, claim.metric)),
    )


def _sayable(finding: Finding, known: Interval | None) -> Interval | None:
    """ "At least 1 person" says nothing: there the ceiling is said."""
    if known and finding.known and finding.known.low <= 1 < finding.known.high:
        return Interval(0.0, known.high)
    return known


def _in_unit(claim: Claim, interval: Interval | None, finding: Finding) -> Interval | None:
    """As a share of the denominator where the claim is one. A share is never above all."""
    if interval is None or not claim.is_share:
        return interval
    whole = finding.denominator
    if whole is None or whole.low <= 0:
        return None
    share = interval.over(whole)
    return Interval(min(share.low, 1.0), min(share.high, 1.0))


def _verdict(claim: Claim, finding: Finding, known: Interval | None, limit: Interval | None) -> tuple[Verdict, str]:
    return _beyond_limits(claim, limit) or _by_what_is_held(claim, finding, known, limit)


def _beyond_limits(claim: Claim, limit: Interval | None) -> tuple[Verdict, str] | None:
    if claim.is_share and not claim.means.touches(Interval(0.0, 1.0)):
        return "impossible", "More than all of them."
    if limit is not None and not claim.means.touches(limit):
        least, most = _told(claim, limit.low), _told(claim, limit.high)
        if claim.means.low >= limit.high:
            return "impossible", f"At most {most} {_unit(claim)} are possible."
        return "impossible", f"At least {least} {_unit(claim)} were reached for certain."
    return None


def _by_what_is_held(
    claim: Claim, finding: Finding, known: Interval | None, limit: Interval | None
) -> tuple[Verdict, str]:
    if known is None and limit is not None and claim.means.holds(limit):
        return "supported", f"There are no more than {_told(claim, limit.high)} {_unit(claim)}."
    if known is None:
        return "unclear", _nothing(claim, finding)
    told = f"{_told_range(claim, known)} {_unit(claim)}."
    if claim.means.holds(known):
        return "supported", f"What is held says {told}"
    is_open = claim.means.touches(known)
    return "unsupported", f"Not sure enough: what is held says {told}" if is_open else f"What is held says {told}"


def _nothing(claim: Claim, finding: Finding) -> str:
    if claim.is_share and finding.known is not None:
        return "How many there are in all isn't known. Ask for a number instead of a share."
    return "Nothing is held about this. Import an export that covers it, or ask about what is there."


def _division(claim: Claim, known: Interval | None) -> tuple[str, ...]:
    return (f"share: {_told_range(claim, known)}",) if claim.is_share and known else ()


def _told_range(claim: Claim, interval: Interval) -> str:
    if claim.is_share:
        low, high = (f"{end:.1%}" if end >= 0.01 else f"{end * 100:.2g}%" for end in (interval.low, interval.high))
        return low if low == high else f"{low} to {high}"
    return words(interval.scaled(1 / HOUR) if claim.metric == "watch_time" else interval)


def _told(claim: Claim, number: float) -> str:
    return _told_range(claim, Interval.exactly(number))


def _unit(claim: Claim) -> str:
    if claim.is_share:
        return "of them"
    if claim.of == "count":
        return {"watch_time": "hours", "spend": "pounds"}.get(claim.metric, claim.metric.replace("_", " "))
    return "voters" if claim.of == "voters" else "people"
