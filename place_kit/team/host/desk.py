"""The facilitator's pages: what stands open, how many have answered, and the room's picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from place_kit.problems import PlaceKitError
from place_kit.show._html import EMPTY, Html, items, join, tag
from place_kit.show.card import style
from place_kit.team import page as room_page
from place_kit.team import pool
from place_kit.team.entry import Entry
from place_kit.team.host import network, pages
from place_kit.team.host.form import void
from place_kit.team.host.limits import Log
from place_kit.team.host.room import MOST, Counts, Room, Stage
from place_kit.team.pictures import pictures
from place_kit.team.session import ROUNDS, Session

STAGES: Final[Mapping[str, Stage]] = {
    "open1": "round 1",
    "open2": "round 2",
    "close": "waiting",
    "end": "ended",
}
SHOW: Final[Mapping[str, int]] = {"show1": 1, "show2": 2}
_NONE_YET: Final = tag("p", "No round is shown yet.")
_NOW: Final[Mapping[Stage, str]] = {
    "waiting": "No round is open.",
    "round 1": "Round 1 is open.",
    "round 2": "Round 2 is open.",
    "ended": "The session has ended.",
}


def whole(room: Room, address: str, log: Log, picture: str, xsrf: Html) -> bytes:
    """The facilitator's page."""
    return _page(
        room,
        "Facilitator",
        tag("h1", f"{room.session.title}: the facilitator’s page"),
        tag(
            "p",
            "Keep this page to yourself. The ",
            _link(room, "screen", "page for the screen"),
            " shows the code and how many have answered, for the whole room.",
        ),
        _live("now", _now(room)),
        *_buttons(room, xsrf),
        _people(room, xsrf),
        tag("h2", "How phones join"),
        _joining(room, address),
        tag("h2", "Where phones do not reach this laptop"),
        tag(
            "p",
            "Use the paper cards, and ",
            _link(room, "cards", "count them here"),
            ". The picture is the same. Fewer than five people? Then hold a spoken round instead: "
            "nothing is pooled, and nothing is shown.",
        ),
        tag("h2", "The picture"),
        tag(
            "p",
            "Each round is shown once, whole; then it takes no more answers. Who watched it change "
            "could tell whose answer came last. ",
            _link(room, "wall", "The picture in large letters, for the room") if room.shown else "",
        ),
        Html(picture),
        *_delete(room, xsrf),
        tag("h2", "Refused so far"),
        _live("refused", _refused(log)),
    )


def screen(room: Room, address: str) -> bytes:
    """What the whole room may see."""
    return _page(
        room,
        room.session.title,
        tag("h1", room.session.title),
        _joining(room, address),
        _live("count", _count(room)),
        class_="screen",
    )


def wall(room: Room) -> str | bytes:
    """The picture alone, for the back of the room: the page that pooling a folder makes too."""
    if not room.shown:
        return pages.page(room.session.title, tag("h1", room.session.title), _NONE_YET, desk=True)
    found = pool.pool(room.entries(), room.session)
    return room_page.render(found, pictures(found))


def draw(entries: Sequence[Entry], session: Session) -> str:
    """The picture of some answers."""
    if not entries:
        return _NONE_YET
    found = pool.pool(entries, session)
    if not found.enough:
        return tag("p", session.few)
    sections = (
        tag("section", tag("h3", one.card.title), replace(one.card, title="").html())
        for one in pictures(found)
    )
    return tag("div", style(), *sections, class_="picture")


def rehearse(session: Session) -> None:
    """Draw what nobody said, so that the room's first picture comes as quickly as any later one."""
    answers: dict[str, Any] = {}
    for question in session.asked(1):
        if question.kind == "rate" and question.scale:
            answers[question.id] = {item.id: question.scale.low for item in question.items}
        elif question.kind == "choose_one":
            answers[question.id] = question.options[0].id
    draw([Entry(session.id, 1, str(who), answers) for who in range(pool.FEWEST)], session)


def parts(room: Room, log: Log) -> dict[str, str]:
    """The parts of these pages that change, by their ids."""
    return {"now": _now(room), "count": _count(room), "refused": _refused(log)}


