"""The one thing that the reader chose to try at work: as it stands, and how it came to be."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from place_kit.answers import days, reminder
from place_kit.answers.trial import Trial
from place_kit.problems import PlaceKitError
from place_kit.show import words
from place_kit.show._html import EMPTY, Html, items, join, pairs, tag
from place_kit.show.card import Card


def trial(history: Sequence[Trial], today: date, told: bool) -> Card:
    """Show it as it stands, with its day and, until that has passed, a calendar file.

    Parameters
    ----------
    history
        How it was put, oldest first.
    today
        The reader's day.
    told
        Whether they have said how it went.
    """
    if not history:
        return Card(
            title="",
            takeaway="Nothing is chosen yet. Each module ends with one small thing to try. What "
            "you choose stands here, with its day.",
        )
    now = history[-1]
    body = join(
        (
            pairs((("What", now.action), *_more(now)), class_="pk-short"),
            EMPTY if now.has_passed(today) else _calendar(tuple(history)),
        )
    )
    return Card(title="", takeaway=_when(now, today, told), body=body)


def trials(history: Sequence[Trial], title_of: Callable[[str], str]) -> Card:
    """Show how it was put in one module after another."""
    changed = list(_changes(history))
    if not changed:
        return Card(
            title="Your one thing so far",
            takeaway="Nothing from an earlier module is in this folder. Choose something below.",
        )
    if len(changed) == 1:
        takeaway = "You chose it once, and it has stayed as it was. What came of it?"
    else:
        takeaway = (
            f"You have put it in {words.count(len(changed))} ways. The last one counts. What "
            "came of the others tells you something about this one."
        )
    return Card(
        title="Your one thing so far",
        takeaway=takeaway,
        body=items((_version(each, title_of(each.module)) for each in changed), "ol"),
    )


def _when(now: Trial, today: date, told: bool) -> str:
    if now.day is None:
        return "It has no day yet. Add one in the module where you chose it."
    if told:
        return f"Its day was {days.said(now.day)}, and you have said how it went."
    if now.has_passed(today):
        return f"Its day was {days.said(now.day)}. How did it go?"
    ahead = (now.day - today).days
    left = {0: "today", 1: "tomorrow"}.get(ahead, f"in {ahead} days")
    return f"Its day is {days.said(now.day)}, {left}."


def _calendar(history: tuple[Trial, ...]) -> Html:
    try:
        raw = reminder.calendar(history)
    except PlaceKitError:
        return EMPTY  # there is no day: said above
    link = tag(
        "a",
        "Download it for my calendar",
        download=reminder.NAME,
        href=f"data:text/calendar;charset=utf-8;base64,{b64encode(raw).decode()}",
    )
    said = "It reminds you the day before. Nobody is invited, and nothing is sent."
    return join((tag("p", link), tag("p", said, class_="pk-soft")))


def _changes(history: Iterable[Trial]) -> Iterable[Trial]:
    """Leave out what only repeats the one before."""
    before = None
    for one in history:
        said = (one.action, one.with_whom, one.date, one.sign)
        if said != before:
            yield one
        before = said


def _more(one: Trial) -> Iterable[tuple[str, str]]:
    yield "With", one.with_whom
    yield "By", days.said(one.day) if one.day else one.date
    yield "Worth it if", one.sign


def _version(one: Trial, title: str) -> Html:
    more = "; ".join(f"{name[:1].lower()}{name[1:]}: {text}" for name, text in _more(one) if text)
    said = tag("p", join((tag("strong", f"{title}:"), one.action), between=" "))
    return join((said, tag("p", words.sentence(more), class_="pk-soft") if more else ""))
