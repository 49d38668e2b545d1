"""The contract of the long table: a state says of a number what the number says itself."""

from __future__ import annotations

import pytest
from pandera.errors import SchemaError

from tests.analytics.rows import values


def test_what_was_observed_to_be_nothing_is_zero() -> None:
    found = values({"low": 0.0}, {"low": 0.0, "high": 9.0}, {"low": 0.0, "high": 0.0, "state": "suppressed"})
    assert list(found["state"]) == ["zero", "observed", "suppressed"]


def test_zero_is_nothing_more() -> None:
    with pytest.raises(SchemaError, match="zero, and more than that"):
        values({"low": 0.0, "high": 5.0, "state": "zero"})
