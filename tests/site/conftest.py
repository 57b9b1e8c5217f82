"""One built site for all tests of the browser edition."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from place_kit.site import building, serving
from tests.site.windows import Hosted


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The browser edition, as the command builds it."""
    folder = tmp_path_factory.mktemp("host") / "courses" / "place"
    building.build(folder, building.default_cache(), say=print)
    return folder


@pytest.fixture(scope="session")
def hosted(site: Path) -> Iterator[Hosted]:
    """The site as ``place-kit site --serve`` shows it."""
    served = Hosted(serving.host(site, 0))
    yield served
    served.stop()
