"""A session served for a test, and phones that ask it by plain HTTP."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from place_kit.team import host
from place_kit.team.host.room import STATE
from place_kit.team.session import Session, find

OUR_PLACE: Session = find("our_place")
ANSWERS = {
    "willing:me": "4",
    "willing:residents": "2",
    "confidence:assets": "3",
    "decided": "asked",
    "place:homes": "6",
}


class Phone:
    """Keeps cookies, follows where it is sent, and knows the form's secret field."""

    def __init__(self, at: Served, here: str = "127.0.0.1") -> None:
        self.at, self.here, self.cookies = at, here, {}
        self.secret = ""
        self.status, self.words, self.headers = 0, "", http.client.HTTPMessage()

    def ask(
        self,
        path: str,
        fields: Mapping[str, str] | bytes | None = None,
        method: str | None = None,
        **headers: str,
    ) -> str:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = fields
        if isinstance(fields, Mapping):
            body = urlencode({"_xsrf": self.secret, **fields}).encode()
        if body is not None:
            sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
        line = http.client.HTTPConnection(self.at.host, self.at.port, timeout=20)
        try:
            line.request(method or ("GET" if body is None else "POST"), path, body, sent)
            answer = line.getresponse()
            self.status, self.headers = answer.status, answer.headers
            self.words = answer.read().decode()
        finally:
            line.close()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        found = re.search(r'name="_xsrf" value="([^"]*)"', self.words)
        self.secret = found[1] if found else self.secret
        if self.status in (302, 303):
            return self.ask(answer.headers["Location"])
        return self.words

    def join(self) -> Phone:
        self.ask("/")
        self.ask("/", {"code": self.at.kept["code"]})
        assert "place-kit-team" in self.cookies, self.words
        return self

    def answer(self, round: int = 1, **fields: str) -> str:
        fields = {name.replace("__", ":"): value for name, value in fields.items()} or ANSWERS
        return self.ask("/answer", {"round": str(round), **fields})


class Served:
    """Where a session is served, and the facilitator's hands."""

    def __init__(self, folder: Path, host: str) -> None:
        self.folder, self.host = folder, host
        self.kept = json.loads((folder / STATE).read_bytes())
        self.port = self.kept["port"]
        self.desk_path = f"/desk/{self.kept['desk']}"

    def phones(self, number: int) -> list[Phone]:
        return [Phone(self).join() for _ in range(number)]

    def seat(self) -> Phone:
        """The facilitator's browser, which has the facilitator's page open."""
        here = self if self.host == "127.0.0.1" else Served(self.folder, "127.0.0.1")
        seat = Phone(here)
        seat.ask(self.desk_path)
        return seat

    def desk(self, part: str = "", **fields: str) -> str:
        """Press one of the facilitator's buttons."""
        seat = self.seat()
        return seat.ask(f"{self.desk_path}/{part}", fields) if part else seat.words

    def see(self, part: str) -> str:
        """Another of the facilitator's pages."""
        return self.seat().ask(f"{self.desk_path}/{part}")

    @contextmanager
    def news(self) -> Iterator[Iterator[dict[str, str]]]:
        """What the facilitator's page is told, as it is told."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as line:
            line.request("GET", f"{self.desk_path}/news")
            told = line.getresponse()
            yield (json.loads(each[5:]) for each in told if each.startswith(b"data:"))

    def parts(self) -> dict[str, str]:
        with self.news() as told:
            return next(told)

    def show(self, round: int = 1) -> str:
        """Close a round and show it; return the picture on the facilitator's page."""
        self.desk(f"show{round}")
        return self.picture()

    def picture(self) -> str:
        section = self.desk().partition("<h2>The picture</h2>")[2].partition("<h2>Delete")[0]
        return section.partition("</p>")[2]

    def files(self) -> list[Path]:
        return sorted(self.folder.glob("team-*.json"))


def free_port(address: str) -> int:
    """A port that nothing listens on, at this address and at the laptop's own."""
    while True:
        with socket.create_server((address, 0)) as found, suppress(OSError):
            port = int(found.getsockname()[1])
            if address != "127.0.0.1":
                socket.create_server(("127.0.0.1", port)).close()
            return port


@contextmanager
def served(folder: Path, outside: str | None = None) -> Iterator[Served]:
    """Serve a session from a folder, in a thread of its own."""
    state: dict[str, Any] = {}
    port = None
    folder.mkdir(exist_ok=True)
    if not (folder / STATE).exists():  # other sessions may be served on this machine just now
        port = free_port(outside or "127.0.0.1")
    ready = threading.Event()

    async def main() -> None:
        state["loop"], state["task"] = asyncio.get_running_loop(), asyncio.current_task()
        ready.set()
        state["result"] = await host._serve(folder, OUR_PLACE, outside, port, False)

    def run() -> None:
        try:
            asyncio.run(main())
        except asyncio.CancelledError:
            pass
        except Exception as error:
            state["error"] = error

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait(10)
    until = time.monotonic() + 10
    address = outside or "127.0.0.1"
    while time.monotonic() < until and thread.is_alive():
        try:
            at = Served(folder, address)
            Phone(at).ask("/state")
            break
        except (OSError, ValueError, KeyError):
            time.sleep(0.02)
    else:
        raise state.get("error", AssertionError("the session did not start"))
    at.thread = thread
    try:
        yield at
    finally:
        if thread.is_alive():
            state["loop"].call_soon_threadsafe(state["task"].cancel)
        thread.join(10)
        assert not thread.is_alive()
