"""What the site is made of from outside: named, fetched once, and checked against the lock.

``lock.json`` names each package with its version and digest, and no address: the ordinary
clients (npm and pip) know where to ask. What is in the cache and is right is not asked for
again, so a second build needs no network.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from place_kit.problems import PlaceKitError

Say = Callable[[str], None]
GROUPS = ("builder", "extensions", "kernel")
FOR_PYODIDE = (
    "--only-binary=:all:",
    *("--platform", "any", "--implementation", "py", "--abi", "none"),
    *("--python-version", "3.14"),
)


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the lock."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True)
class Inputs:
    """Every file that comes from outside, checked."""

    cache: Path
    lock: dict[str, tuple[Package, ...]]

    @cached_property
    def _found(self) -> dict[str, Path]:
        return {_digest(path): path for path in sorted(self.cache.iterdir()) if path.is_file()}

    def missing(self) -> list[Package]:
        """Those that are not in the cache as they should be."""
        every = (one for group in self.lock.values() for one in group)
        return [one for one in every if one.sha256 not in self._found]

    def path(self, package: Package) -> Path:
        """The file of a package."""
        return self._found[package.sha256]

    def wheels(self, *groups: str) -> list[Path]:
        """The wheels of some groups of the lock."""
        return [self.path(one) for group in groups for one in self.lock[group]]

    @property
    def pyodide(self) -> Path:
        """Pyodide's own npm package, as a tar file."""
        return self.path(self.lock["npm"][0])


def read_lock() -> dict[str, tuple[Package, ...]]:
    """The lock, by group."""
    found: dict[str, dict[str, Any]] = json.loads(
        files("place_kit.site").joinpath("lock.json").read_text(encoding="utf-8")
    )
    return {
        group: tuple(Package(name, **entry) for name, entry in sorted(packages.items()))
        for group, packages in found.items()
    }


def fetch(cache: Path, say: Say) -> Inputs:
    """Have every input of the lock in `cache`.

    Raises
    ------
    PlaceKitError
        A client is not there or could not fetch, or what came is not what the lock names.
    """
    cache.mkdir(parents=True, exist_ok=True)
    inputs = Inputs(cache, read_lock())
    missing = inputs.missing()
    if not missing:
        return inputs
    say(f"Fetching {len(missing)} packages that are named in the lock. This happens once.")
    with tempfile.TemporaryDirectory(dir=cache) as scratch:
        _ask_npm([one for one in inputs.lock["npm"] if one in missing], Path(scratch))
        _ask_pip([one for one in missing if one not in inputs.lock["npm"]], Path(scratch))
        wanted = {one.sha256 for one in missing}
        for path in Path(scratch).iterdir():
            if _digest(path) in wanted:
                path.replace(cache / path.name)
    inputs = Inputs(cache, inputs.lock)
    if strangers := inputs.missing():
        raise PlaceKitError(
            "What was fetched is not what the lock names, so the site was not built: "
            f"{', '.join(f'{one.name} {one.version}' for one in strangers)}. "
            "Look at where your pip and npm fetch from, then try again."
        )
    return inputs


def _ask_npm(packages: Iterable[Package], into: Path) -> None:
    for one in packages:
        run(
            [_program("npm"), "pack", "--silent", f"{one.name}@{one.version}"],
            into,
            f"npm could not fetch {one.name} {one.version}",
        )


def _ask_pip(packages: list[Package], into: Path) -> None:
    if not packages:
        return
    asked = into / "requirements.txt"
    asked.write_text(
        "".join(f"{one.name}=={one.version} --hash=sha256:{one.sha256}\n" for one in packages)
    )
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command = [*pip, "--no-deps", "--require-hashes", *FOR_PYODIDE, "-d", ".", "-r", asked.name]
    run(command, into, "pip could not fetch the wheels")


def environment(inputs: Inputs, say: Say) -> Path:
    """A Python environment with just the builder and the extensions of the lock, made once."""
    wheels = inputs.wheels("builder", "extensions")
    anywidget = next(one for one in inputs.lock["kernel"] if one.name == "anywidget")
    wheels.append(inputs.path(anywidget))  # for the part of it that runs in the page
    key = hashlib.sha256(
        "\n".join([sys.version, sys.executable, *map(str, wheels)]).encode()
    ).hexdigest()
    place = inputs.cache / f"builder-{key[:16]}"
    if not (place / "made").exists():
        say("Making the environment that builds the site.")
        shutil.rmtree(place, ignore_errors=True)
        venv.create(place, with_pip=False)
        pip = [sys.executable, "-m", "pip", "--python", str(python(place)), "install", "--quiet"]
        offline = ["--no-index", "--no-deps", "--disable-pip-version-check"]
        run([*pip, *offline, *map(str, wheels)], place, "The building environment was not made")
        (place / "made").touch()
    return place


def python(environment: Path) -> Path:
    """The Python of an environment."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise PlaceKitError(
            f"{name} is not on this machine. It comes with Node.js; install that (version 20 or "
            "newer), then run this command again. Those who use the site need none of it."
        )
    return found


def node() -> str:
    """Node.js, which comes with npm."""
    return _program("node")


def run(command: list[str], folder: Path, failed: str, **environment: str) -> str:
    """Run a program, and give what it printed.

    Raises
    ------
    PlaceKitError
        It failed: `failed`, and the end of what it said.
    """
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        lines = (done.stdout + done.stderr).strip().splitlines()
        said = "\n".join(line[:200] for line in lines[-15:])  # a minified line is a megabyte
        raise PlaceKitError(f"{failed}. It said:\n{said}")
    return done.stdout


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