def cards(room: Room, xsrf: Html) -> bytes:
    """The screen on which paper cards are counted."""
    return pages.page(
        "Count the cards",
        tag("h1", "Count the paper cards"),
        tag(
            "p",
            "For each line, type how many cards say what. Leave a box empty for none. What "
            "you save takes the place of what was counted before. Count all cards of a round "
            "before you show it: a card added later can be told from the change in the picture. "
            "Written answers stay on the cards: read out only what their author ticked.",
        ),
        *(_tally(room, round, xsrf) for round in ROUNDS),
        tag("p", tag("a", "Back to the facilitator’s page", href=f"/desk/{room.desk}")),
        desk=True,
        class_="wide",
    )


def read_cards(room: Room, fields: Mapping[str, Sequence[str]]) -> tuple[int, Counts]:
    """Read the form of counted cards.

    Raises
    ------
    PlaceKitError
        If a box does not hold a number that a room can have.
    """
    given = {name: texts[0].strip() for name, texts in fields.items()}
    round = 2 if given.get("round") == "2" else 1
    counts: dict[str, dict[str, int]] = {}
    for part, _, values in _lines(room, round):
        for value, _ in values:
            text = given.get(f"{part}={value}", "")
            if not text:
                continue
            if number := read_number(text, "cards"):
                counts.setdefault(part, {})[value] = number
    if any(sum(each.values()) > MOST for each in counts.values()):
        raise PlaceKitError(f"A line may have up to {MOST} cards.")
    return round, counts


def read_number(text: str, of: str) -> int:
    """Read a number of things in a room.

    Raises
    ------
    PlaceKitError
        If it is none that a room can have.
    """
    if not (text.isascii() and text.isdecimal() and int(text[:9]) <= MOST):
        raise PlaceKitError(f"“{text[:20]}” is not a number of {of}, from 0 to {MOST}.")
    return int(text)


def ended(room: Room, picture: str, xsrf: Html | None = None) -> bytes:
    """The last page; with `xsrf` it can still delete."""
    again = "To see this page again, or to delete the answers"
    commands = (
        ("For the pictures", "pool"),
        ("For the report", "report --answers"),
        *(() if xsrf else ((again, "host"),)),
    )
    return pages.page(
        "The session has ended",
        tag("h1", "The session has ended"),
        tag("p", f"No phone can answer any more. The answers are in {room.folder}."),
        tag("p", "In a terminal:"),
        items(
            join((f"{what}: ", tag("code", f'place-kit team {verb} "{room.folder}"')))
            for what, verb in commands
        ),
        tag("h2", "The picture"),
        Html(picture),
        *(_delete(room, xsrf) if xsrf else ()),
        desk=True,
        class_="wide",
    )


def deleted(room: Room, count: int) -> bytes:
    """What was deleted."""
    return pages.page(
        "Deleted",
        tag("h1", "Everything is deleted"),
        tag(
            "p",
            f"{count} files of answers, the join code and the counted cards were deleted from "
            f"{room.folder}, and the session has ended. If your computer makes backups, they may "
            "still hold a copy.",
        ),
    )


def _page(room: Room, title: str, *body: str, class_: str = "wide") -> bytes:
    where = f"/desk/{room.desk}/news"
    return pages.page(title, *body, desk=True, class_=class_, data_news=where)


def _delete(room: Room, xsrf: Html) -> tuple[Html, ...]:
    return (
        tag("h2", "Delete everything"),
        tag(
            "p",
            f"This deletes every answer of this session in {room.folder}, its code, and what "
            "was counted from cards, and then ends the session. Pictures and reports that you "
            "have made elsewhere stay where you put them. Nothing brings the answers back.",
        ),
        tag(
            "form",
            xsrf,
            tag(
                "label",
                void("input", type="checkbox", name="sure", value="yes", required=True),
                "I want every answer deleted",
                class_="tick",
            ),
            tag("button", "Delete everything", class_="quiet"),
            method="post",
            action=f"/desk/{room.desk}/delete",
        ),
    )


def _people(room: Room, xsrf: Html) -> Html:
    return tag(
        "form",
        xsrf,
        tag(
            "label",
            tag("span", "How many people are in the room, you not counted?"),
            void(
                "input",
                type="number",
                min="0",
                max=str(MOST),
                name="people",
                value=str(room.people) if room.people else None,
            ),
            class_="text few",
        ),
        tag("button", "Save", class_="quiet"),
        method="post",
        action=f"/desk/{room.desk}/people",
    )


def _live(id: str, html: Html) -> Html:
    return tag("div", html, id=id)


