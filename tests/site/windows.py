"""What the tests of the browser edition share: a plain host, a browser, and what is on a page."""

from __future__ import annotations

import http.server
import re
import threading
from pathlib import Path
from typing import Any

from place_kit import facts
from tests.conftest import CHROMIUM_ARGS, chromium
from tests.pages import READY

ALONE = (*CHROMIUM_ARGS, "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1")


class PlainHost(http.server.SimpleHTTPRequestHandler):
    """Python's own static server: no header of ours, no compressed file."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Hosted:
    """Files on a host, until it is taken away."""

    def __init__(self, server: http.server.ThreadingHTTPServer, under: str = "") -> None:
        self.server = server
        self.address = f"http://127.0.0.1:{server.server_address[1]}/{under}"
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Window:
    """A browser with a memory of its own, and whatever it asked of others."""

    def __init__(self, browser: Any, memory: Path, **how: Any) -> None:
        self.context = browser.browser_type.launch_persistent_context(
            str(memory),
            executable_path=chromium(),
            args=list(ALONE),
            viewport={"width": 1280, "height": 900},
            locale="en-GB",
            **how,
        )
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.context.on("request", self._asked)
        self.page = self.context.pages[0]
        self.page.set_default_timeout(40_000)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._said)

    def _asked(self, request: Any) -> None:
        if not re.match(r"http://127\.0\.0\.1:|data:|blob:", request.url):
            self.outside.append(request.url)

    def _said(self, message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.errors.append(message.text)

    def open(self, address: str) -> Any:
        self.page.goto(address)
        self.ready()
        return self.page

    def ready(self) -> None:
        self.page.get_by_role("status").filter(has_text=READY).wait_for()

    def tab(self, address: str) -> Any:
        """Another page of the course, ready."""
        page = self.context.new_page()
        page.set_default_timeout(40_000)
        page.goto(address)
        page.get_by_role("status").filter(has_text=READY).wait_for()
        return page

    def close(self) -> None:
        self.context.close()
        assert self.outside == []
        assert self.errors == []


def notebook(address: str, name: str) -> str:
    return f"{address}notebooks/index.html?path={name}"


def group(page: Any, id: str) -> Any:
    return page.get_by_role("group", name=facts.question(id).prompt, exact=True)
