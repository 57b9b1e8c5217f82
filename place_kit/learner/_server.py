"""The child process: JupyterLab, set up for reading and clicking.

Run as ``python -m place_kit.learner._server FOLDER PORT`` with the environment that
`place_kit.learner.lab` makes. Settings are written anew at each start, so that they
are always those of the installed version. The tutor's server builds on what is here.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from place_kit.learner import folder as folders
from place_kit.learner import lab, opening

EXTENSIONS = Path(__file__).parent / "static"
NEEDED = {"place-kit", "@jupyter-widgets/jupyterlab-manager", "anywidget", "jupyterlab-plotly"}
"""The only JupyterLab extensions that run here, whatever else is installed."""

# What a reader does not need, and what would ask the network or the learner something.
WITHOUT = (
    "@jupyterlab/apputils-extension:announcements",
    "@jupyterlab/celltags-extension",
    "@jupyterlab/debugger-extension",
    "@jupyterlab/extensionmanager-extension",
    "@jupyterlab/fileeditor-extension:language-server",
    "@jupyterlab/hub-extension",
    "@jupyterlab/launcher-extension",
    "@jupyterlab/logconsole-extension",
    "@jupyterlab/lsp-extension",
    "@jupyterlab/mermaid-extension",
    "@jupyterlab/metadataform-extension",
    "@jupyterlab/notebook-extension:export",  # "Keep a copy" takes its place: it is slow to start
    "@jupyterlab/notebook-extension:language-server",
    "@jupyterlab/notebook-extension:update-raw-mimetype",
    "@jupyterlab/pluginmanager-extension",
    "@jupyterlab/running-extension",
    "@jupyterlab/terminal-extension",
    "@jupyterlab/toc-extension:tracker",
    "@jupyterlab/workspaces-extension",
)

SETTINGS: dict[str, dict[str, Any]] = {
    "@jupyterlab/application-extension:shell": {"startMode": "single", "hiddenMode": "display"},
    "@jupyterlab/apputils-extension:notification": {
        "checkForUpdates": False,
        "doNotDisturbMode": True,
        "fetchNews": "false",
    },
    "@jupyterlab/apputils-extension:sessionDialogs": {"skipKernelRestartDialog": True},
    "@jupyterlab/apputils-extension:themes": {"theme": "JupyterLab Light"},
    "@jupyterlab/docmanager-extension:plugin": {
        "autosave": True,
        "autosaveInterval": 15,
        "confirmClosingDocument": False,
    },
    "@jupyterlab/notebook-extension:tracker": {
        "scrollPastEnd": False,
        "showEditorForReadOnlyMarkdown": False,
        "showHiddenCellsButton": False,
        "windowingMode": "none",
    },
    "@jupyterlab/statusbar-extension:plugin": {"visible": False},
}


# A kept copy opens anywhere without a network, and shows the course, not its code.
# (Mermaid's address cannot be set; it is asked for only by a page with a Mermaid diagram.)
EXPORT = {
    "require_js_url": "",
    "mathjax_url": "",
    "jquery_url": "",
    "exclude_input": True,
    "exclude_input_prompt": True,
    "exclude_output_prompt": True,
    "exclude_anchor_links": True,
}


def private_config(folder: Path, port: int, home: str) -> dict[str, dict[str, Any]]:
    """Return the settings of any server of ours: this machine and folder only, no network."""
    return {
        "ServerApp": {
            "ip": "127.0.0.1",
            "port": port,
            "port_retries": lab.PORTS_TRIED,
            "open_browser": False,
            "root_dir": str(folder),
            "terminals_enabled": False,
            "answer_yes": True,
            "allow_root": True,  # a container has no other user
        },
        "Application": {"log_level": 30},
        "LabApp": {
            "default_url": f"/{home}",
            "extension_manager": "readonly",
            "news_url": None,
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        },
        "KernelSpecManager": {"allowed_kernelspecs": ["python3"]},
    }


def server_config(folder: Path, port: int) -> dict[str, dict[str, Any]]:
    """Return the settings of the learner's server."""
    config = private_config(folder, port, opening.address(opening.page(folder)))
    config["LabApp"]["extra_labextensions_path"] = [str(EXTENSIONS)]
    return config | {
        "HTMLExporter": EXPORT,
        "TagRemovePreprocessor": {"enabled": True, "remove_cell_tags": ["facilitator"]},
        "NbConvertBase": {
            # A form's words, not a widget that no kernel stands behind.
            "display_data_priority": ["text/html", "image/svg+xml", "image/png", "text/plain"]
        },
    }


def page_config(code: Iterable[str], others: Iterable[str]) -> dict[str, Any]:
    """Return what the page is told: what to leave out, and which code may run by itself."""
    left_out = sorted({*WITHOUT, *others} - NEEDED)
    return {
        "appName": "Place-based working",
        "buildAvailable": False,
        "buildCheck": False,
        "disabledExtensions": dict.fromkeys(left_out, True) | dict.fromkeys(NEEDED, False),
        "placeKitCode": list(code),
        "placeKitHome": opening.HOME,
    }


def kernel_spec() -> dict[str, Any]:
    """Return a kernel that is this Python; history is off, for it fails on network drives."""
    return {
        "argv": [
            sys.executable,
            *("-m", "ipykernel_launcher", "-f", "{connection_file}"),
            "--HistoryManager.enabled=False",
        ],
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
    }


def installed_extensions(paths: Iterable[str]) -> set[str]:
    """Name every JupyterLab extension in these folders."""
    found = set()
    for path in map(Path, paths):
        for package in (*path.glob("[!@]*/package.json"), *path.glob("@*/*/package.json")):
            found.add(package.parent.relative_to(path).as_posix())
    return found


def write_settings(folder: Path, port: int, others: Iterable[str]) -> None:
    """Write all of the learner's settings."""
    page = page_config(folders.known_code(folder), others)
    write(server_config(folder, port), page, SETTINGS)


def write(server: dict[str, Any], page: dict[str, Any], settings: dict[str, Any]) -> None:
    """Write settings where the environment says that Jupyter looks."""
    config = Path(os.environ["JUPYTER_CONFIG_DIR"])
    data = Path(os.environ["JUPYTER_DATA_DIR"])
    for path, content in (
        (config / "jupyter_server_config.json", server),
        (config / "labconfig" / "page_config.json", page),
        (config / "labconfig" / "default_setting_overrides.json", settings),
        (data / "kernels" / "python3" / "kernel.json", kernel_spec()),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=1), encoding="utf-8")


def become(*extensions: str) -> None:
    """Become JupyterLab, with these server extensions and no other.

    Others are left out whatever is installed: nbgrader's alone take a second to load.
    """
    # An optional check of web addresses that takes over a second to load, and is not needed here.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

    from jupyterlab.labapp import LabApp

    LabApp.load_other_extensions = False
    LabApp.serverapp_config = LabApp.serverapp_config | {
        "jpserver_extensions": dict.fromkeys(extensions, True)
    }
    LabApp.launch_instance(argv=[])


def other_extensions() -> set[str]:
    """Name every JupyterLab extension that is installed where Jupyter looks."""
    from jupyter_core.paths import jupyter_path

    return installed_extensions(jupyter_path("labextensions"))


def main(folder: Path, port: int) -> None:
    """Become the learner's JupyterLab."""
    write_settings(folder, port, other_extensions())
    become()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
