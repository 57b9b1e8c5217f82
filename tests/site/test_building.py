"""The site is made of what the lock names and of the course; and it is always the same."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zipfile
from pathlib import Path

import pytest

from place_kit.learner import shipped
from place_kit.problems import PlaceKitError
from place_kit.site import building, finishing, inputs, wheels

ROOT = Path(__file__).parent.parent.parent


def content(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_lock_names_every_input_with_its_digest_and_no_address():
    text = Path(inputs.__file__).with_name("lock.json").read_text(encoding="utf-8")
    assert "/" not in text
    lock = inputs.read_lock()
    assert set(lock) == {"npm", *inputs.GROUPS}
    for packages in lock.values():
        for one in packages:
            assert re.fullmatch(r"[0-9a-f]{64}", one.sha256)
            assert re.fullmatch(r"\d[\w.]*", one.version)


def test_what_was_changed_on_the_way_is_not_used(tmp_path, monkeypatch):
    def fetched(packages, into):
        for one in packages:
            (into / f"{one.name}.whl").write_bytes(b"something else")

    monkeypatch.setattr(inputs, "_ask_npm", fetched)
    monkeypatch.setattr(inputs, "_ask_pip", fetched)
    with pytest.raises(PlaceKitError, match=r"not what the lock names.*pyodide"):
        inputs.fetch(tmp_path, lambda line: None)
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


def test_without_npm_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(inputs.shutil, "which", lambda name: None)
    with pytest.raises(PlaceKitError, match=r"npm is not on this machine.*Node\.js"):
        inputs.fetch(tmp_path, lambda line: None)


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(PlaceKitError, match="nothing was changed"):
        building.build(tmp_path, tmp_path / "cache", say=print)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_our_wheel_carries_what_a_notebook_uses_and_no_command(tmp_path):
    wheels.write_all([], tmp_path)
    (path,) = tmp_path.glob("place_kit-*.whl")
    names = zipfile.ZipFile(path).namelist()
    assert "place_kit/ask/form.py" in names
    assert "place_kit/content/cases.toml" in names
    assert not [name for name in names if re.match(r"place_kit/(tutor|author|cli|site)/", name)]


@pytest.mark.slow
@pytest.mark.xdist_group("site")
def test_the_same_inputs_give_the_same_bytes(site, tmp_path):
    again = tmp_path / "elsewhere"
    building.build(again, building.default_cache(), say=print)
    first, second = content(site), content(again)
    differ = {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)}
    assert differ == set()


@pytest.mark.slow
@pytest.mark.xdist_group("site")
def test_the_notebooks_are_those_of_the_course_without_a_line_of_difference(site):
    root = shipped.root()
    for name in shipped.files(root):
        assert (site / "files" / name).read_bytes() == (root / name).read_bytes(), name


@pytest.mark.slow
@pytest.mark.xdist_group("site")
def test_no_key_and_no_address_of_another_host_to_load_from_is_in_it(site):
    told = json.loads((site / finishing.MARK).read_bytes())["files"]
    assert not [name for name in told if "solutions" in name]
    keys = set(content(ROOT / "solutions").values())
    assert keys
    assert not keys & set(told.values())
    for path in site.rglob("*.ipynb"):
        assert "BEGIN HIDDEN" not in path.read_text(encoding="utf-8")
    for name in ("index.html", "notebooks/index.html"):
        html = (site / name).read_text(encoding="utf-8")
        loads = re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="(https?:[^"]*)', html)
        assert loads == []


@pytest.mark.slow
@pytest.mark.xdist_group("site")
def test_the_compressed_files_are_the_plain_ones(site):
    packed = list(site.rglob("*.gz"))
    assert site / "static/pyodide/pyodide.asm.wasm.gz" in packed
    for path in packed:
        assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()


@pytest.mark.slow
@pytest.mark.xdist_group("site")
def test_all_of_it_goes_into_one_file_for_an_intranet(site):
    packed = building.pack(site)
    with zipfile.ZipFile(packed) as file:
        inside = {one.removeprefix("place/") for one in file.namelist()}
    packed.unlink()
    assert inside == set(content(site))
