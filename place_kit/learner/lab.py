"""Start a JupyterLab on a folder of ours, and stop it cleanly: the learner's, or the tutor's.

JupyterLab runs as a child with settings of its own under ``FOLDER/.place-kit/jupyter``,
so that a person's other Jupyter neither breaks the course nor is changed by it.
"""

from __future__ import annotations

import errno
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.parse import quote

from filelock import FileLock

from place_kit.learner import folder as folders
from place_kit.learner import opening
from place_kit.problems import PlaceKitError

PAGE = opening.address(opening.HOME)
FIRST_PORT = 8888
PORTS_TRIED = 50
PATIENCE = 90.0
"""Seconds to wait for JupyterLab; an old machine with a virus scanner needs many."""


@dataclass(frozen=True, slots=True)
class Running:
    """A JupyterLab that serves a folder of ours."""

    port: int
    token: str
    pid: int
    opener: Path  # a page that leads there, so that the token is in no list of processes
    home: str = PAGE

    @property
    def address(self) -> str:
        """The address that opens it."""
        and_token = "&" if "?" in self.home else "?"
        return f"http://127.0.0.1:{self.port}/{self.home}{and_token}token={self.token}"


@dataclass(frozen=True, slots=True)
class Served:
    """A folder to be served, and how its JupyterLab is spoken of."""

    folder: Path
    server: str  # the module that becomes the server; see `place_kit.learner._server`
    command: str  # what a person types to start it
    home: str  # where the address leads
    name: str  # in the midst of a sentence
    kept: str  # what of their work is safe when it stops
    plainly: Callable[[], AbstractContextManager[None]]  # the disk's complaints, in words
    warm_up: Callable[[Running], object] = lambda lab: None

    @property
    def place(self) -> Path:
        """Where its settings are."""
        return self.folder / folders.HIDDEN / "jupyter"


def start(folder: Path, *, port: int | None = None, open_browser: bool | None = None) -> int:
    """Serve a learner's folder until Ctrl+C; see `serve`.

    Parameters
    ----------
    folder
        A folder that `place_kit.learner.folder.make` made.
    port, open_browser
        See `serve`.
    """
    page = opening.page(folder)
    course = Served(
        folder,
        server="place_kit.learner._server",
        command="place-kit learn",
        home=opening.address(page),
        name="the course",
        kept="Your answers are saved",
        plainly=lambda: folders.plainly(folder),
        warm_up=lambda running: _warm_up(running, page),
    )
    return serve(course, port=port, open_browser=open_browser)


def serve(served: Served, *, port: int | None = None, open_browser: bool | None = None) -> int:
    """Serve a folder until Ctrl+C; if it is served already, say where.

    Parameters
    ----------
    served
        The folder.
    port
        The port to try first.
    open_browser
        Whether to open a browser; None opens one where there is a screen.

    Returns
    -------
    int
        0 when it ended as it should, 1 when JupyterLab stopped by itself.
    """
    place, name = served.place, served.name
    with served.plainly():
        for part in ("config", "data", "runtime", "settings", "workspaces", "ipython"):
            (place / part).mkdir(parents=True, exist_ok=True)
        lock = FileLock(place / "lock")
        lock.acquire()  # two starts at once must not become two servers
    try:
        already = running(served.folder, served.home)
        if already:
            _say(f"{_first_up(name)} is already open. Its address: {already.address}")
            _open(already, open_browser)
            return 0
        chosen = free_port(port or FIRST_PORT, served.command)
        _say(f"Starting {name}. This takes a few seconds.")
        server = _launch(served, chosen)
        try:
            lab = _wait_until_up(server, served)
        except BaseException:
            _stop(server)
            raise
    finally:
        lock.release()
    with _stopped_by_signals():
        try:
            _welcome(lab, port or FIRST_PORT, served)
            _open(lab, open_browser)
            served.warm_up(lab)
            server.wait()
        except KeyboardInterrupt:
            _say(f"\nStopping. {served.kept}.")
            return 0
        finally:
            _stop(server)
    log = place / "log.txt"
    _say(f"{_first_up(name)} stopped by itself. {served.kept}. Details: {log}")
    return 1


def running(folder: Path, home: str = PAGE) -> Running | None:
    """Find the JupyterLab that serves this folder now, if there is one."""
    runtime = folder / folders.HIDDEN / "jupyter" / "runtime"
    for path in sorted(runtime.glob("jpserver-*.json")):
        found = _read_running(path, home)
        if found and _ask(found, "GET", "/api/status") == 200:
            return found
    return None


