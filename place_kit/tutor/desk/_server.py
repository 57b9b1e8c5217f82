"""The child process: JupyterLab on a marking folder, with formgrader.

Run as ``python -m place_kit.tutor.desk._server FOLDER PORT``; see `place_kit.learner._server`,
whose settings these build on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from place_kit.learner import _server as common
from place_kit.tutor.desk import gradebook, lab
from place_kit.tutor.desk.marking_folder import CONFIG

NEEDED = {
    "@jupyter-widgets/jupyterlab-manager",
    "@jupyter/nbgrader",
    "anywidget",
    "jupyterlab-plotly",
    "jupyterlab_pygments",
}
"""The only JupyterLab extensions that run here, whatever else is installed."""

# What would ask the network, or nbgrader's exchange, which a marking folder does not need.
WITHOUT = (
    "@jupyter/nbgrader:assignment-list",
    "@jupyter/nbgrader:course-list",
    "@jupyter/nbgrader:create-assignment",
    "@jupyter/nbgrader:validate-assignment",
    "@jupyterlab/apputils-extension:announcements",
    "@jupyterlab/extensionmanager-extension",
    "@jupyterlab/fileeditor-extension:language-server",
    "@jupyterlab/help-extension:resources",
    "@jupyterlab/hub-extension",
    "@jupyterlab/lsp-extension",
    "@jupyterlab/notebook-extension:language-server",
    "@jupyterlab/pluginmanager-extension",
)

SETTINGS: dict[str, dict[str, Any]] = {
    name: common.SETTINGS[name] for name in ("@jupyterlab/apputils-extension:notification",)
}

# A second wall: should markup of a learner's ever get into a page, the browser fetches nothing.
CONTENT = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",  # as JupyterLab and widgets need
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: ws://127.0.0.1:* ws://localhost:*",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)


def server_config(folder: Path, port: int) -> dict[str, dict[str, Any]]:
    """Return the settings of the tutor's server."""
    config = common.private_config(folder, port, lab.HOME)
    config["ServerApp"] |= {
        "terminals_enabled": True,  # for place-kit's and nbgrader's commands
        "tornado_settings": {"headers": {"Content-Security-Policy": CONTENT}},
    }
    return config


def page_config(others: Iterable[str]) -> dict[str, Any]:
    """Return what the page is told: what to leave out."""
    left_out = {*WITHOUT, *others} - NEEDED
    return {
        "appName": "Marking",
        "buildAvailable": False,
        "buildCheck": False,
        "disabledExtensions": dict.fromkeys(sorted(left_out), True),
    }


def main(folder: Path, port: int) -> None:
    """Become the tutor's JupyterLab."""
    gradebook.find_own_tools()
    common.write(server_config(folder, port), page_config(common.other_extensions()), SETTINGS)
    # Formgrader looks for its configuration beside Jupyter's, not in the folder it serves.
    pointer = f"load_subconfig({CONFIG!r}, path={str(folder)!r})  # noqa: F821\n"
    (Path(os.environ["JUPYTER_CONFIG_DIR"]) / CONFIG).write_text(pointer, encoding="utf-8")
    common.become("jupyter_server_terminals", "nbgrader.server_extensions.formgrader")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
