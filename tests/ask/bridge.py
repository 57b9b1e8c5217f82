"""A page in a real browser, tied to real forms in Python, without a Jupyter server.

The page gives `form.js` a small stand-in for anywidget's model; what the form sends goes by
HTTP to a real `Form`, and its reply comes back.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from place_kit.ask.form import STATIC

PAGE = """<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>A form</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/form.css">
<style>
  body { margin: 0; padding: 1.5rem; background: #fff; color: #222 }
  body[data-jp-theme-light="false"] { background: #111; color: #eee; --jp-layout-color1: #111 }
</style></head>
<body>
<main><h1>Forms</h1><div id="forms"></div></main>
<script type="module">
  import widget from "/form.js";
  const wish = new URLSearchParams(location.search);
  document.body.dataset.jpThemeLight = String(wish.get("theme") !== "dark");
  for (const name of wish.get("forms").split(",")) {
    const state = await (await fetch(`/state/${name}`)).json();
    const listeners = new Map();
    let changed = {};
    const model = {
      get: (key) => state[key],
      set: (key, value) => { state[key] = changed[key] = value; },
      on: (event, heard) => listeners.set(heard, event),
      off: (event, heard) => listeners.delete(heard),
      // As Jupyter does it: one message at a time, later changes wait and are sent together.
      async save_changes() {
        if (model.busy || !Object.keys(changed).length) return;
        model.busy = true;
        const body = JSON.stringify(changed);
        changed = {};
        try {
          const keepalive = body.length < 60000;
          const response = await fetch(`/state/${name}`, { method: "POST", body, keepalive });
          if (response.status === 200) {
            state.reply = await response.json();
            for (const [heard, event] of listeners) if (event === "change:reply") heard();
          }
        } finally {
          model.busy = false;
        }
        model.save_changes();
      },
    };
    for (let view = 0; view < Number(wish.get("views") ?? 1); view += 1) {
      const el = document.createElement("div");
      document.querySelector("#forms").append(el);
      widget.render({ model, el });
    }
  }
  document.body.dataset.ready = "true";
</script>
</body></html>
"""


class Bridge:
    """The server's side: forms by name, and whether the kernel listens."""

    def __init__(self) -> None:
        self.forms: dict[str, Any] = {}
        self.listening = True
        self.sent: list[dict[str, Any]] = []
        self.address = ""
        self._lock = threading.Lock()

    def url(self, *names: str, theme: str = "light", views: int = 1) -> str:
        """The page that shows the forms of these names."""
        return f"{self.address}/?forms={','.join(names)}&theme={theme}&views={views}"

    def state(self, name: str) -> dict[str, Any]:
        """What a page that opens now is given."""
        return {"spec": self.forms[name].spec, "reply": self.forms[name].reply}

    def receive(self, name: str, changes: dict[str, Any]) -> dict[str, Any] | None:
        """A change of the page's; the reply, or None where nobody listens."""
        with self._lock:
            if not self.listening:
                return None
            self.sent.append(changes["answer"])
            self.forms[name].answer = changes["answer"]
            reply: dict[str, Any] = self.forms[name].reply
            return reply


@contextmanager
def bridge() -> Iterator[Bridge]:
    """A bridge on a free port of this machine, for as long as the block lasts."""
    made = Bridge()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/":
                self._send(PAGE, "text/html")
            elif path in ("/form.js", "/form.css"):
                kind = "text/javascript" if path.endswith("js") else "text/css"
                self._send((STATIC / path[1:]).read_text(encoding="utf-8"), kind)
            else:
                self._send(json.dumps(made.state(path.rpartition("/")[2])), "application/json")

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            reply = made.receive(self.path.rpartition("/")[2], body)
            self._send(json.dumps(reply), "application/json", 200 if reply else 202)

        def _send(self, text: str, kind: str, status: int = 200) -> None:
            raw = text.encode("utf-8")
            self.send_response(status)
            self.send_header("content-type", f"{kind}; charset=utf-8")
            self.send_header("content-length", str(len(raw)))
            self.send_header("cache-control", "no-store")
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: Any) -> None:
            """Say nothing: the tests speak."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    made.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
