"""How long until a learner can answer: the course, against a bare JupyterLab.

Ours: ``place-kit learn`` in a new folder, until the first form of the welcome page was
clicked and said that it is saved. Bare: ``python -m jupyterlab`` of the same Python on a
folder with one notebook of one ipywidgets cell, opened by its address; when its kernel is
there the cell is run by its key, until its button was clicked and its callback was seen.
Both begin with new settings and a new browser profile; the browser itself runs already.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.measure import Comparison, compare
from place_kit.learner.lab import free_port
from tests.conftest import CHROMIUM_ARGS, chromium
from tests.learner.conftest import FORM, notebook

PATIENCE = 120_000  # milliseconds


def run() -> list[Comparison]:
    path = chromium()
    if path is None:
        print("The start was not measured: it needs a Chromium.")
        return []
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_ARGS))
        done = compare(
            "place-kit learn to the first answer, against a bare JupyterLab to its first click",
            lambda: seconds(browser, Ours),
            lambda: seconds(browser, Bare),
            target=1.3,
            times=5,
        )
        browser.close()
    return [done]


def seconds(browser: Any, journey: type[Ours] | type[Bare]) -> float:
    """Take one journey from nothing, in a folder and a browser profile of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        context = browser.new_context()
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        begun = time.perf_counter()
        process = journey.start(Path(scratch))
        try:
            address = address_said_by(process)
            wait_until_listening(address)
            journey.answer(page, address)
            return time.perf_counter() - begun
        finally:
            context.close()
            process.send_signal(signal.SIGTERM)
            process.communicate()


class Ours:
    """The command, and the welcome page's first question."""

    @staticmethod
    def start(scratch: Path) -> subprocess.Popen[str]:
        folder = str(scratch / "mine")
        return start([sys.executable, "-m", "place_kit", "learn", folder, "--no-browser"], {})

    @staticmethod
    def answer(page: Any, address: str) -> None:
        page.goto(address)
        page.get_by_role("radio").first.check()
        page.get_by_text(re.compile("^Saved")).first.wait_for()


class Bare:
    """JupyterLab as it comes, and a notebook of one cell."""

    @staticmethod
    def start(scratch: Path) -> subprocess.Popen[str]:
        shown = notebook(("code", FORM), autorun=False).replace(
            '"source_hidden": true', '"source_hidden": false'
        )
        (scratch / "one.ipynb").write_text(shown)
        new = {
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "JUPYTERLAB_SETTINGS_DIR": "settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
            "IPYTHONDIR": "ipython",
        }
        return start(
            [
                *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
                f"--ServerApp.port={free_port(8888)}",
                f"--ServerApp.root_dir={scratch}",
                "--LabApp.default_url=/lab/tree/one.ipynb",
            ],
            {name: str(scratch / folder) for name, folder in new.items()},
        )

    @staticmethod
    def answer(page: Any, address: str) -> None:
        with page.expect_websocket(lambda socket: "/channels" in socket.url, timeout=PATIENCE):
            page.goto(address)
        # Before that its kernel is said to be idle too, but a cell that is run then is lost.
        page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()
        page.locator(".jp-CodeCell .cm-content").first.click()
        page.keyboard.press("Shift+Enter")
        page.get_by_role("button", name="Press me").click()
        page.get_by_text("it was pressed", exact=True).wait_for()


def start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def address_said_by(process: subprocess.Popen[str]) -> str:
    """Read what the command says until it says an address."""
    assert process.stdout
    for line in process.stdout:
        if found := re.search(r"http://(?:127\.0\.0\.1|localhost)\S+token=\S+", line):
            return found.group(0)
    raise RuntimeError("It said no address.")


def wait_until_listening(address: str) -> None:
    """Wait, for a bare JupyterLab says its address a moment before it answers there."""
    port = int(re.findall(r":(\d+)/", address)[0])
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.01)
        else:
            return
