"""Building the site: JupyterLite from locked inputs, then made ours and made small.

All of it happens in a scratch folder; the finished site takes the place of the one before in
one step. The same inputs give the same bytes.
"""

from __future__ import annotations

import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from place_kit.learner import _server, opening
from place_kit.learner import folder as folders
from place_kit.problems import PlaceKitError
from place_kit.site import finishing, inputs, wheels
from place_kit.site.inputs import Inputs, Say

PYODIDE = "static/pyodide"
EPOCH, DATE = 1767225600, "2026-01-01T00:00:00Z"
"""The one date of every file in the site."""

_CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
_STUBS = "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
_LOADED_AT_ONCE = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython")
# What JupyterLite brings that a page for reading does not use, beside what the desktop leaves out.
_WITHOUT = (
    "@jupyterlite/application-extension:share-file",
    "@jupyterlite/application-extension:lsp-connection-manager",
    "@jupyter-notebook/console-extension:scratchpad-console",
    "@jupyter-notebook/notebook-extension:tab-icon",
    "@jupyter-notebook/tree-extension:load-plugins",
)


@dataclass(frozen=True, slots=True)
class Report:
    """What was built."""

    folder: Path
    plain: int
    packed: int

    def lines(self) -> list[str]:
        """Say it in plain words."""
        return [
            f"The browser edition is in {self.folder}.",
            f"In all {self.plain / 1e6:.1f} MB; {self.packed / 1e6:.1f} MB where the host sends "
            "the compressed files that lie beside the plain ones.",
            "Put the folder on any web host, or look at it here: place-kit site --serve",
        ]


def default_cache() -> Path:
    """Where inputs are kept: ``PLACE_KIT_CACHE``, or the usual place for what can be had again."""
    named = os.environ.get("PLACE_KIT_CACHE") or os.environ.get("XDG_CACHE_HOME")
    base = Path(named) if named else Path.home() / ".cache"
    return base / "place-kit-site"


def build(folder: Path, cache: Path, *, say: Say) -> Report:
    """Build the site into `folder`.

    Raises
    ------
    PlaceKitError
        The folder holds something else, an input is missing, or a step failed.
    """
    _refuse_other_content(folder)
    with folders.plainly(folder):
        cache.mkdir(parents=True, exist_ok=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / "lock"), _scratch(folder) as scratch:
            found = inputs.fetch(cache, say)
            environment = inputs.environment(found, say)
            say("Making Python for the browser.")
            lite = scratch / "lite"
            _pyodide(found, environment, lite / PYODIDE, scratch)
            say("Building the pages.")
            course = _learners_folder(scratch)
            _settings(lite, folders.known_code(course))
            site = scratch / "site"
            _jupyterlite(environment, lite, site)
            lay_out(course, site)
            say("Making it small, and ready to be kept.")
            plain, packed = finishing.finish(
                site, found.wheels("builder", "extensions", "kernel"), EPOCH
            )
            _put_in_place(site, folder)
    return Report(folder, plain, packed)


def pack(folder: Path) -> Path:
    """Put a built site into one zip file beside its folder, to be carried to a host."""
    packed = folder.with_name(f"{folder.name}.zip")
    files = (path for path in folder.rglob("*") if path.is_file())
    with folders.plainly(folder):
        wheels.write_zip(
            packed,
            {
                f"{folder.name}/{path.relative_to(folder).as_posix()}": path.read_bytes()
                for path in files
            },
        )
    return packed


def _refuse_other_content(folder: Path) -> None:
    if folder.exists() and (
        not folder.is_dir() or (any(folder.iterdir()) and not (folder / finishing.MARK).is_file())
    ):
        raise PlaceKitError(
            f"{folder} holds something that is not a site of this course, so nothing was changed. "
            "Name another folder: place-kit site FOLDER"
        )


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as name:
        yield Path(name)


def _put_in_place(site: Path, folder: Path) -> None:
    if folder.exists():
        folder.rename(site.parent / "before")
    site.rename(folder)


def core(found: Inputs, into: Path) -> dict[str, Any]:
    """Lay out Pyodide's core; return what its own list of packages says of it."""
    into.mkdir(parents=True)
    with tarfile.open(found.pyodide) as package:
        for name in (*_CORE, "pyodide-lock.json", "package.json"):
            member = package.extractfile(f"package/{name}")
            if member is None:
                raise PlaceKitError(f"Pyodide's package holds no {name}.")
            (into / name).write_bytes(member.read())
    info: dict[str, Any] = json.loads((into / "pyodide-lock.json").read_bytes())["info"]
    return info


