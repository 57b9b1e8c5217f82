"""What every browser test does with a page of the course, in either edition."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe

READY = "Ready. Your answers are saved as you go."
SAVED = re.compile(r"^Saved at \d\d:\d\d\.")


def whole(form: Any) -> Any:
    """All of a form: its question, and the line below that says what became of the answer."""
    return form.locator("xpath=ancestor-or-self::*[contains(@class, 'pk-form')]")


def saved(form: Any) -> None:
    whole(form).get_by_role("status").filter(has_text=SAVED).first.wait_for()


def no_barrier(page: Any, within: str) -> None:
    """No serious or critical finding of axe in the course's own content."""
    results = Axe().run(page, context=within).response
    found = {
        f"{one['id']}: {node['html'][:160]}"
        for one in results["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    }
    assert found == set()


def shot(page: Any, name: str, **how: Any) -> None:
    """Keep a picture where ``PLACE_KIT_SHOTS`` says, for a person to look at."""
    if folder := os.environ.get("PLACE_KIT_SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), **how)
