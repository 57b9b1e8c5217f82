"""The pages that phones see. Each is whole in itself: one request, no font, no picture."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Final

from place_kit.show._html import EMPTY, Html, items, join, tag
from place_kit.team.entry import Entry
from place_kit.team.host import form
from place_kit.team.host.form import void
from place_kit.team.host.network import qr
from place_kit.team.host.room import CODE_LETTERS, Room

HOME: Final = "/"
ANSWER: Final = "/answer"
TAKE_BACK: Final = "/take-back"
STATE: Final = "/state"


def page(title: str, *body: str, desk: bool = False, **main: str | None) -> bytes:
    """Write a whole page, of a phone or of the facilitator’s desk."""
    style = static("page.css") + (static("desk.css") if desk else "")
    script = "desk.js" if desk else "phone.js"
    head = join(
        (
            void("meta", charset="utf-8"),
            void("meta", name="viewport", content="width=device-width, initial-scale=1"),
            void("meta", name="color-scheme", content="light dark"),
            void("link", rel="icon", href="data:,"),
            tag("title", title),
            tag("style", Html(style)),
        )
    )
    whole = tag(
        "html",
        tag("head", head),
        tag("body", tag("main", *body, **main), tag("script", Html(static(script)))),
        lang="en-GB",
    )
    return f"<!doctype html>{whole}".encode()


@cache
def static(name: str) -> str:
    """A style or a script of ours, which stands in the page itself; without its margins."""
    text = files(__package__).joinpath("static", name).read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


@cache
def policy() -> str:
    """What a browser may do with our pages: our own styles and scripts, known by their sums."""

    def sums(*names: str) -> str:
        raw = (hashlib.sha256(static(name).encode()).digest() for name in names)
        return " ".join(f"'sha256-{base64.b64encode(each).decode()}'" for each in raw)

    return (
        f"default-src 'none'; script-src {sums('phone.js', 'desk.js')}; "
        # The pictures carry attributes of style; no style from outside can come in.
        "style-src 'unsafe-inline'; img-src data:; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def spoken(code: str) -> str:
    """A join code as people read it out."""
    return f"{code[: CODE_LETTERS // 2]}-{code[CODE_LETTERS // 2 :]}"


def joining(room: Room, xsrf: Html, code: str = "", wrong: str = "") -> bytes:
    """Where a phone begins: what the limits are, and the code."""
    field = void(
        "input",
        name="code",
        value=code,
        required=True,
        autocomplete="off",
        autocapitalize="characters",
        spellcheck="false",
        maxlength="20",
        aria_describedby="wrong" if wrong else None,
        aria_invalid="true" if wrong else None,
    )
    return page(
        room.session.title,
        tag("h1", room.session.title),
        tag("p", wrong, id="wrong", class_="alert", role="alert") if wrong else EMPTY,
        tag("p", room.session.about),
        tag("h2", "Before you answer"),
        items(room.session.limits),
        tag("p", "There is no hurry: no page here runs out of time."),
        tag(
            "form",
            xsrf,
            tag("label", tag("span", "The code on the screen"), field, class_="text"),
            tag("button", "Join"),
            method="post",
            action=HOME,
        ),
    )


def answering(
    room: Room, code: str, xsrf: Html, said: str = "", draft: Entry | None = None
) -> bytes:
    """The questions of the open round; or that none is open."""
    round = room.round
    if round is None:
        return _waiting(room, code, xsrf, said)
    kept = draft or room.entry(round, code) or Entry(room.session.id, round, code, {})
    return page(
        f"Round {round}: {room.session.title}",
        tag("h1", f"Round {round} of 2"),
        tag("p", "Alone and in silence, please. Pass wherever you like. What you choose is saved."),
        tag("p", said, class_="said", role="status"),
        tag(
            "form",
            xsrf,
            void("input", type="hidden", name="round", value=str(round)),
            form.write(room.session, round, kept.answers, kept.show),
            tag(
                "div",
                tag("button", "Save my answers"),
                tag("p", role="status", id="saved"),
                class_="foot",
            ),
            method="post",
            action=ANSWER,
            data_save=str(round),
        ),
        _limits(room),
        _take_back(room, xsrf),
        data_stage=room.stage,
        data_state=STATE,
    )


def _waiting(room: Room, code: str, xsrf: Html, said: str) -> bytes:
    saved = [r for r in (1, 2) if room.entry(r, code)]
    ended = room.stage == "ended"
    rounds = " and ".join(map(str, saved))
    return page(
        room.session.title,
        tag("h1", "The session has ended" if ended else "No round is open just now"),
        tag("p", said, class_="said", role="status") if said else EMPTY,
        tag(
            "p", f"Your answers to round {rounds} are saved." if saved else "Nothing is saved yet."
        ),
        tag("p", "Thank you. You can close this page.")
        if ended
        else tag(
            "p",
            "Wait for your facilitator, then ",
            tag("a", "look again", href=ANSWER),
            ". You may close this page: scanning the code brings you back.",
        ),
        EMPTY if ended else _limits(room),
        _take_back(room, xsrf) if saved else EMPTY,
        data_stage=room.stage,
        data_state=None if ended else STATE,
    )


def _limits(room: Room) -> Html:
    return tag("details", tag("summary", "Who can see what"), items(room.session.limits))


def _take_back(room: Room, xsrf: Html) -> Html:
    words = "This deletes all you have sent in this session, in both rounds. It cannot be undone."
    if room.shown:
        words += (
            " A picture was shown already. Whoever compares it with the next one can see what was "
            "taken back, but not by whom."
        )
    press = tag("button", "Delete my answers", class_="quiet")
    return tag(
        "details",
        tag("summary", "Take my answers back"),
        tag("p", words),
        tag("form", xsrf, press, method="post", action=TAKE_BACK),
    )


def refused(title: str, words: str, back: str | None = HOME) -> bytes:
    """Say why not, and what to do."""
    link = tag("p", tag("a", "Go on", href=back)) if back else EMPTY
    return page(title, tag("h1", title), tag("p", words), link)


def reached() -> bytes:
    """What a phone shows in the connection test."""
    return page(
        "It works",
        tag("h1", "It works"),
        tag("p", "This phone reaches the laptop. Nothing was asked and nothing is kept."),
    )


def scanning(address: str) -> bytes:
    """What the laptop shows in the connection test."""
    return page(
        "Connection test",
        tag("h1", "Connection test"),
        tag(
            "p",
            "Scan this with a phone in the same network, or open the address on it. The "
            "phone should say: It works.",
        ),
        qr(address),
        tag("p", address, class_="big"),
        desk=True,
    )
