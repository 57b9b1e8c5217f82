"""A live session with 30 and with 100 participants, against the same form as a Voilà dashboard.

All answer in a second, each once, at a random moment of it. Measured is the time from the last
press of a button until the facilitator's page has the pooled picture with everybody in it, for the
picture of a round is shown once, when all have answered. The same on both sides: the same
questions, the same files brought to rest on the disk, the same drawing, a facilitator who loses no
time, and everything (the simulated people too) on this machine. Rounds of ours and of Voilà's take
turns, so that whatever else the machine does troubles both.

Where they differ, Voilà has it easier. Our facilitator must hear from the page that all have
answered, close the round and load the page with the picture; Voilà's is told by the bench and
presses one button. Our phones ask all the while whether the round is still open;
Voilà's pages are silent. Our session is started anew for each round, and has drawn one picture
before; Voilà's pages stay open, and its kernels have drawn all the rounds before. One thing it can
that ours does not do: to show each answer as it comes. Ours only says how many have answered, to
protect who answered last; how soon it says so is printed.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psutil
from tornado.httpclient import AsyncHTTPClient
from tornado.httputil import HTTPHeaders

from benchmarks import voila
from benchmarks.measure import Comparison
from place_kit.team.host.room import STATE
from place_kit.team.session import find

ROOMS = (30, 100)
ROUNDS = 30
SECONDS = 1.0
AT_ONCE = 4
"""As many of Voilà's pages are opened at once: each starts a kernel."""

MOST = 1_000_000
"""Bytes that are read ahead: a page comes in one piece, as Voilà's message does."""


def run() -> list[Comparison]:
    commands = voila.installed()
    if commands is None:
        print("Voilà is not measured: it could not be installed.")
    return [line for people in ROOMS for line in asyncio.run(_room(people, commands))]


async def _room(people: int, commands: Path | None) -> list[Comparison]:
    AsyncHTTPClient.configure(None, max_clients=2 * people + 50)
    with tempfile.TemporaryDirectory() as scratch:
        ours, theirs = _Ours(Path(scratch) / "ours"), _Theirs(Path(scratch) / "theirs")
        await ours.begin(people)
        try:
            if commands:
                await theirs.begin(people, commands)
            pairs = []
            for _ in range(ROUNDS + 1):
                one = await ours.round()
                pairs.append((one, await theirs.round() if commands else 0.0))
        finally:
            theirs.end()
    mine, other = zip(*pairs[1:], strict=True)
    print(f"{people} on place-kit team host: {_said(mine)}, {ours.memory:,.0f} MB of memory")
    print(f"(its facilitator hears of an answer: {_said(ours.heard)})", flush=True)
    if commands is None:
        return []
    opened = f"{len(theirs.readers)} of {people} pages open"
    print(f"{people} on a Voilà dashboard: {_said(other)}, {theirs.memory:,.0f} MB, {opened}")
    what = f"{people} participants, from the last answer to the pooled picture, against Voilà"
    return [
        Comparison(f"{what}: median", _median(mine), _median(other), 1.0),
        Comparison(f"{what}: 99th percentile", _worst(mine), _worst(other), 1.0),
    ]


