"""X: the account's overview and content, the older tweet activity, and the organic tweet report of the ads API."""

from typing import Final

from analytics.sources.contract import Source

from . import account, organic, tweets

SOURCES: Final[tuple[Source, ...]] = (*account.SOURCES, *tweets.SOURCES, *organic.SOURCES)
