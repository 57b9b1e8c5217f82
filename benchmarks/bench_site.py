"""The browser edition against JupyterLite as it comes: bytes, and how long until an answer.

Both show the welcome page from one host on this machine, which sends what can be made smaller
compressed and lets a browser keep files for ten minutes. *Cold*: a browser that was never
there, from the page's address to the first question answered and said to be saved; on the
stock site the reader waits for the kernel and takes *Run All Cells* from the menu, for no
setting of it runs a notebook. *Bytes*: all that the host sent by then and until it was quiet
for eight seconds. *Warm*: the browser was closed and opened again.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import re
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import stock_lite
from benchmarks.measure import Comparison
from place_kit.site import building, finishing
from tests.conftest import CHROMIUM_ARGS, chromium

TARGET = 0.45
TIMES = 3
PATIENCE = 100_000  # milliseconds
QUIET = 8.0  # seconds


class Host(http.server.SimpleHTTPRequestHandler):
    """Counts what it sends."""

    protocol_version = "HTTP/1.1"
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }
    packed: dict[Path, bytes] = {}  # noqa: RUF012 - shared on purpose
    sent: list[int] = []  # noqa: RUF012
    last = 0.0

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path = path / "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        if path.suffix in finishing.PACKED:
            if path not in self.packed:
                self.packed[path] = gzip.compress(path.read_bytes(), 9)
            body = self.packed[path]
        else:
            body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in finishing.PACKED:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)
        Host.sent.append(len(body))
        Host.last = time.monotonic()

    def do_POST(self) -> None:
        """Say yes to a save: the stock site has nobody who lets tabs save one after another."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@dataclass(frozen=True)
class Visit:
    """A first visit and the next one."""

    sent: int
    cold: float
    warm: float


def run() -> list[Comparison]:
    if chromium() is None:
        print("The browser edition was not measured: it needs a Chromium.")
        return []
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        building.build(scratch / "ours", building.default_cache(), say=print)
        stock_lite.build(scratch / "stock", scratch)
        pairs = [
            (visit(scratch / "ours", "notebooks", ours), visit(scratch / "stock", "lab", stock))
            for _ in range(TIMES + 1)
        ][1:]
    what = "browser edition against stock JupyterLite"
    return [
        Comparison(f"{what}, {said}", *medians(pairs, take), TARGET, unit)
        for said, take, unit in (
            ("bytes of the first visit", lambda one: one.sent, "B"),
            ("cold start to the first answer", lambda one: one.cold, "s"),
            ("warm start to the first answer", lambda one: one.warm, "s"),
        )
    ]


def medians(
    pairs: list[tuple[Visit, Visit]], take: Callable[[Visit], float]
) -> tuple[float, float]:
    """Take one figure of each visit: the median of ours, and of theirs."""
    return (
        statistics.median(take(ours) for ours, _ in pairs),
        statistics.median(take(theirs) for _, theirs in pairs),
    )


def visit(site: Path, app: str, answer: Callable[[Any], None]) -> Visit:
    """Visit a site twice with a browser that was never there."""
    from playwright.sync_api import sync_playwright

    handler = functools.partial(Host, directory=str(site))
    with (
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
        tempfile.TemporaryDirectory() as memory,
        sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/{app}/index.html"
        Host.sent.clear()
        took = []
        for _ in ("cold", "warm"):
            context = playwright.chromium.launch_persistent_context(
                memory, executable_path=chromium(), args=list(CHROMIUM_ARGS)
            )
            page = context.pages[0]
            page.set_default_timeout(PATIENCE)
            begun = time.perf_counter()
            page.goto(f"{address}?path={stock_lite.PAGE}")
            answer(page)
            page.get_by_text(re.compile("^Saved")).first.wait_for()
            took.append(time.perf_counter() - begun)
            while time.monotonic() - Host.last < QUIET:
                page.wait_for_timeout(200)
            if len(took) == 1:
                sent = sum(Host.sent)
            context.close()
        server.shutdown()
    return Visit(sent, *took)


def ours(page: Any) -> None:
    page.get_by_role("radio").first.check()


def stock(page: Any) -> None:
    """As a reader who was told what to press."""
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.get_by_role("radio").first.check()
