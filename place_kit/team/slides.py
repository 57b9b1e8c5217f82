"""``place-kit team slides``: a session as slides in one file, by keyboard, without a network."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from place_kit import facts
from place_kit.documents.model import words_of
from place_kit.documents.origin import ORIGIN
from place_kit.facts import team_plans
from place_kit.facts.team_plans import Plan, TeamPlans
from place_kit.show._html import Html, details, items, join, pairs, tag
from place_kit.show.card import Table
from place_kit.team.session import Session, find
from place_kit.team.writing import write_all


def run(folder: Path, session: str) -> int:
    """Write the slides for each length of a session into a folder.

    Returns
    -------
    int
        0 when all is written.
    """
    plans = team_plans.load()
    asked = find(session)
    names = {plan.id: f"team-session-{plan.id}.html" for plan in plans.plan.values()}
    write_all(
        folder,
        {
            names[plan.id]: render(asked, plans, plan).encode("utf-8")
            for plan in plans.plan.values()
        },
    )
    for plan in plans.plan.values():
        print(f"{plan.minutes} minutes: {folder / names[plan.id]}")
    print("Open one in a browser. The arrow keys turn the slides. Nothing is fetched.")
    return 0


def render(session: Session, plans: TeamPlans, plan: Plan) -> str:
    """Write the slides of a plan as one page that needs nothing else."""
    css = _file("place_kit.team", "deck.css") + _file("place_kit.explore", "static/timer.css")
    js = _file("place_kit.explore", "static/timer.js") + _file(__package__, "deck.js")
    allowed = b64encode(hashlib.sha256(js.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}'"
    head = tag(
        "head",
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        tag("title", session.title),
        Html(f"<style>{css}</style>"),
    )
    bar = tag(
        "nav",
        tag("button", "Back", id="back", type="button"),
        tag("button", "Next", id="next", type="button"),
        tag("p", id="said", role="status"),
        id="bar",
        aria_label="Slides",
    )
    main = tag("main", tag("h1", session.title), *_slides(session, plans, plan))
    script = Html(f'<script type="module">{js}</script>')
    return f"<!doctype html>\n{tag('html', head, tag('body', main, bar, script), lang='en-GB')}\n"


def _slides(session: Session, plans: TeamPlans, plan: Plan) -> Iterator[Html]:
    steps = tuple(plans.steps_of(plan))
    yield _slide(
        "start",
        f"{plan.minutes} minutes together",
        tag("p", session.about),
        tag("p", plans.draft, class_="draft"),
        tag("p", plans.absent),
    )
    rows = tuple((f"{at} to {at + each}", step.title, step.who) for step, at, each in steps)
    yield _slide("agenda", "Agenda", Table("The steps", ("Minute", "Step", "Who"), rows).html())
    yield _slide("ground-rules", "Ground rules", items(plans.rules))
    roles = pairs((role.title, role.text) for role in plans.roles)
    yield _slide("roles", "Who does what", roles)
    for number, (step, at, minutes) in enumerate(steps, start=1):
        if step.id == "answers":
            yield _slide("limits", "Before you answer", items(session.limits))
        notes = details(
            "For the facilitator",
            tag("blockquote", tag("p", step.say)),
            items(step.do),
        )
        yield _slide(
            f"step-{step.id}",
            f"{number}. {step.title}",
            tag("p", f"{step.who}. {minutes} minutes, from minute {at}.", class_="who"),
            items(step.room),
            tag(
                "div",
                data_minutes=str(minutes),
                data_title=step.title,
                data_key=f"{plan.id}-{step.id}",
            ),
            notes,
        )
    known = facts.load().references
    ids = dict.fromkeys((*session.references, *plans.references))
    yield _slide(
        "sources",
        "Sources and licence",
        tag(
            "div",
            items(known[id].text for id in ids),
            join(tag("p", words_of(text)) for text in ORIGIN),
            class_="small",
        ),
    )


def _slide(id: str, title: str, *parts: str) -> Html:
    heading = tag("h2", title, id=f"{id}-title")
    return tag("section", heading, *parts, id=id, tabindex="-1", aria_labelledby=f"{id}-title")


def _file(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text(encoding="utf-8")