def _pyodide(found: Inputs, environment: Path, into: Path, scratch: Path) -> None:
    """Put together the Python that runs in the page: its core, the wheels, and their list."""
    info = core(found, into)
    stubs = sorted((environment / _STUBS).glob("*.whl"))
    pure = scratch / "wheels"
    pure.mkdir()
    chosen = [one for one in stubs if not one.name.startswith("widgetsnbextension-3")]
    wheels.write_all([*found.wheels("kernel"), *chosen], pure)
    script = Path(__file__).with_name("precompile.mjs")
    command = [inputs.node(), str(script), str(into), str(pure)]
    # Python's hashes of words decide in which order it writes a set down.
    inputs.run(command, scratch, "Python for the browser was not made", PYTHONHASHSEED="0")
    (into / "pyodide-lock.json").write_bytes(wheels.lock(pure, info))
    (into / "package.json").unlink()
    for wheel in sorted(pure.iterdir()):
        wheel.rename(into / wheel.name)


def _learners_folder(scratch: Path) -> Path:
    """The folder that ``place-kit learn`` makes: what a learner starts from in both editions."""
    made = scratch / "folder"
    folders.make(made)
    shutil.rmtree(made / folders.HIDDEN / "tmp")
    (made / folders.HIDDEN / "lock").unlink(missing_ok=True)
    return made


def lay_out(folder: Path, site: Path) -> None:
    """Lay out what a learner starts from, with the lists that JupyterLite reads."""
    shutil.copytree(folder, site / "files")
    for place in (folder, *(one for one in sorted(folder.rglob("*")) if one.is_dir())):
        inside = place.relative_to(folder)
        entries = [_entry(inside / one.name, one) for one in sorted(place.iterdir())]
        found = _entry(inside, place) | {"content": entries, "format": "json"}
        target = site / "api/contents" / inside
        target.mkdir(parents=True)
        _write_json(target / "all.json", found)


def _entry(path: Path, place: Path) -> dict[str, Any]:
    """What Jupyter is told of one file or folder."""
    kind = "directory" if place.is_dir() else "notebook" if path.suffix == ".ipynb" else "file"
    return {
        "name": path.name,
        "path": "" if path == Path() else path.as_posix(),
        "type": kind,
        "format": None,
        "mimetype": None,
        "content": None,
        "size": place.stat().st_size if kind != "directory" else None,
        "writable": True,
        "created": DATE,
        "last_modified": DATE,
    }


def _settings(lite: Path, code: list[str]) -> None:
    kernel: dict[str, Any] = {
        "pyodideUrl": f"./{PYODIDE}/pyodide.mjs",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {
            "lockFileURL": f"./{PYODIDE}/pyodide-lock.json",
            "packages": list(_LOADED_AT_ONCE),
        },
    }
    page = {
        "appName": "Place-based working",
        "contentsAllJsonFile": "all.json",
        "disabledExtensions": sorted({*_server.WITHOUT, *_WITHOUT}),
        "placeKitCode": code,
        "placeKitHome": opening.HOME,
        "placeKitEdition": "browser",
        "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel},
    }
    _write_json(
        lite / "jupyter-lite.json", {"jupyter-lite-schema-version": 0, "jupyter-config-data": page}
    )
    _write_json(lite / "overrides.json", _server.SETTINGS)


def _jupyterlite(environment: Path, lite: Path, site: Path) -> None:
    """Run JupyterLite's own builder, with only the extensions of its environment and ours."""
    ours = environment / "share/jupyter/labextensions/place-kit"
    shutil.rmtree(ours, ignore_errors=True)
    shutil.copytree(_server.EXTENSIONS / "place-kit", ours)
    nowhere = str(lite / "none")
    inputs.run(
        [
            *(str(inputs.python(environment)), "-W", "ignore", "-m", "jupyterlite_core", "build"),
            *("--lite-dir", str(lite), "--output-dir", str(site)),
            *("--apps", "notebooks", "--no-sourcemaps", "--no-unused-shared-packages"),
            f"--source-date-epoch={EPOCH}",
        ],
        lite,
        "JupyterLite was not built",
        JUPYTER_PATH=nowhere,
        JUPYTER_CONFIG_DIR=nowhere,
        JUPYTER_DATA_DIR=nowhere,
        JUPYTER_NO_CONFIG="1",
        PYTHONHASHSEED="0",
    )


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, indent=1, sort_keys=True), encoding="utf-8")
