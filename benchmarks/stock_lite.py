"""The welcome page in JupyterLite as its documentation has it: what `bench_site` compares with.

JupyterLite's own build with nothing left out, Pyodide's core on the same host, whole wheels
as they are published, the packages that the course names installed by the notebook's first
cell. Only what would ask another host is local here too: that is part of the task.
"""

from __future__ import annotations

import json
import shutil
import sys
import venv
from pathlib import Path
from typing import Any

from place_kit.learner import folder as folders
from place_kit.site import building, inputs, wheels

PAGE = "course/00_welcome.ipynb"
NEEDED = (
    "ipywidgets",
    "anywidget",
    "plotly",
    "narwhals",
    "psygnal",
    "typing-extensions",
    "place-kit",
)
# As a learner's notebook on a stock site begins. Each is named, and installed without its own
# needs: the course names JupyterLab, which is the page, and the kernel is there already.
INSTALL = f"import piplite\nawait piplite.install({list(NEEDED)}, deps=False)"
PLOTLY, MICROPIP = "7.1.0", "0.11.1"


def build(folder: Path, scratch: Path) -> None:
    """Build it into `folder`, with the very versions that our own site is locked to."""
    found = inputs.fetch(building.default_cache(), print)
    lite = scratch / "lite"
    _wheels(found, lite / "pypi")
    _pyodide(found, lite / building.PYODIDE)
    _contents(scratch / "files")
    url = f"./{building.PYODIDE}/pyodide.mjs"
    settings = {"pyodideUrl": url, "disablePyPIFallback": True}
    page = {
        "contentsAllJsonFile": "all.json",
        "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": settings},
    }
    (lite / "jupyter-lite.json").write_text(
        json.dumps({"jupyter-lite-schema-version": 0, "jupyter-config-data": page})
    )
    # Drawn as a whole, so that the question is there to be answered wherever the page stands.
    whole = {"@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}}
    (lite / "overrides.json").write_text(json.dumps(whole))
    python = _environment(found, lite / "pypi", scratch / "environment")
    command = [str(python), "-m", "jupyterlite_core", "build", "--lite-dir", str(lite)]
    alone = {"JUPYTER_NO_CONFIG": "1", "JUPYTER_PATH": str(lite / "none")}
    said = "the stock site was not built"
    inputs.run([*command, "--output-dir", str(folder)], lite, said, **alone)
    building.lay_out(scratch / "files", folder)


def _wheels(found: inputs.Inputs, into: Path) -> None:
    """Have whole wheels, as pip chooses them for Pyodide, and ours."""
    into.mkdir(parents=True)
    named = {one.name: one.version for one in found.lock["kernel"]} | {"plotly": PLOTLY}
    asked = [f"{name}=={named[name]}" for name in ("ipython", "ipywidgets", "anywidget", "plotly")]
    pip = [sys.executable, "-m", "pip"]
    said = "the stock site's wheels are not there"
    inputs.run([*pip, "download", "-q", *inputs.FOR_PYODIDE, "-d", ".", *asked], into, said)
    said = "the stock site's installer is not there"
    asked = ["--no-deps", "-d", "..", f"micropip=={MICROPIP}"]
    inputs.run([*pip, "download", "-q", *inputs.FOR_PYODIDE, *asked], into, said)
    for name in ("widgetsnbextension", "jupyterlab_widgets"):  # the kernel brings stand-ins
        for wheel in into.glob(f"{name}-*.whl"):
            wheel.rename(into.parent / wheel.name)
    root = Path(__file__).parent.parent
    said = "our wheel was not built"
    inputs.run([*pip, "wheel", "-q", "--no-deps", "-w", ".", str(root)], into, said)


def _pyodide(found: inputs.Inputs, into: Path) -> None:
    info = building.core(found, into)
    (micropip,) = into.parent.parent.glob("micropip-*.whl")
    shutil.move(micropip, into)
    (into / "pyodide-lock.json").write_bytes(wheels.lock(into, info))


def _contents(into: Path) -> None:
    folders.make(into)
    path = into / PAGE
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    first = {
        "cell_type": "code",
        "id": "install",
        "metadata": {},
        "source": INSTALL,
        "execution_count": None,
        "outputs": [],
    }
    notebook["cells"].insert(0, first)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def _environment(found: inputs.Inputs, wheelhouse: Path, place: Path) -> Path:
    venv.create(place, with_pip=False)
    python = inputs.python(place)
    own = [str(one) for one in found.wheels("builder", "extensions")]
    own += [str(next(wheelhouse.glob(f"{name}-*.whl"))) for name in ("anywidget", "plotly")]
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q"]
    inputs.run([*pip, "--no-index", "--no-deps", *own], place, "its builder was not installed")
    return python
