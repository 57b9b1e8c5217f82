from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from place_kit.team import host
from tests.team.host.hosting import Served, served


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for phones to hear of the end."""
    monkeypatch.setattr(host, "GRACE", 0.2)


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Served]:
    """A session with round one open."""
    with served(tmp_path / "team") as here:
        here.desk("open1")
        yield here