def free_port(first: int, command: str = "place-kit learn") -> int:
    """Find the first free port of this machine, from `first` on."""
    for port in range(first, first + PORTS_TRIED):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
            if os.name != "nt":  # there it would share a port that is in use
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OverflowError:
                break
            except OSError as error:
                if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                    raise PlaceKitError(
                        f"This machine refused port {port} ({error.strerror}). "
                        f"Try another: {command} --port 9000"
                    ) from error
            else:
                return port
    raise PlaceKitError(
        f"No port from {first} to {first + PORTS_TRIED - 1} is free. "
        f"Try others: {command} --port 9000"
    )


def environment(place: Path, outside: Mapping[str, str]) -> dict[str, str]:
    """Point every setting that Jupyter and IPython keep at a private folder."""
    mine = {
        name: value
        for name, value in outside.items()
        if not name.startswith("JUPYTER") or name == "JUPYTER_PATH"  # where some systems install
    }
    return mine | {
        "JUPYTER_CONFIG_DIR": str(place / "config"),
        "JUPYTER_CONFIG_PATH": str(place / "config"),
        "JUPYTER_DATA_DIR": str(place / "data"),
        "JUPYTER_RUNTIME_DIR": str(place / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(place / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(place / "workspaces"),
        "JUPYTER_PREFER_ENV_PATH": "0",
        "IPYTHONDIR": str(place / "ipython"),
        "PYTHONIOENCODING": "utf-8",
    }


def has_screen(outside: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Tell whether a browser window could show here.

    Without this, `webbrowser` would open a text browser in the terminal.
    """
    if platform in ("win32", "darwin"):
        return "SSH_CONNECTION" not in outside
    return any(outside.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


def _launch(served: Served, port: int) -> subprocess.Popen[bytes]:
    with served.plainly(), (served.place / "log.txt").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", served.server, str(served.folder), str(port)],
            cwd=served.place,
            env=environment(served.place, os.environ),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            # A group of its own: Ctrl+C then reaches us alone, and we stop it in order.
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            process_group=None if os.name == "nt" else 0,
        )


def _wait_until_up(server: subprocess.Popen[bytes], served: Served) -> Running:
    path = served.place / "runtime" / f"jpserver-{server.pid}.json"
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up and server.poll() is None:
        found = _read_running(path, served.home) if path.exists() else None
        if found and _listens(found):  # its file is there a moment before it answers
            return found
        time.sleep(0.02)
    log = served.place / "log.txt"
    said = [line for line in log.read_text("utf-8", "replace").splitlines() if line.strip()]
    raise PlaceKitError(
        f"JupyterLab did not start ({said[-1] if said else 'it said nothing'}). Try once more; "
        f"if it happens again, send the file {log} to whoever gave you the course."
    )


def _listens(lab: Running) -> bool:
    try:
        socket.create_connection(("127.0.0.1", lab.port), timeout=5).close()
    except OSError:
        return False
    return True


def _read_running(path: Path, home: str) -> Running | None:
    try:
        said = json.loads(path.read_bytes())
        opener = path.with_name(f"{path.stem}-open.html")
        return Running(int(said["port"]), str(said["token"]), int(said["pid"]), opener, home)
    except (OSError, ValueError, KeyError, TypeError):
        return None  # being written just now, or left by a server that was killed


def _ask(lab: Running, method: str, path: str, body: object = None) -> int:
    """Ask the server; return its status, or 0 when nobody answers."""
    call = http.client.HTTPConnection("127.0.0.1", lab.port, timeout=20)  # it may be busy
    headers = {"Authorization": f"token {lab.token}", "Content-Type": "application/json"}
    try:
        call.request(method, path, json.dumps(body) if body else None, headers)
        return call.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        call.close()


def _warm_up(lab: Running, page: str) -> None:
    """Start the first page's kernel, and read the page once, while the browser is loading."""
    kernel = {"path": page, "name": "", "type": "notebook", "kernel": {"name": "python3"}}
    _ask(lab, "POST", "/api/sessions", kernel)
    _ask(lab, "GET", f"/api/contents/{quote(page)}")


def _welcome(lab: Running, wanted: int, served: Served) -> None:
    if lab.port != wanted:
        at = f"{served.name} is at port {lab.port}"
        _say(f"Port {wanted} is in use by something else, so {at}.")
    _say(f"Open this address in your browser:\n\n    {lab.address}\n")
    _say(f"To stop, press Ctrl+C here. {served.kept} as you go.")


def _open(lab: Running, wanted: bool | None) -> None:
    if wanted is False or (wanted is None and not has_screen(os.environ)):
        return
    page = lab.opener.as_uri() if lab.opener.exists() else lab.address

    def attempt() -> None:
        try:
            opened = webbrowser.get().open(page)
        except webbrowser.Error:
            opened = False
        if not opened:
            _say("No browser could be opened from here: please copy the address into yours.")

    threading.Thread(target=attempt, daemon=True).start()


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Stop in order too when the terminal is closed, or when we are told to end."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        names = []
    before = {name: signal.signal(getattr(signal, name), stop) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]


def _say(line: str) -> None:
    print(line, flush=True)
