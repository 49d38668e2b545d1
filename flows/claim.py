"""May we say that? A sentence held against the lake."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from analytics.claims.check import judge as judge_sentence
from analytics.claims.from_lake import LakeEvidence, speaks_of_us
from analytics.people.population import REACHABLE, Population
from analytics.questions.sight import uniting_of

from .asks import ClaimAsk
from .days import window_of
from .links import relink
from .report import groups_of, target_of
from .results import ClaimResult
from .workspace import Workspace


def judge(workspace: Workspace, ask: ClaimAsk) -> ClaimResult:
    """The verdict on a sentence; "unclear" where it can't be read, never an error for its words.

    Raises:
        TimeUnclear: a day that is none.
        PopulationWrong: a target or seat groups that do not hold.
    """
    settings, lake, population = workspace.settings, workspace.lake(), Population.load()
    relink(workspace, lake)
    groups = groups_of(workspace)
    target = target_of(workspace, ask.target, groups)
    asked = window_of(ask.first, ask.last, settings.report_days, settings.zone) if ask.first or ask.last else None
    evidence = LakeEvidence(
        lake,
        population,
        uniting_of(lake, population, population.people(REACHABLE)),
        settings.zone,
        settings.own_pages,
        (target,) if target else (),
        groups,
        asked,
        is_anybodys=not speaks_of_us(ask.sentence),
    )
    today = datetime.now(UTC).astimezone(ZoneInfo(settings.zone)).date()
    return ClaimResult.model_validate(
        {"claim": ask.sentence, **judge_sentence(ask.sentence, evidence, today=today).as_json()}
    )