class _Ours:
    """A session on this machine; for each round it starts anew, and the phones go on."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.heard, self.memory = folder, list[float](), 0.0
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._root = f"http://127.0.0.1:{free.getsockname()[1]}"

    async def begin(self, people: int) -> None:
        """Let everybody join, once."""
        with self._started():
            await self._ready()
            self._phones = [_Phone(self._root) for _ in range(people)]
            for phone in self._phones:
                await phone.ask("/")
                # All of these come from one address, which may join a few of them a second only.
                while not phone.joined:
                    await phone.ask("/", {"code": self._kept["code"]})
        self._fresh = (self._folder / STATE).read_bytes()

    async def round(self) -> float:
        """Return the seconds from the last answer to the picture."""
        for old in self._folder.glob("*.json"):
            old.unlink()
        (self._folder / STATE).write_bytes(self._fresh)
        with self._started() as process:
            await self._ready()
            desk = _Phone(f"{self._root}/desk/{self._kept['desk']}")
            await desk.ask("")
            await desk.ask("/open1", {})
            await asyncio.sleep(SECONDS)  # to be as much at rest as Voilà is by now
            over = asyncio.Event()
            looking = [asyncio.create_task(_look(phone, over)) for phone in self._phones]
            watching = asyncio.create_task(self._watch(desk))
            pressed, taken = await _all_answer(len(self._phones), self._answer)
            counts, page, done = await watching
            over.set()
            await asyncio.gather(*looking)
            self.memory = max(self.memory, _memory(process.pid))
        assert f"n = {len(self._phones)}" in page
        for count, (begun, _) in enumerate(sorted(taken, key=lambda each: each[1]), start=1):
            told = next(when for when, many in counts if many >= count)
            self.heard.append(max(told - begun, 0.0))
        return done - pressed

    async def _answer(self, number: int) -> None:
        fields = {"round": "1", "by": "script", **_answers()}
        await self._phones[number].ask("/answer", fields)

    async def _watch(self, desk: _Phone) -> tuple[list[tuple[float, int]], str, float]:
        """As the facilitator’s page does; when all have answered, close and show the round."""
        counts = [(0.0, 0)]
        async for told in desk.hear("/news"):
            found = re.search(rb"Round 1: (\d+)", told)
            counts.append((time.perf_counter(), int(found[1]) if found else 0))
            if counts[-1][1] == len(self._phones):
                break
        await desk.ask("/show1", {})
        page = await desk.ask("")
        return counts, page, time.perf_counter()

    @contextmanager
    def _started(self) -> Iterator[subprocess.Popen[bytes]]:
        port = f"--port={urlsplit(self._root).port}"
        words = ["place_kit", "team", "host", self._folder, "--no-browser", port]
        command = [sys.executable, "-m", *words]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            try:
                yield process
            finally:
                process.terminate()

    async def _ready(self) -> None:
        for _ in range(200):
            with suppress(OSError, ValueError, ConnectionError):
                await AsyncHTTPClient().fetch(self._root)
                self._kept = json.loads((self._folder / STATE).read_bytes())
                return
            await asyncio.sleep(0.05)
        raise RuntimeError("the session did not start")


class _Theirs:
    """Voilà, with a page and a kernel for everybody."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._process = folder, None
        self.readers: list[voila.Reader] = []
        self.memory = 0.0

    async def begin(self, people: int, commands: Path) -> None:
        self._folder.mkdir()
        port = 8_890
        self._process = voila.start(commands, self._folder, port)
        await voila.ready(port)
        gate = asyncio.Semaphore(AT_ONCE)

        async def come(name: str) -> voila.Reader | None:
            async with gate:
                return await voila.open_page(port, name)

        begun = time.perf_counter()
        desk = await come("desk")
        if desk is None:
            raise RuntimeError("Voilà's pages have changed their form")
        self._desk = desk
        opened = await asyncio.gather(*(come("form") for _ in range(people)))
        self.readers = [one for one in opened if one]
        took = time.perf_counter() - begun
        print(f"(Voilà opened {len(self.readers)} of {people} pages in {took:.0f} s)", flush=True)

    async def round(self) -> float:
        """Return the seconds from the last answer to the picture."""
        for old in self._folder.glob("*.json"):
            old.unlink()
        pressed, _ = await _all_answer(len(self.readers), self._answer)
        page = await self._desk.press()
        done = time.perf_counter()
        assert f"n = {len(self.readers)}" in page
        assert self._process
        self.memory = max(self.memory, _memory(self._process.pid))
        return done - pressed

    async def _answer(self, number: int) -> None:
        await self.readers[number].press()

    def end(self) -> None:
        if self._process:
            for each in psutil.Process(self._process.pid).children(recursive=True):
                each.terminate()
            self._process.terminate()
            self._process.wait()


