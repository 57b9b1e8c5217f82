from datetime import UTC, datetime

import pytest

from place_kit.problems import PlaceKitError
from place_kit.tutor import times


def test_a_time_goes_to_nbgrader_and_back():
    time = datetime(2026, 11, 20, 9, 0, 0, 250, tzinfo=UTC)
    assert times.to_nbgrader(time) == "2026-11-20 09:00:00.000250 UTC"
    assert times.from_nbgrader(times.to_nbgrader(time)) == time


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-99-01 00:00:00", "2026-11-20", "\0", "9" * 99]
)
def test_what_is_no_time_is_refused(text):
    with pytest.raises(PlaceKitError, match="does not hold a time"):
        times.from_nbgrader(text)
