"""A shared drive of team files becomes the room's page; each file is accounted for."""

from __future__ import annotations

import csv
import errno
import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from place_kit import cli
from place_kit.documents import picture
from place_kit.problems import PlaceKitError
from place_kit.team import entry, page, pooling, taking, writing
from tests.team.making import SESSION, WILLING, changed, code, person, raw, team


def put(folder, made: entry.Entry) -> None:
    path = folder / entry.file_name(made)
    path.write_bytes(entry.make(SESSION, made.round, made.code, made.answers, made.show))


@pytest.fixture
def drive(tmp_path):
    folder = tmp_path / "drive"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """A pooled folder, as the command leaves it."""
    root = tmp_path_factory.mktemp("team")
    (root / "drive").mkdir()
    for made in [*team(14), *team(12, 5, round=2)]:
        put(root / "drive", made)
    assert cli.main(["team", "pool", str(root / "drive"), "--to", str(root / "pooled")]) == 0
    return root / "pooled"


def test_each_file_is_taken_a_duplicate_or_refused_with_the_reason(drive):
    for made in team(5):
        put(drive, made)
    later = drive / "again.json"
    later.write_bytes(raw(0, {WILLING: {"me": 1}}))
    os.utime(later, (4e9, 4e9))
    (drive / "whole.json").write_bytes(b'{"format": "place-kit answers"}')
    (drive / "named.json").write_bytes(changed(raw(9, {WILLING: {"me": 1}}), name="Ada"))
    (drive / "notes.txt").write_text("hello")
    (drive / "empty.json").write_bytes(b"")
    (drive / "huge.json").write_bytes(b" " * 100_000)
    (drive / ".DS_Store").write_bytes(b"x")
    (drive / "folder.json").mkdir()
    outcomes = {one.name: (one.outcome, one.reason) for one in taking.take(drive, SESSION)}
    assert [name for name, (outcome, _) in outcomes.items() if outcome == "duplicate"] == [
        f"team-our_place-round-1-{code(0)}.json"
    ]
    assert outcomes["again.json"][0] == "taken"
    assert "whole answer file" in outcomes["whole.json"][1]
    assert "names" in outcomes["named.json"][1]
    assert ".json" in outcomes["notes.txt"][1]
    assert "JSON" in outcomes["empty.json"][1]
    assert "larger" in outcomes["huge.json"][1]
    assert len(outcomes) == 5 + 6


def test_hostile_files_are_refused_by_name_and_the_rest_goes_on(drive, tmp_path, capsys):
    for made in team(6):
        put(drive, made)
    (drive / "deep.json").write_bytes(b'{"a":' * 12_000)
    with (drive / "gigabyte.json").open("wb") as file:
        file.truncate(2**30)  # no room on the disk, and still a gigabyte to whoever reads it all
    (drive / "link.json").symlink_to(tmp_path / "elsewhere")
    (drive / "other.json").write_bytes(changed(raw(7, {WILLING: {"me": 1}}), session="elsewhere"))
    (drive / "whole.json").write_bytes(b'{"format": "place-kit answers"}')
    (drive / "<img src=x onerror=alert(1)>.json").write_bytes(b"<script>alert(1)</script>")
    assert cli.main(["team", "pool", str(drive), "--to", str(tmp_path / "to")]) == 1
    told = capsys.readouterr().out
    assert "12 files: 6 taken, 0 duplicate, 6 refused" in told
    for name, reason in (
        ("deep.json", "JSON"),
        ("gigabyte.json", "larger than"),
        ("link.json", "a link"),
        ("other.json", "elsewhere"),
        ("whole.json", "whole answer file"),
        ("<img src=x onerror=alert(1)>.json", "JSON"),
    ):
        assert re.search(rf"refused: {re.escape(name)}: .*{reason}", told)
    shown = (tmp_path / "to" / "index.html").read_text(encoding="utf-8")
    assert "Six answered in round one" in shown
    assert "onerror" not in shown


def test_where_the_disk_is_full_the_facilitator_is_told_and_the_old_page_stays_whole(
    drive, tmp_path, capsys, monkeypatch
):
    to = tmp_path / "to"
    for made in team(5):
        put(drive, made)
    assert cli.main(["team", "pool", str(drive), "--to", str(to)]) == 0
    before = {path: path.read_bytes() for path in to.rglob("*") if path.is_file()}
    real, left = writing.put_whole, iter(range(9))

    def fills_up(path, data, **names):
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path, data, **names)

    monkeypatch.setattr(writing, "put_whole", fills_up)
    put(drive, person(7, {WILLING: {"me": 5}}))
    assert cli.main(["team", "pool", str(drive), "--to", str(to)]) == 1
    told = capsys.readouterr().err
    assert "The disk is full, so nothing was written" in told
    assert "answer once more" not in told
    assert {path: path.read_bytes() for path in to.rglob("*") if path.is_file()} == before


def test_the_counts_of_a_session_before_are_kept_whatever_is_pooled_next(drive, tmp_path, capsys):
    to = tmp_path / "to"
    for made in team(6):
        put(drive, made)
    pooled = ["team", "pool", str(drive), "--to", str(to)]
    assert cli.main(pooled) == 0
    before = (to / "counts.csv").read_bytes()
    os.utime(to / "counts.csv", (1_780_000_000, 1_780_000_000))  # an earlier day
    assert cli.main(pooled) == 0  # the same once more: nothing to keep beside it
    assert len(list(to.glob("counts*.csv"))) == 1
    os.utime(to / "counts.csv", (1_780_000_000, 1_780_000_000))
    for path in drive.iterdir():
        path.unlink()
    put(drive, person(1, {WILLING: {"me": 5}}))
    assert cli.main(pooled) == 1
    (kept,) = to.glob("counts*.csv")
    assert kept.read_bytes() == before
    assert kept.name in capsys.readouterr().out.replace("\n", "")


