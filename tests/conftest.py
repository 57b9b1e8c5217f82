"""What every test may ask for: questions made by hand, and a real browser."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from typing import Any

import pytest

from place_kit.facts.model import Item, NumberKey, Option, PlanField, Question, Scale

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def chromium() -> str | None:
    """The Chromium to test with: ``PLACE_KIT_CHROMIUM``, or the first on the path."""
    named = os.environ.get("PLACE_KIT_CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the browser journeys out, by name, where there is no browser; in CI let them fail."""
    if chromium() or os.environ.get("CI"):
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say last of all what was not tested."""
    if not hasattr(config, "workerinput") and not chromium() and not os.environ.get("CI"):
        print(
            "No Chromium was found, so the browser journeys (tests marked 'browser') were LEFT "
            "OUT. Install one ('sudo apt install chromium', or Chrome from its own site) or set "
            "PLACE_KIT_CHROMIUM to its path, then run the tests again."
        )


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer in New Zealand, where the day begins while it is noon in UTC."""
    with monkeypatch.context() as place:
        place.setenv("TZ", "Pacific/Auckland")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium, as a Playwright browser."""
    path = chromium()
    if path is None:
        pytest.fail("No Chromium was found; in CI that is a failure. Install 'chromium'.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_ARGS))
        yield started
        started.close()


def question(kind: str, *, graded: bool = False, **changes: Any) -> Question:
    """A small practice question of any kind, with its key and reasons."""

    def options(*ids: str) -> tuple[Option, ...]:
        return tuple(Option(one, f"Option {one}", one == "a", f"Why {one}.") for one in ids)

    items = tuple(
        Item(one, f"Item {one}", right, f"Why {one}.")
        for one, right in (("x", "a"), ("y", "b"), ("z", "a"))
    )
    parts: dict[str, dict[str, Any]] = {
        "choose_one": {"options": options("a", "b", "c")},
        "choose_several": {"options": options("a", "b", "c")},
        "classify": {"items": items, "categories": options("a", "b")},
        "match": {"items": items[:2], "categories": options("a", "b", "c")},
        "order": {"items": items, "right_order": ("y", "x", "z")},
        "rate": {"items": items, "scale": Scale(1, 5, "not at all", "very")},
        "number": {
            "unit": "per cent",
            "number": NumberKey(
                "70", "Seven of ten.", (("54", "That is of all 13."),), "Look again."
            ),
        },
        "reflect": {"prompts": ("What happened?",), "aim_words": 150},
        "plan": {
            "fields": (PlanField("action", "Action"), PlanField("when", "When", "date")),
            "max_rows": 3,
        },
    }
    name = "99_try.graded" if graded else "99_try"
    return Question(
        **{
            "id": f"{name}.{kind}",
            "set": name,
            "graded": graded,
            "revision": 1,
            "kind": kind,
            "prompt": f"A question to {kind}",
            **parts[kind],
            **changes,
        }
    )


KINDS = (
    "choose_one",
    "choose_several",
    "classify",
    "match",
    "order",
    "rate",
    "number",
    "reflect",
    "plan",
)
GOOD: dict[str, Any] = {
    "choose_one": "a",
    "choose_several": ["a"],
    "classify": {"x": "a", "y": "b", "z": "a"},
    "match": {"x": "a", "y": "b"},
    "order": ["y", "x", "z"],
    "rate": {"x": 1, "y": 5, "z": 3},
    "number": "70",
    "reflect": "I thought.",
    "plan": [{"action": "Ask", "when": "2026-12-01"}],
}
"""A complete and right answer to each of `question`'s kinds."""
