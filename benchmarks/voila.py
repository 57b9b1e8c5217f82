"""The same form and the same picture as a stock Voilà dashboard, in an environment of its own.

A page is a notebook with ipywidgets, and each reader has a kernel. A participant's page writes a
team file when its button is pressed; the facilitator's pools them when its own is.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect

PACKAGES = ("voila==0.5.8", "ipywidgets", "ipykernel", "filelock")
APART = Path(__file__).parents[1] / ".venv-voila"
ROOT = Path(__file__).parents[1]

FORM = """
import json, os, pathlib, random
import ipywidgets as widgets
from IPython.display import HTML, display
from place_kit.answers import files
from place_kit.team import entry, session
asked, code = session.find("our_place"), entry.new_code()
lines = {}
for question in asked.asked(1):
    if question.kind == "rate":
        steps = list(range(question.scale.low, question.scale.high + 1))
        for item in question.items:
            lines[question.id, item.id] = widgets.RadioButtons(
                options=steps, value=random.choice(steps), description=item.text
            )
    elif question.kind == "choose_one":
        options = [(option.text, option.id) for option in question.options]
        lines[question.id, ""] = widgets.RadioButtons(
            options=options, value=random.choice(options)[1]
        )
    else:
        lines[question.id, "text"] = widgets.Textarea(description=question.prompt)
button, said = widgets.Button(description="Save my answers"), widgets.HTML()
def save(_):
    answers = {}
    for (question, item), line in lines.items():
        if item == "text":
            continue
        if item:
            answers.setdefault(question, {})[item] = line.value
        else:
            answers[question] = line.value
    path = pathlib.Path(os.environ["TEAM_FOLDER"], f"team-{code}.json")
    files.write_whole(path, entry.make(asked, 1, code, answers))
    said.value = said.value + "Saved. "
button.on_click(save)
display(widgets.VBox([*lines.values(), button, said]))
display(HTML(f"<i>PRESS={button.model_id} HEAR={said.model_id}</i>"))
"""
DESK = """
import os, pathlib
import ipywidgets as widgets
from IPython.display import HTML, display
from place_kit.team import entry, pictures, pool, session
asked = session.find("our_place")
button, shown = widgets.Button(description="Look again"), widgets.HTML()
def look(_):
    files = pathlib.Path(os.environ["TEAM_FOLDER"]).glob("*.json")
    found = pool.pool([entry.parse(each.read_bytes(), asked) for each in files], asked)
    drawn = "".join(one.card.html() for one in pictures.pictures(found))
    look.count += 1
    shown.value = f"<!-- {look.count} -->{drawn}"
look.count = 0
button.on_click(look)
display(widgets.VBox([button, shown]))
display(HTML(f"<i>PRESS={button.model_id} HEAR={shown.model_id}</i>"))
"""


def installed() -> Path | None:
    """The folder of Voilà's commands, installed if need be; None if it cannot be."""
    commands = APART / ("Scripts" if os.name == "nt" else "bin")
    if not list(commands.glob("voila*")):
        print("Installing Voilà beside the project, once.")
        subprocess.run([sys.executable, "-m", "venv", APART], check=True)
    pip = [commands / "python", "-m", "pip", "install", "--quiet", *PACKAGES]
    if subprocess.run(pip, check=False).returncode:
        return None
    return commands


def start(commands: Path, folder: Path, port: int) -> subprocess.Popen[bytes]:
    """Voilà, serving both pages; answers go into `folder`."""
    pages = folder.with_name("pages")
    pages.mkdir()
    for name, source in (("form", FORM), ("desk", DESK)):
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = new_notebook(cells=[new_code_cell(source)], metadata={"kernelspec": kernel})
        nbformat.write(notebook, pages / f"{name}.ipynb")
    path = f"{commands}{os.pathsep}{os.environ['PATH']}"
    return subprocess.Popen(
        [commands / "python", "-m", "voila", "--no-browser", f"--port={port}", pages],
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "TEAM_FOLDER": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


class Reader:
    """Somebody who has a page open: a kernel, its button, and what it shows."""

    def __init__(
        self,
        line: WebSocketClientConnection,
        heard: asyncio.Queue[str | bytes | None],
        press: str,
        hear: str,
    ) -> None:
        self._line, self._heard, self._press, self._hear = line, heard, press, hear

    async def press(self) -> str:
        """Press the button, and wait for what the page then shows."""
        await self._line.write_message(_message(self._press))
        while True:
            message = await self._heard.get()
            if message is None:
                raise RuntimeError("Voilà has closed a page")
            said = json.loads(message)
            content: Any = said.get("content", {})
            ours = said["msg_type"] == "comm_msg" and content["comm_id"] == self._hear
            if ours and "value" in content["data"].get("state", {}):
                return str(content["data"]["state"]["value"])


async def open_page(port: int, name: str) -> Reader | None:
    """Open a page, and wait until all of it has come; None where its kernel does not start."""
    address = f"http://127.0.0.1:{port}/voila/render/{name}.ipynb"
    page = await AsyncHTTPClient().fetch(address, request_timeout=300)
    words = page.body.decode()
    kernel = re.search(r'"kernelId": "([0-9a-f-]+)"', words)
    ids = re.search(r"PRESS=(\w+) HEAR=(\w+)", words)
    if not kernel or not ids:
        return None
    channels = f"ws://127.0.0.1:{port}/api/kernels/{kernel[1]}/channels"
    heard = asyncio.Queue[str | bytes | None]()
    # Read as it comes, as a browser does; otherwise the server's pings would find no answer.
    line = await websocket_connect(channels, on_message_callback=heard.put_nowait)
    return Reader(line, heard, ids[1], ids[2])


async def ready(port: int) -> None:
    """Wait until Voilà answers."""
    for _ in range(200):
        try:
            await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}/")
            return
        except OSError:
            await asyncio.sleep(0.2)
    raise RuntimeError("Voilà did not start")


def _message(widget: str) -> str:
    header = {
        "msg_id": uuid.uuid4().hex,
        "session": uuid.uuid4().hex,
        "username": "",
        "date": time.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "msg_type": "comm_msg",
        "version": "5.3",
    }
    data = {"method": "custom", "content": {"event": "click"}}
    return json.dumps(
        {
            "header": header,
            "parent_header": {},
            "metadata": {},
            "content": {"comm_id": widget, "data": data},
            "channel": "shell",
            "buffers": [],
        }
    )
