"""Starting JupyterLab, without a browser: ports, privacy, words, a clean stop."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import place_kit.learner
from place_kit.learner import _server, lab, shipped
from place_kit.learner import folder as folders
from place_kit.problems import PlaceKitError

START = """
import sys
from pathlib import Path
from place_kit.learner import folder, lab
mine, source, port = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
for line in folder.make(mine, source=source).lines():
    print(line, flush=True)
sys.exit(lab.start(mine, port=port, open_browser=False))
"""


class Course:
    """A course that is being served, as its learner's terminal shows it."""

    def __init__(self, folder: Path, source: Path, port: int) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, str(folder), str(source), str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"JUPYTER_CONFIG_DIR": "/nonexistent", "JUPYTER_TOKEN": "mine"},
        )
        self.lines: list[str] = []
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.strip())
            if line.startswith("To stop") or "already open" in line:
                break

    @property
    def said(self) -> str:
        return "\n".join(self.lines)

    @property
    def address(self) -> str:
        found = re.search(r"http://\S+", self.said)
        assert found, self.said
        return found.group(0)

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        rest, _ = self.process.communicate(timeout=30)
        self.lines += rest.splitlines()
        return self.process.returncode


@pytest.fixture
def serve(folder, source) -> Iterator[Any]:
    """Serve the small course; whatever was started is stopped."""
    started: list[Course] = []

    def start(port: int | None = None) -> Course:
        started.append(Course(folder, source, port or lab.free_port(9200)))
        return started[-1]

    yield start
    for course in started:
        course.stop()


def test_it_prints_the_address_serves_it_and_stops_with_ctrl_c(serve, folder):
    course = serve()
    assert f"Your course folder: {folder}" in course.said
    assert re.match(
        r"http://127\.0\.0\.1:\d+/doc/tree/course/00_welcome\.ipynb\?token=\w{20,}", course.address
    )
    assert "To stop, press Ctrl+C here." in course.said
    running = lab.running(folder)
    assert running
    assert running.address == course.address
    assert course.stop() == 0
    assert "Stopping. Your answers are saved." in course.said
    assert lab.running(folder) is None
    with pytest.raises(ProcessLookupError):
        os.kill(running.pid, 0)


def test_it_stops_cleanly_when_the_terminal_is_closed(serve, folder):
    course = serve()
    running = lab.running(folder)
    assert running
    assert course.stop(signal.SIGHUP) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(running.pid, 0)


def test_a_second_start_says_where_the_course_is_already_open(serve):
    first, second = serve(), serve()
    assert second.process.wait(20) == 0
    assert "already open" in second.said
    assert second.address == first.address
    assert first.process.poll() is None