def _link(room: Room, part: str, words: str) -> Html:
    return tag("a", words, href=f"/desk/{room.desk}/{part}")


def _joining(room: Room, address: str) -> Html:
    return tag(
        "div",
        network.qr(f"{address}?code={room.code}"),
        tag(
            "div",
            tag("p", "Scan the picture with the phone’s camera. Or open"),
            tag("p", address, class_="big"),
            tag("p", "and type this code:"),
            tag("p", pages.spoken(room.code), class_="big"),
        ),
        class_="row",
    )


def _now(room: Room) -> Html:
    most = max(room.answered(round) for round in ROUNDS)
    return join((_count(room), _too_many(room, most)))


def _count(room: Room) -> Html:
    said = items(_said(room, round) for round in ROUNDS)
    return join((tag("p", tag("strong", _NOW[room.stage])), said))


def _said(room: Room, round: int) -> str:
    of = f" of {room.people}" if room.people else ""
    shown = " It was shown." if round in room.shown else ""
    return f"Round {round}: {room.answered(round)}{of} have answered.{shown}"


def _too_many(room: Room, most: int) -> Html:
    if not room.people or most <= room.people:
        return EMPTY
    # Once a picture was shown, whoever takes theirs back aloud shows which answers were theirs.
    do = (
        "Say so beside the picture."
        if room.shown
        else ("Ask the room: “Take my answers back”, on one of the two phones, puts it right.")
    )
    return tag(
        "p",
        "There are more answers than people: somebody has answered on two phones, or twice on one "
        f"that forgot it. It cannot be seen who. {do}",
        class_="alert",
    )


def _buttons(room: Room, xsrf: Html) -> tuple[Html, ...]:
    offered = [f"show{room.round}", "close", "end"]
    if room.round is None:
        unseen = [round for round in ROUNDS if round not in room.shown]
        shown = [f"show{round}" for round in unseen if room.answered(round) >= pool.FEWEST]
        offered = [*shown, *(f"open{round}" for round in unseen), "end"]
    close = "Close and show" if room.round else "Show"
    words = {
        "show1": f"{close} round 1",
        "show2": f"{close} round 2",
        "open1": "Open round 1",
        "open2": "Open round 2",
        "close": "Close it for now",
        "end": "End the session",
    }
    forms = (
        tag(
            "form",
            xsrf,
            tag("button", words[name], class_="quiet" if name in ("close", "end") else None),
            method="post",
            action=f"/desk/{room.desk}/{name}",
        )
        for name in offered
    )
    hint = "A round that was shown cannot be opened again: has everybody answered?"
    final = offered[0].startswith("show")
    return tag("div", *forms, class_="steps"), tag("p", hint) if final else EMPTY


def _refused(log: Log) -> Html:
    rows = [f"{kind}: {count}" for kind, count in sorted(log.refused.items())]
    return items(rows) or tag("p", "Nothing.")


def _tally(room: Room, round: int, xsrf: Html) -> Html:
    counted = room.cards(round)
    rows = [
        tag(
            "fieldset",
            tag("legend", tag("h3", text)),
            tag(
                "div",
                *(_box(part, value, words, counted) for value, words in values),
                class_="scale",
            ),
        )
        for part, text, values in _lines(room, round)
    ]
    return tag(
        "form",
        xsrf,
        void("input", type="hidden", name="round", value=str(round)),
        tag("h2", f"Round {round}"),
        *rows,
        tag("p", tag("button", f"Save the cards of round {round}")),
        method="post",
        action=f"/desk/{room.desk}/cards",
        class_="cards",
    )


def _box(part: str, value: str, words: str, counted: Counts) -> Html:
    number = counted.get(part, {}).get(value)
    field = void(
        "input",
        type="number",
        min="0",
        max=str(MOST),
        name=f"{part}={value}",
        value=str(number) if number else None,
    )
    return tag("label", words, field)


def _lines(room: Room, round: int) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What can be counted: its id, its words, and its values with their words."""
    found = []
    for question in room.session.asked(round):
        if question.kind == "choose_one":
            options = [(option.id, option.text) for option in question.options]
            found.append((question.id, question.prompt, options))
        if question.kind == "rate" and question.scale:
            scale = question.scale
            steps = [(str(step), str(step)) for step in range(scale.low, scale.high + 1)]
            found += [
                (f"{question.id}:{item.id}", f"{question.prompt} {item.text}", steps)
                for item in question.items
            ]
    return found
