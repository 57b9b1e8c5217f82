"""A live session with 30 and with 100 participants, against the same form as a Voilà dashboard.

Each participant answers once, at a random moment of some seconds. Measured is the time from
pressing the button until the facilitator has the pooled picture that holds the answer; the
facilitator asks for it again and again. (On our page the facilitator's browser asks every 1.5
seconds, which comes on top; Voilà's would need a button or a timer of its own.)
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import psutil
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPResponse

from benchmarks import voila
from benchmarks.measure import Comparison
from place_kit.team.host.room import STATE
from place_kit.team.session import find

ROOMS = (30, 100)
SECONDS = 8
AT_ONCE = 4
"""As many of Voilà's pages are opened at once: each starts a kernel."""


def run() -> list[Comparison]:
    commands = voila.installed()
    found = []
    for people in ROOMS:
        ours, our_memory = asyncio.run(_host(people))
        print(f"{people} on place-kit team host: {_said(ours, our_memory)}", flush=True)
        if commands is None:
            continue
        theirs, their_memory = asyncio.run(_voila(commands, people))
        print(f"{people} on a Voilà dashboard: {_said(theirs, their_memory)}", flush=True)
        what = f"{people} participants, from answer to pooled picture, against Voilà"
        found += [
            Comparison(f"{what}: median", _median(ours), _median(theirs), 1.0),
            Comparison(f"{what}: 99th percentile", _worst(ours), _worst(theirs), 1.0),
        ]
    if commands is None:
        print("Voilà was not measured: it could not be installed.")
    return found


async def _host(people: int) -> tuple[list[float], float]:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "team"
        command = [sys.executable, "-m", "place_kit", "team", "host", folder, "--no-browser"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            try:
                return await _ours(people, folder, process.pid)
            finally:
                process.terminate()


async def _ours(people: int, folder: Path, pid: int) -> tuple[list[float], float]:
    for _ in range(100):
        with suppress(OSError, ValueError, ConnectionError):
            kept = json.loads((folder / STATE).read_bytes())
            root = f"http://127.0.0.1:{kept['port']}"
            await AsyncHTTPClient().fetch(root)
            break
        await asyncio.sleep(0.1)
    AsyncHTTPClient.configure(None, max_clients=300)
    desk = _Phone(f"{root}/desk/{kept['desk']}")
    await desk.ask("")
    await desk.ask("/open1", {})
    phones = [_Phone(root) for _ in range(people)]
    for phone in phones:
        await phone.ask("/")
        # All of these come from one address, which may join a few of them a second only.
        while not phone.joined:
            await phone.ask("/", {"code": kept["code"]})
    fields = [{"round": "1", "by": "script", **_answers()} for _ in phones]

    async def answer(number: int) -> None:
        await phones[number].ask("/answer", fields[number])

    async def look() -> None:
        await desk.ask("/parts")

    return await _measure(people, answer, look), _memory(pid)


async def _voila(commands: Path, people: int) -> tuple[list[float], float]:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "team"
        folder.mkdir()
        port = 8_890
        process = voila.start(commands, folder, port)
        try:
            await voila.ready(port)
            gate = asyncio.Semaphore(AT_ONCE)

            async def come(name: str) -> voila.Reader | None:
                async with gate:
                    return await voila.open_page(port, name)

            begun = time.perf_counter()
            desk = await come("desk")
            if desk is None:
                raise RuntimeError("Voilà's pages have changed their form")
            opened = await asyncio.gather(*(come("form") for _ in range(people)))
            readers = [one for one in opened if one]
            took = time.perf_counter() - begun
            print(f"(Voilà opened {len(readers)} of {people} pages in {took:.0f} s)", flush=True)
            times = await _measure(len(readers), lambda one: readers[one].press(), desk.press)
            return times, _memory(process.pid)
        finally:
            for each in psutil.Process(process.pid).children(recursive=True):
                each.terminate()
            process.terminate()
            process.wait()


async def _measure(
    people: int, answer: Callable[[int], Awaitable[None]], look: Callable[[], Awaitable[None]]
) -> list[float]:
    """The seconds from each answer to the first picture that was asked for after it was taken."""
    looked: list[tuple[float, float]] = []
    going = True

    async def watch() -> None:
        while going:
            asked = time.perf_counter()
            await look()
            looked.append((asked, time.perf_counter()))

    async def one(number: int) -> tuple[float, float]:
        await asyncio.sleep(random.random() * SECONDS)
        begun = time.perf_counter()
        await answer(number)
        return begun, time.perf_counter()

    watching = asyncio.create_task(watch())
    answered = await asyncio.gather(*map(one, range(people)))
    until = time.perf_counter()
    while not looked or looked[-1][0] < until:
        await asyncio.sleep(0.05)
    going = False
    await watching
    return [
        next(shown for asked, shown in looked if asked >= taken) - begun
        for begun, taken in answered
    ]


class _Phone:
    """A phone or the facilitator's browser: cookies and the form's secret field."""

    def __init__(self, root: str) -> None:
        self._root, self._cookies, self._secret = root, dict[str, str](), ""

    @property
    def joined(self) -> bool:
        return "place-kit-team" in self._cookies

    async def ask(self, path: str, fields: dict[str, str] | None = None) -> None:
        body = None if fields is None else urlencode({"_xsrf": self._secret, **fields})
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        while True:
            answer: HTTPResponse = await AsyncHTTPClient().fetch(
                self._root + path,
                method="GET" if body is None else "POST",
                body=body,
                headers=headers if self._cookies else None,
                follow_redirects=False,
                raise_error=False,
                request_timeout=60,
            )
            if answer.code != 429:
                break
            await asyncio.sleep(0.5)
        if answer.code not in (200, 303):
            raise HTTPClientError(answer.code)
        for cookie in answer.headers.get_list("Set-Cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        secret = re.search(rb'name="_xsrf" value="([^"]*)"', answer.body)
        self._secret = secret[1].decode() if secret else self._secret


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


def _median(times: list[float]) -> float:
    return statistics.median(times)


def _worst(times: list[float]) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[-1]


def _said(times: list[float], memory: float) -> str:
    return (
        f"median {1000 * _median(times):.0f} ms, 99th percentile {1000 * _worst(times):.0f} ms, "
        f"{memory:,.0f} MB of memory"
    )