async def _all_answer(
    people: int, answer: Callable[[int], Awaitable[None]]
) -> tuple[float, list[tuple[float, float]]]:
    """When the last button was pressed, and when each was pressed and its answer taken."""

    async def one(number: int) -> tuple[float, float]:
        await asyncio.sleep(random.random() * SECONDS)
        begun = time.perf_counter()
        await answer(number)
        return begun, time.perf_counter()

    taken = await asyncio.gather(*map(one, range(people)))
    return max(begun for begun, _ in taken), taken


async def _look(phone: _Phone, over: asyncio.Event) -> None:
    """As a phone's page does: ask every two or three seconds which round is open."""
    pause = 2.5 * random.random()
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), pause)
            return
        await phone.ask("/state")
        pause = 2 + random.random()


class _Phone:
    """A phone or the facilitator's browser: a connection, cookies, the form's secret field."""

    def __init__(self, root: str) -> None:
        self._root, self._cookies, self._secret = root, dict[str, str](), ""
        self._one = asyncio.Lock()
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    @property
    def joined(self) -> bool:
        return "place-kit-team" in self._cookies

    async def hear(self, path: str) -> AsyncIterator[bytes]:
        """What is told, as it is told."""
        at = urlsplit(self._root + path)
        lines, line = await asyncio.open_connection(at.hostname, at.port)
        line.write(f"GET {at.path} HTTP/1.1\r\nHost: {at.netloc}\r\n\r\n".encode())
        while told := await lines.readline():
            if told.startswith(b"data:"):
                yield told

    async def ask(self, path: str, fields: dict[str, str] | None = None) -> str:
        body = "" if fields is None else urlencode({"_xsrf": self._secret, **fields})
        while True:
            method = "GET" if fields is None else "POST"
            async with self._one:
                status, headers, page = await self._fetch(method, path, body)
            if status != 429:
                break
            await asyncio.sleep(0.5)
        assert status in (200, 303), (path, status)
        for cookie in headers.get_list("Set-Cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        secret = re.search(r'name="_xsrf" value="([^"]*)"', page)
        self._secret = secret[1] if secret else self._secret
        return page

    async def _fetch(self, method: str, path: str, body: str) -> tuple[int, HTTPHeaders, str]:
        at = urlsplit(self._root + path)
        lines = [
            f"{method} {at.path or '/'} HTTP/1.1",
            f"Host: {at.netloc}",
            f"Cookie: {'; '.join(f'{k}={v}' for k, v in self._cookies.items())}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
        sent = "\r\n".join([*lines, "", body]).encode()
        while True:
            try:
                if self._line is None:
                    self._line = await asyncio.open_connection(at.hostname, at.port, limit=MOST)
                self._line[1].write(sent)
                head = (await self._line[0].readuntil(b"\r\n\r\n")).decode()
                break
            except (OSError, asyncio.IncompleteReadError):  # it was closed between two requests
                self._line = None
        said, _, rest = head.partition("\r\n")
        headers = HTTPHeaders.parse(rest.strip())
        page = await self._line[0].readexactly(int(headers["Content-Length"]))
        if headers.get("Connection") == "close":
            self._line = None
        return int(said.split()[1]), headers, page.decode()


def _answers() -> dict[str, str]:
    given = {}
    for question in find("our_place").asked(1):
        name = question.id.rpartition(".")[2]
        if question.kind == "rate" and question.scale:
            for item in question.items:
                given[f"{name}:{item.id}"] = str(
                    random.randint(question.scale.low, question.scale.high)
                )
        elif question.kind == "choose_one":
            given[name] = random.choice(question.options).id
    return given


def _memory(pid: int) -> float:
    """The memory of a process and its children in MB, what they share counted once."""
    top = psutil.Process(pid)
    each = [one.memory_full_info() for one in (top, *top.children(recursive=True))]
    return sum(getattr(one, "pss", one.rss) for one in each) / 1e6


def _median(times: Sequence[float]) -> float:
    return statistics.median(times)


def _worst(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[-1]


def _said(times: Sequence[float]) -> str:
    return f"median {1000 * _median(times):.0f} ms, 99th percentile {1000 * _worst(times):.0f} ms"
