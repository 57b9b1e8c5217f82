"""What phones may ask for, and no more; the facilitator's desk answers on this laptop alone.

Nothing is served from a folder. Every address that is not named here is refused alike, and so is
whatever is too large, too slow, too often, or sent by another site's page.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final

from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.web import Application, HTTPError, RequestHandler

from place_kit.problems import PlaceKitError
from place_kit.show._html import Html
from place_kit.team import entry as teamfile
from place_kit.team.entry import Entry
from place_kit.team.host import desk, form, pages
from place_kit.team.host.limits import Limit, Log
from place_kit.team.host.room import LETTERS, Room

MAX_BODY: Final = 64_000
SLOW: Final = 15
"""Seconds in which a request must have come whole."""

MOST_CONNECTIONS: Final = 400
MOST_FROM_ONE: Final = 120
"""Connections: in all, and from one address. A network may show all of its phones as one."""

PATIENCE: Final = 5
"""Seconds after which the desk is told what was refused, even if there are no answers."""

TOO_MANY: Final = (
    b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 5\r\nConnection: close\r\n"
    b"Content-Type: text/plain\r\nContent-Length: 56\r\n\r\n"
    b"Too many requests at once. Wait a moment, then go back.\n"
)
WRITERS: Final = 8
COOKIE: Final = "place-kit-team"
DAYS: Final = 1


@dataclass
class Hosting:
    """What all requests of one running session share."""

    room: Room
    log: Log
    address: str
    """The address that phones open."""
    on_end: Callable[[], None] = lambda: None
    unknown: Limit = field(default_factory=lambda: Limit(150, 40))
    known: Limit = field(default_factory=lambda: Limit(30, 4))
    guesses: Limit = field(default_factory=lambda: Limit(10, 1 / 6))
    joined: Limit = field(default_factory=lambda: Limit(80, 1))
    # A phone has always the same writer, so that what it sent last is what is kept. There are
    # several, for a disk brings many files to rest at once as quickly as one.
    disks: tuple[ThreadPoolExecutor, ...] = field(
        default_factory=lambda: tuple(ThreadPoolExecutor(1) for _ in range(WRITERS))
    )

    drawn: tuple[int, str] = (-1, "")
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self) -> None:
        """Let the desk hear that something has changed."""
        self.news.set()
        self.news = asyncio.Event()

    def picture(self) -> str:
        """The room's picture as it is now, drawn anew only where something has changed."""
        room = self.room
        if self.drawn[0] != room.changes:
            self.drawn = (room.changes, desk.draw(room.entries(), room.session))
        return self.drawn[1]

    async def write(self, round: int, code: str, raw: bytes) -> None:
        """Put a phone's answers on the disk, and then into the room; the others need not wait."""
        disk = self.disks[int(code[:8], 16) % WRITERS]
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(disk, self.room.write, round, code, raw)
        self.room.note(round, code, raw)
        self.tell()

    async def alone(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Wait until all that was taken is on the disk and in the room; then do something there."""
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(loop.run_in_executor(disk, int) for disk in self.disks))
        return await loop.run_in_executor(self.disks[0], work, *arguments)


class Page(RequestHandler):
    """A request that has passed the door: our own host, not too many, not from another site."""

    def initialize(self, hosting: Hosting, hosts: frozenset[str]) -> None:
        self.hosting, self.hosts = hosting, hosts
        self.room = hosting.room

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in {
            "Cache-Control": "no-store",
            "Content-Security-Policy": pages.policy(),
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
        }.items():
            self.set_header(name, value)

    def prepare(self) -> Awaitable[None] | None:
        limits, caller = self._caller()
        if not limits.allows(caller):
            self._turn_away()
        elif self.request.host not in self.hosts:
            # A page elsewhere may give its own name our address, and so read what is here.
            self.refuse(421, "a request under another name", "Open the address on the screen.")
        elif self.request.method == "POST" and not self._from_our_page():
            self.refuse(403, "a form of another site", "Open the address on the screen.")
        return None

    def refuse(self, status: int, kind: str, words: str, back: str | None = pages.HOME) -> None:
        """Refuse, in words for who asked and, without a trace of them, for the log."""
        self.hosting.log.refuse(kind)
        self.set_status(status)
        self.say(words, lambda: pages.refused("That did not work", words, back))

    def _turn_away(self) -> None:
        """Refuse at the least cost, and hang up: whoever floods us must not cost the others."""
        self.hosting.log.refuse("too many requests from one place")
        stream = self.detach()
        stream.write(TOO_MANY).add_done_callback(lambda _: stream.close())

    def say(self, words: str, whole: Callable[[], bytes]) -> None:
        """Answer a script with words, and a person with a page."""
        if self.field("by") == "script":
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.finish(words)
        else:
            self.finish(whole())

    def write_error(self, status_code: int, **why: Any) -> None:
        wrong = {404: "an address that is not there", 405: "a request of the wrong kind"}
        kind = wrong.get(status_code, "a request that cannot be read")
        if status_code >= 500:
            kind = "a request that this program could not answer"
        self.refuse(status_code, kind, "There is nothing here. Go back to the session.")

    def log_exception(self, *error: Any) -> None:
        """Nothing: tornado would write down who asked. `write_error` counts it."""

    # --- what was sent ---

    @property
    def fields(self) -> dict[str, list[str]]:
        """The fields of the form. What is not UTF-8 becomes a mark that no answer holds."""
        given = self.request.body_arguments.items()
        return {name: [raw.decode("utf-8", "replace") for raw in raws] for name, raws in given}

    def field(self, name: str) -> str:
        """A field that stands once; nothing otherwise."""
        given = self.fields.get(name, [])
        return given[0] if len(given) == 1 else ""

    def participant(self) -> str:
        """The random code of a phone that has joined; nothing for another."""
        raw = self.get_signed_cookie(COOKIE, max_age_days=DAYS) or b""
        return raw.decode("ascii", "replace")

    def secret_field(self) -> Html:
        """What a form of ours carries and another site's cannot know."""
        return Html(self.xsrf_form_html().removesuffix("/>") + ">")

    def _caller(self) -> tuple[Limit, str]:
        code = self.participant() if self.request.headers.get("Cookie") else ""
        if code:
            return self.hosting.known, code
        return self.hosting.unknown, self.request.remote_ip or ""

    def _from_our_page(self) -> bool:
        origin = self.request.headers.get("Origin")
        if origin is not None and origin not in {f"http://{host}" for host in self.hosts}:
            return False
        try:
            self.check_xsrf_cookie()
        except HTTPError:
            return False
        return True


class Nothing(Page):
    """Whatever is not named."""

    def prepare(self) -> None:
        super().prepare()
        if not self._finished:
            self.write_error(404)


class Join(Page):
    """The page where a phone begins."""

    def get(self) -> None:
        if self.participant():
            self.redirect(pages.ANSWER)
            return
        code = _plain(self.get_query_argument("code", ""))
        self.finish(pages.joining(self.room, self.secret_field(), code))

    def post(self) -> None:
        caller, hosting = self.request.remote_ip or "", self.hosting
        if self.participant():
            self.redirect(pages.ANSWER, status=303)
        elif hosting.guesses.left(caller) < 1:
            self._again(429, "Too many wrong codes came from here. Wait a minute, then try again.")
            hosting.log.refuse("wrong join codes, too many")
        elif not hmac.compare_digest(_plain(self.field("code")), self.room.code):
            hosting.guesses.allows(caller)
            hosting.log.refuse("a wrong join code")
            self._again(403, "That is not the code on the screen. Please try once more.")
        elif not hosting.joined.allows(caller):
            hosting.log.refuse("too many phones at once from one place")
            self._again(429, "Many phones are joining just now. Wait a moment, then try again.")
        else:
            self.set_signed_cookie(
                COOKIE, teamfile.new_code(), expires_days=DAYS, httponly=True, samesite="Lax"
            )
            self.redirect(pages.ANSWER, status=303)

    def _again(self, status: int, words: str) -> None:
        self.set_status(status)
        self.finish(pages.joining(self.room, self.secret_field(), wrong=words))


class Participant(Page):
    """A page for phones that have joined."""

    def prepare(self) -> None:
        super().prepare()
        if self._finished:
            return
        self.code = self.participant()
        if not self.code:
            if self.request.method == "POST":
                words = "This phone has not joined the session, or its code was changed."
                self.refuse(403, "an answer from a phone that has not joined", words)
            else:
                self.redirect(pages.HOME)


class Answer(Participant):
    """The questions, and what is answered."""

    def get(self) -> None:
        self.finish(pages.answering(self.room, self.code, self.secret_field()))

    async def post(self) -> None:
        room, round = self.room, self.room.round
        fields = {n: v for n, v in self.fields.items() if n not in ("_xsrf", "by", "round")}
        if round is None or self.field("round") != str(round):
            words = "This round is closed, so nothing was changed. What you saved before is kept."
            self.refuse(409, "an answer out of time", words, pages.ANSWER)
            return
        try:
            posted = form.read(room.session, round, fields)
            raw = room.check(round, self.code, posted.answers, posted.show)
        except PlaceKitError as error:
            self.refuse(400, "an answer that does not fit its question", str(error), pages.ANSWER)
            return
        try:
            await self.hosting.write(round, self.code, raw)
        except PlaceKitError:
            words = "The laptop could not save this. Keep this page, and tell your facilitator."
            self.refuse(500, "an answer, since the disk did not take it", words, pages.ANSWER)
            return
        words = "Saved. You can change it until the round is closed."
        if posted.unticked:
            words = "Saved, but not what you wrote without ticking that it may be shown."
            self.set_header("X-Place-Left-Out", "1")
        both = {**posted.answers, **posted.unticked}
        draft = Entry(room.session.id, round, self.code, both, posted.show)
        self.say(words, lambda: pages.answering(room, self.code, self.secret_field(), words, draft))


class TakeBack(Participant):
    """A participant's own right to delete."""

    async def post(self) -> None:
        for round in (1, 2):
            await self.hosting.write(round, self.code, b"")
        words = "All that this phone had sent is deleted."
        self.finish(pages.answering(self.room, self.code, self.secret_field(), words))


class Stage(Participant):
    """Which round is open, for the script of a page."""

    def get(self) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(self.room.stage)


class Desk(Page):
    """The facilitator's page, under an address that only this laptop's screen has shown."""

    def prepare(self) -> None:
        super().prepare()
        if not self._finished and not self._known():
            self.write_error(404)

    _gone = False

    def _known(self) -> bool:
        return hmac.compare_digest(str(self.path_args[0]), self.room.desk)

    def _caller(self) -> tuple[Limit, str]:
        return (self.hosting.unknown, "the desk") if self._known() else super()._caller()

    async def get(self, secret: str, part: str | None = None) -> None:
        room, log, address = self.room, self.hosting.log, self.hosting.address
        if part == "news":
            await self._tell()
        elif part == "screen":
            self.finish(desk.screen(room, address))
        elif part == "wall":
            self.finish(desk.wall(room))
        elif part == "cards":
            self.finish(desk.cards(room, self.secret_field()))
        elif part is None:
            picture, xsrf = self.hosting.picture(), self.secret_field()
            if room.stage == "ended":
                self.finish(desk.ended(room, picture, xsrf))
            else:
                self.finish(desk.whole(room, address, log, picture, xsrf))
        else:
            self.write_error(404)

    async def _tell(self) -> None:
        """Say what has changed as soon as it has, for as long as the page is open."""
        self.set_header("Content-Type", "text/event-stream; charset=utf-8")
        with suppress(StreamClosedError):
            while not self._gone:
                news = self.hosting.news
                self.write(f"data: {json.dumps(desk.parts(self.room, self.hosting.log))}\n\n")
                await self.flush()
                with suppress(TimeoutError):
                    await asyncio.wait_for(news.wait(), PATIENCE)
            await self.finish()

    def on_connection_close(self) -> None:
        """Stop telling."""
        self._gone = True

    async def post(self, secret: str, part: str | None = None) -> None:
        room, hosting = self.room, self.hosting
        try:
            if part == "delete":
                if self.field("sure") != "yes":
                    raise PlaceKitError("Nothing was deleted: tick the box first.")
                room.stage = "ended"  # before the first file goes, so that no answer comes after
                count = await hosting.alone(room.delete)
                self.finish(desk.deleted(room, count))
                hosting.on_end()
                return
            if room.stage == "ended":
                raise PlaceKitError("This session has ended; that can no longer be done.")
            match part:
                case "cards":
                    await hosting.alone(room.count_cards, *desk.read_cards(room, self.fields))
                case "people":
                    room.count_people(desk.read_number(self.field("people") or "0", "people"))
                case "show1" | "show2":
                    if room.round == desk.SHOW[part]:  # no new answer, while we wait for the others
                        room.move("waiting")
                    await hosting.alone(room.show, desk.SHOW[part])
                case "open1" | "open2" | "close" | "end":
                    room.move(desk.STAGES[part])
                    await hosting.alone(int)
                case _:
                    raise PlaceKitError("There is no such button.")
        except PlaceKitError as error:
            self.set_status(400)
            self.finish(pages.refused("That did not work", str(error), f"/desk/{room.desk}"))
            return
        hosting.tell()
        if part == "end":
            self.finish(desk.ended(room, hosting.picture()))
            hosting.on_end()
        else:
            self.redirect(f"/desk/{room.desk}", status=303)


class Reached(RequestHandler):
    """The one page of the connection test, and its address as a picture for the laptop."""

    def initialize(self, came: Callable[[], None], host: str, own: str) -> None:
        self.came, self.host, self.own = came, host, own

    set_default_headers = Page.set_default_headers

    def get(self, part: str) -> None:
        if self.request.host != self.host:
            self.set_status(421)
            self.finish()
        elif part == "scan":
            self.finish(pages.scanning(f"http://{self.host}/"))
        else:
            if self.request.remote_ip != self.own:  # the laptop reaching itself proves nothing
                self.came()
            self.finish(pages.reached())


class Bounded(HTTPServer):
    """A server that takes only so many connections, in all and from one address."""

    def initialize(self, application: Any, *, log: Log) -> None:  # type: ignore[override]
        self._log, self._from = log, Counter[str]()
        super().initialize(
            application,
            max_header_size=8_000,
            max_body_size=MAX_BODY,
            max_buffer_size=2 * MAX_BODY,
            idle_connection_timeout=SLOW,
            body_timeout=SLOW,
        )

    def handle_stream(self, stream: Any, address: Any) -> None:
        """Take a connection, or close it at once."""
        caller = str(address[0])
        if self._from.total() >= MOST_CONNECTIONS or self._from[caller] >= MOST_FROM_ONE:
            self._log.refuse("too many connections")
            stream.close()
            return
        self._from[caller] += 1
        super().handle_stream(stream, address)

    def on_close(self, server_conn: Any) -> None:
        """Count a connection off."""
        super().on_close(server_conn)
        caller = str(server_conn.context.address[0])
        self._from[caller] -= 1
        if not self._from[caller]:
            del self._from[caller]


def for_phones(hosting: Hosting, hosts: frozenset[str], desk_too: bool = False) -> Application:
    """The pages of the session; the desk only where nobody but this laptop can ask."""
    given = {"hosting": hosting, "hosts": hosts}
    named: list[Any] = [
        (pages.HOME, Join, given),
        (pages.ANSWER, Answer, given),
        (pages.TAKE_BACK, TakeBack, given),
        (pages.STATE, Stage, given),
    ]
    if desk_too:
        named.append((r"/desk/([A-Za-z0-9_-]{20,64})(?:/([a-z0-9]{1,12}))?", Desk, given))
    return Application(
        named,
        default_handler_class=Nothing,
        default_handler_args=given,
        cookie_secret=hosting.room.key,
        xsrf_cookie_kwargs={"httponly": True, "samesite": "Lax", "expires_days": DAYS},
        log_function=lambda handler: None,
        autoreload=False,
    )


def for_test(came: Callable[[], None], host: str, own: str) -> Application:
    """The pages of the connection test."""
    given = {"came": came, "host": host, "own": own}
    return Application([(r"/(scan)?", Reached, given)], log_function=lambda handler: None)


@contextmanager
def quiet(log: Log) -> Iterator[None]:
    """Keep tornado's own words, which hold addresses, out of every log; count what they tell of."""
    for name in ("tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    unread, counted = logging.getLogger("tornado.general"), _Counted(log)
    unread.setLevel(logging.INFO)
    unread.addFilter(counted)
    try:
        yield
    finally:
        unread.removeFilter(counted)
        unread.setLevel(logging.CRITICAL + 1)


class _Counted(logging.Filter):
    def __init__(self, log: Log) -> None:
        super().__init__()
        self._log = log

    def filter(self, record: logging.LogRecord) -> bool:
        """Count what was no request at all, and so reached no page of ours; let no word through."""
        if str(record.msg).startswith(("Malformed HTTP", "Unsatisfiable read")):
            self._log.refuse("a request that cannot be read")
        return False


def _plain(code: str) -> str:
    """A join code as it was made, however somebody typed it."""
    return "".join(letter for letter in code.upper() if letter in LETTERS)[:20]
