"""A team session: its plan with a timer, and the actions that the scribe writes down, drawn."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from place_kit import facts
from place_kit.ask import _front
from place_kit.explore.answered import answered
from place_kit.explore.plan import following
from place_kit.facts import team_plans
from place_kit.show import facilitator, plan_timeline
from place_kit.show.card import Card
from place_kit.show.lookup import in_words

if TYPE_CHECKING:
    from place_kit.explore._session_plan import SessionPlan
    from place_kit.explore.controls import Controls


def session_plan() -> SessionPlan | Card:
    """Show the plan of a team session, a step at a time, each with a timer to pause.

    Where no front end is, the plans are printed as tables.
    """
    return in_words(_session_plan)()


def team_actions() -> Controls | Card:
    """Draw the team's actions as a timeline; what is missing is named."""
    return in_words(_team_actions)()


def _session_plan() -> SessionPlan | Card:
    plans = team_plans.load()
    printed = facilitator.plans(facts.load(), plans)
    if not _front.is_live():
        return printed
    from place_kit.explore._session_plan import SessionPlan

    return SessionPlan(plans, printed)


def _team_actions() -> Controls | Card:
    rows, shaped = facts.question("team_plan.actions"), facts.question("team_plan.shaped")

    def draw() -> Card:
        return plan_timeline.timeline(answered(rows) or [], date.today(), answered(shaped) or "")

    return following((rows, shaped), "The actions, drawn. They change as you write.", draw)