def test_where_nothing_may_be_written_another_folder_is_asked_for(tmp_path):
    with (
        pytest.raises(
            PlaceKitError, match=r"does not allow changes.*close it.*name another folder"
        ),
        writing.plain_words(tmp_path),
    ):
        raise PermissionError(errno.EACCES, "Permission denied")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only where there are such files")
def test_links_and_pipes_are_never_opened(drive, tmp_path):
    (tmp_path / "secret.json").write_bytes(raw(1, {WILLING: {"me": 1}}))
    (drive / "link.json").symlink_to(tmp_path / "secret.json")
    os.mkfifo(drive / "pipe.json")
    assert {one.outcome for one in taking.take(drive, SESSION)} == {"refused"}


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(PlaceKitError, match="cannot be read"):
        taking.take(tmp_path / "nowhere", SESSION)


def test_of_fewer_than_five_nothing_is_written_and_what_was_there_goes(drive, tmp_path, capsys):
    to = tmp_path / "pooled"
    for made in team(5):
        put(drive, made)
    assert cli.main(["team", "pool", str(drive), "--to", str(to)]) == 0
    assert (to / "pictures" / "overview.svg").exists()
    next(drive.iterdir()).unlink()
    capsys.readouterr()
    assert cli.main(["team", "pool", str(drive), "--to", str(to)]) == 1
    assert "spoken round is better" in capsys.readouterr().out
    assert [path for path in to.rglob("*") if path.is_file()] == []


def test_a_page_of_somebody_else_is_never_written_over(drive, tmp_path, capsys):
    to = tmp_path / "site"
    to.mkdir()
    (to / "index.html").write_text("mine")
    assert cli.main(["team", "pool", str(drive), "--to", str(to)]) == 1
    assert "was not made here" in capsys.readouterr().err
    assert (to / "index.html").read_text() == "mine"


def test_a_page_that_is_a_link_is_left_alone_with_what_it_leads_to(drive, tmp_path):
    made, to = tmp_path / "made.html", tmp_path / "to"
    to.mkdir()
    made.write_text(f'<meta name="generator" content="{page.MADE_BY}">')
    (to / "index.html").symlink_to(made)
    with pytest.raises(PlaceKitError, match="was not made here"):
        pooling.ours(to)
    assert made.exists()


def test_the_name_of_a_file_cannot_write_on_the_terminal(drive, tmp_path, capsys):
    (drive / "a\x1b[31m\nb.txt").write_text("x")
    cli.main(["team", "pool", str(drive), "--to", str(tmp_path / "to")])
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "a[31m b.txt" in said


def test_an_unknown_session_is_said(drive, capsys):
    assert cli.main(["team", "pool", str(drive), "--session", "elsewhere"]) == 1
    assert "no team session" in capsys.readouterr().err


def test_the_counts_add_up_to_n(room):
    with (room / "counts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    sums: dict[tuple[str, str], int] = {}
    for row in rows:
        key = row["Id"], row["Round"]
        sums[key] = sums.get(key, 0) + int(row["Count"])
    assert all(sums[row["Id"], row["Round"]] == int(row["n"]) for row in rows)
    assert {row["Round"] for row in rows} == {"1", "2"}


def test_nothing_that_is_written_holds_a_code(room):
    text = "".join(
        path.read_text(encoding="utf-8") for path in room.rglob("*") if path.suffix != ".png"
        if path.is_file()
    )  # fmt: skip
    assert not [number for number in range(14) if code(number) in text]


def test_without_the_library_that_draws_png_there_is_svg_and_the_way_to_png(
    drive, tmp_path, capsys, monkeypatch
):
    def missing(svg: str) -> bytes:
        raise PlaceKitError("not installed")

    monkeypatch.setattr(picture, "png", missing)
    for made in team(5):
        put(drive, made)
    assert cli.main(["team", "pool", str(drive), "--to", str(tmp_path / "to")]) == 0
    assert "place-kit[team]" in capsys.readouterr().out
    assert {path.suffix for path in (tmp_path / "to" / "pictures").iterdir()} == {".svg"}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "scheme", "large"),
    [(320, "dark", False), (1280, "light", True), (1920, "light", True)],
)
def test_the_page_has_no_barrier_and_fits(room, browser, width, scheme, large):
    high = width * 9 // 16 if large else 900
    page = browser.new_page(viewport={"width": width, "height": high}, color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((room / "index.html").as_uri())
    if large:
        page.get_by_label("Large letters").focus()
        page.keyboard.press("Space")
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert [each["id"] for each in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(asked) == 1
    size = page.locator("section svg text").first.evaluate(
        "one => one.getBoundingClientRect().height"
    )
    assert size > (high / 40 if large else 12)
    if large:  # on a wall, all of a picture is seen at once, and its words beside it
        section = page.locator("section").filter(has=page.locator("[id='01-willing-residents']"))
        section.locator("h2").evaluate("one => one.scrollIntoView()")
        for part in (".pk-drawing", ".pk-before"):
            box = section.locator(part).bounding_box()
            assert 0 <= box["y"] < box["y"] + box["height"] <= high
    page.close()
