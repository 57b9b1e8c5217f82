import os

import pytest

from place_kit.problems import PlaceKitError
from place_kit.tutor import files
from place_kit.tutor.files import NotPlainError

links = pytest.mark.skipif(os.name == "nt", reason="links need special rights on Windows")


@links
def test_a_link_is_never_read(tmp_path):
    (tmp_path / "secret").write_text("s")
    (tmp_path / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(NotPlainError, match="link"):
        files.read_plain(tmp_path / "link", 10)


@links
def test_a_pipe_does_not_hang_the_intake(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotPlainError, match="not a plain file"):
        files.read_plain(tmp_path / "pipe", 10)


def test_a_folder_where_a_file_should_be_is_refused_in_words(tmp_path):
    (tmp_path / "answers.json").mkdir()
    with pytest.raises(NotPlainError, match="not a plain file"):
        files.read_plain(tmp_path / "answers.json", 10)


def test_the_limit_is_on_what_is_read(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 10)
    assert files.read_plain(tmp_path / "a", 10) == b"x" * 10
    with pytest.raises(NotPlainError, match="larger than 9"):
        files.read_plain(tmp_path / "a", 9)


def test_a_write_that_fails_leaves_the_old_file_and_no_rubbish(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"old")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PlaceKitError, match="disk is full"):
        files.write_whole(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_folder_that_fails_is_not_there_at_all(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda handle: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(PlaceKitError):
        files.write_folder(tmp_path / "new", {"a": b"1", "b": b"2"}, tmp_path / "workshop")
    assert not (tmp_path / "new").exists()
    assert list((tmp_path / "workshop").iterdir()) == []


@links
def test_moving_aside_moves_the_link_and_not_what_it_points_to(tmp_path):
    (tmp_path / "secret").write_text("s")
    (tmp_path / "link").symlink_to(tmp_path / "secret")
    (tmp_path / "aside").write_text("here already")
    assert files.move_aside(tmp_path / "link", tmp_path / "aside") == tmp_path / "aside-2"
    assert (tmp_path / "aside-2").is_symlink()
    assert (tmp_path / "secret").read_text() == "s"
