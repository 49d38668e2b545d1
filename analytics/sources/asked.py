"""What a person says of a file, checked once before anything is read: a slip of the pen is said, never believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final, get_args
from zoneinfo import ZoneInfo

from analytics.errors import AskWrong, ExportRefused
from analytics.model.extract import Ask
from analytics.model.metrics import Platform
from analytics.reading.separators import separators_of

PAYMENTS: Final = ("", "organic", "paid", "all", "unknown")
# A made-up campaign may lie ahead, as a demonstration's does; a year from now is a slip.
_AHEAD_MOST: Final = timedelta(days=366)


def check(ask: Ask) -> None:
    """Raise AskWrong, in one line, where what is said can't be."""
    known = get_args(Platform)
    if ask.platform and ask.platform not in known:
        raise AskWrong(f"There is no platform “{ask.platform}”", f"Say one of {', '.join(known)}.")
    if ask.payment not in PAYMENTS:
        raise AskWrong(f"“{ask.payment}” is no kind of payment", "Say --payment organic or --payment paid.")
    if (ask.first is None) != (ask.last is None):
        raise AskWrong("A period has a first and a last day", "Say both: --from 2026-11-01 --to 2026-11-14.")
    if ask.first and ask.last and ask.first > ask.last:
        raise AskWrong(f"The period from {ask.first} to {ask.last} ends before it begins", "Swap the two days.")
    try:
        zone = ZoneInfo(ask.zone)
    except (KeyError, OSError, ValueError) as error:
        raise AskWrong(f"“{ask.zone}” is no time zone", "Say for example Europe/London.") from error
    if ask.as_of and _aware(ask.as_of, zone) > datetime.now(UTC) + _AHEAD_MOST:
        raise AskWrong(f"Nothing was downloaded on {ask.as_of:%Y-%m-%d}: it is to come", "Check --as-of.")
    try:
        separators_of(ask.locale)
    except ExportRefused as error:
        raise AskWrong(error.what, error.mend) from error


def _aware(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