def test_two_starts_at_once_make_one_server(serve):
    courses: list[Course] = []
    threads = [threading.Thread(target=lambda: courses.append(serve())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({course.address for course in courses}) == 1


def test_a_server_that_was_killed_is_not_taken_for_a_running_one(serve, folder):
    course = serve()
    running = lab.running(folder)
    assert running
    os.kill(running.pid, signal.SIGKILL)
    assert course.stop() in (0, 1)
    assert list((folder / ".place-kit/jupyter/runtime").glob("jpserver-*.json"))
    assert lab.running(folder) is None
    assert serve().address != course.address


def test_a_server_that_ends_by_itself_is_said(serve, folder):
    course = serve()
    running = lab.running(folder)
    assert running
    os.kill(running.pid, signal.SIGKILL)
    course.process.wait(20)
    assert course.stop() == 1
    assert "The course stopped by itself. Your answers are saved." in course.said


def test_a_port_in_use_is_said_and_the_next_one_is_taken(serve):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        course = serve(port)
    assert f"Port {port} is in use by something else" in course.said
    assert f"127.0.0.1:{port}/" not in course.address


@pytest.mark.parametrize("port", [70000, 65536])
def test_a_port_that_cannot_be_is_said(port):
    with pytest.raises(PlaceKitError, match="--port 9000"):
        lab.free_port(port)


def test_when_jupyterlab_does_not_start_its_last_words_are_given(folder, source, monkeypatch):
    folders.make(folder, source=source)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(PlaceKitError, match="JupyterLab did not start"):
        lab.start(folder, port=9300, open_browser=False)


def test_a_full_disk_at_the_start_is_said(folder, source, monkeypatch):
    folders.make(folder, source=source)

    def refuse(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(PlaceKitError, match="The disk is full"):
        lab.start(folder, open_browser=False)


def test_learn_makes_the_folder_and_starts(tmp_path, source, monkeypatch, capsys):
    called: dict[str, Any] = {}
    monkeypatch.setattr(shipped, "root", lambda: source)
    monkeypatch.setattr(lab, "start", lambda folder, **given: called.update(given, at=folder) or 0)
    assert place_kit.learner.learn(tmp_path / "here", port=9, open_browser=False) == 0
    assert called == {"at": tmp_path / "here", "port": 9, "open_browser": False}
    assert "Your course folder" in capsys.readouterr().out
    assert (tmp_path / "here/course/00_welcome.ipynb").is_file()


def test_a_learners_own_jupyter_settings_are_neither_read_nor_written(tmp_path):
    mine = lab.environment(
        tmp_path,
        {
            "JUPYTER_CONFIG_DIR": "/theirs",
            "JUPYTER_TOKEN": "x",
            "IPYTHONDIR": "/theirs",
            "PATH": "/bin",
        },
    )
    assert mine["PATH"] == "/bin"
    assert "JUPYTER_TOKEN" not in mine
    assert not [name for name, value in mine.items() if "/theirs" in value]


@pytest.mark.parametrize(
    ("outside", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "darwin", True),
        ({"SSH_CONNECTION": "1.2.3.4"}, "darwin", False),
        ({}, "win32", True),
    ],
)
def test_a_browser_is_opened_only_where_there_is_a_screen(outside, platform, expected):
    assert lab.has_screen(outside, platform) is expected


def test_where_no_browser_can_be_opened_the_address_is_enough(tmp_path, monkeypatch, capsys):
    def none(*_):
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", none)
    lab._open(lab.Running(1, "t", 1, tmp_path / "none.html"), wanted=True)
    give_up = time.monotonic() + 5
    said = ""
    while "copy the address" not in said and time.monotonic() < give_up:
        said += capsys.readouterr().out
    assert "please copy the address into yours" in said


def test_the_server_listens_to_this_machine_alone_and_asks_no_other(tmp_path):
    config = _server.server_config(tmp_path, 8888)
    assert config["ServerApp"]["ip"] == "127.0.0.1"
    assert config["ServerApp"]["terminals_enabled"] is False
    assert config["LabApp"]["news_url"] is None
    assert config["LabApp"]["check_for_updates_class"] == "jupyterlab.NeverCheckForUpdate"
    json.dumps(config)


def test_only_the_extensions_that_the_course_needs_are_on(tmp_path):
    widgets = "@jupyter-widgets/jupyterlab-manager"
    for name in ("@jupyter/nbgrader", "some-assistant", "anywidget", widgets):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "package.json").write_text("{}")
    found = _server.installed_extensions([str(tmp_path), str(tmp_path / "nothing here")])
    off = _server.page_config(["d1"], found)["disabledExtensions"]
    assert off["@jupyter/nbgrader"]
    assert off["some-assistant"]
    assert not off["anywidget"]
    assert not off[widgets]


def test_the_extension_is_found_where_jupyterlab_is_told_to_look():
    assert _server.installed_extensions([str(_server.EXTENSIONS)]) == {"place-kit"}
    package = json.loads((_server.EXTENSIONS / "place-kit/package.json").read_text("utf-8"))
    load = package["jupyterlab"]["_build"]["load"]
    assert (_server.EXTENSIONS / "place-kit" / load).is_file()
    assert package["version"] == place_kit.__version__
