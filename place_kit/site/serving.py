"""Show a built site on this machine, the way a plain web host would."""

from __future__ import annotations

import functools
import http.server
import webbrowser
from pathlib import Path
from typing import Any

from place_kit.learner import lab
from place_kit.problems import PlaceKitError
from place_kit.site.finishing import MARK

FIRST_PORT = 8000


class _Host(http.server.SimpleHTTPRequestHandler):
    """Files, and the compressed ones beside them where the browser takes them."""

    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 - as the library has it
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".webmanifest": "application/manifest+json",
        ".whl": "application/zip",
    }
    _packed = False

    def translate_path(self, path: str) -> str:
        plain = super().translate_path(path)
        packed = Path(f"{plain}.gz")
        takes = "gzip" in self.headers.get("Accept-Encoding", "")
        self._packed = takes and packed.is_file()
        return str(packed) if self._packed else plain

    def guess_type(self, path: Any) -> str:
        return super().guess_type(str(path).removesuffix(".gz") if self._packed else path)

    def end_headers(self) -> None:
        if self._packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: nobody who reads the course is counted."""


def host(folder: Path, port: int) -> http.server.ThreadingHTTPServer:
    """A server of the files in a folder, on this machine only; port 0 takes any."""
    handler = functools.partial(_Host, directory=str(folder))
    return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)


def serve(folder: Path, port: int | None = None, *, open_browser: bool = False) -> int:
    """Show the site in `folder` until Ctrl+C.

    Raises
    ------
    PlaceKitError
        There is no site in the folder.
    """
    if not (folder / MARK).is_file():
        raise PlaceKitError(f"There is no site in {folder}. Make it first: place-kit site {folder}")
    with host(folder, lab.free_port(port or FIRST_PORT, "place-kit site --serve")) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        print(f"The browser edition is at {address}\nTo stop, press Ctrl+C.", flush=True)
        if open_browser:
            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("Stopped.")
    return 0
