"""One built site for all tests of the browser edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from place_kit.site import building


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The browser edition, as the command builds it."""
    folder = tmp_path_factory.mktemp("host") / "courses" / "place"
    building.build(folder, building.default_cache(), say=print)
    return folder
