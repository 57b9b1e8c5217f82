"""The plan of a session as a widget: a step at a time, with a timer."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from place_kit.explore.controls import STATIC, Controls
from place_kit.facts.team_plans import TeamPlans
from place_kit.show.card import Card


class SessionPlan(anywidget.AnyWidget):  # type: ignore[misc]
    """A session's steps; all of it happens on the page.

    Parameters
    ----------
    plans
        The plans to choose from.
    printed
        What stands here where there is no live page.
    """

    _esm = "\n".join(
        (STATIC / name).read_text(encoding="utf-8") for name in ("timer.js", "session_plan.js")
    )
    _css = Controls._css + "\n".join(
        (STATIC / name).read_text(encoding="utf-8") for name in ("timer.css", "session_plan.css")
    )

    spec = traitlets.Dict().tag(sync=True)

    def __init__(self, plans: TeamPlans, printed: Card) -> None:
        self._printed = printed
        super().__init__(spec=spec_of(plans))

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the live view; and, for a reader without one, the plans as tables."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {**data, **self._printed._repr_mimebundle_()}, metadata


def spec_of(plans: TeamPlans) -> dict[str, Any]:
    """Give what the page needs of the plans."""
    return {
        "draft": f"{plans.absent} {plans.draft}",
        "plans": [
            {
                "id": plan.id,
                "minutes": plan.minutes,
                "steps": [
                    {
                        "id": step.id,
                        "title": step.title,
                        "who": step.who,
                        "minutes": minutes,
                        "room": list(step.room),
                        "do": list(step.do),
                        "say": step.say,
                    }
                    for step, _, minutes in plans.steps_of(plan)
                ],
            }
            for plan in plans.plan.values()
        ],
    }
