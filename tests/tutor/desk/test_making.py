import shutil

import pytest

from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import course_files, gradebook, making, nbgrader_run, roster
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.intake import taking
from tests.tutor.course import ASSIGNMENT, SECRET, hand_in, write_solutions


def test_a_marking_folder_is_a_whole_nbgrader_course(marking):
    assert sorted(path.name for path in marking.root.iterdir()) == [
        ".gitignore",
        ".place-kit",
        "README.txt",
        "backups",
        "exercises",
        "for-learners",
        "gradebook.db",
        "held",
        "nbgrader_config.py",
        "place-kit.toml",
        "received",
        "solutions",
        "submitted",
    ]
    assert [*gradebook.roster(marking)] == ["ada.l", "bo", "cy"]
    assert SECRET not in marking.notebooks()[ASSIGNMENT].read_text()
    assert (marking.root / ".gitignore").read_text().endswith("*\n")


def test_only_its_owner_may_read_it(pristine):
    assert pristine.stat().st_mode & 0o077 == 0


def test_its_configuration_names_absolute_paths_wherever_it_is(marking, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    config = nbgrader_run.config_of(marking)
    assert config.CourseDirectory.root == str(marking.root)
    assert config.CourseDirectory.db_url == marking.db_url


@pytest.mark.parametrize("inside", ["", "deeper/down"])
def test_a_repository_is_no_place_for_personal_data(tmp_path, solutions, inside):
    (tmp_path / ".git").mkdir()
    with pytest.raises(PlaceKitError, match="inside the repository"):
        making.make(tmp_path / inside, None, solutions)


def test_the_course_itself_is_no_place_either(solutions):
    with pytest.raises(PlaceKitError, match="inside the repository"):
        making.make(course_files.PACKAGE / "marking", None, solutions)


def test_a_folder_with_other_things_is_left_alone(tmp_path, solutions):
    (tmp_path / "thesis.docx").write_text("x")
    with pytest.raises(PlaceKitError, match="holds other things"):
        making.make(tmp_path, None, solutions)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_mistyped_roster_leaves_no_half_made_folder(tmp_path, solutions):
    with pytest.raises(PlaceKitError, match="no roster"):
        making.make(tmp_path / "new", tmp_path / "rooster.csv", solutions)
    assert not (tmp_path / "new").exists()


def test_a_wheel_alone_says_that_a_checkout_is_needed(tmp_path, monkeypatch):
    monkeypatch.setattr(course_files, "PACKAGE", tmp_path / "site-packages" / "place_kit")
    with pytest.raises(PlaceKitError, match="Get the course's repository"):
        making.make(tmp_path / "new", None)
    assert not (tmp_path / "new").exists()


def test_a_second_run_changes_nothing(marking, solutions):
    before = {path: path.read_bytes() for path in marking.root.rglob("*") if path.is_file()}
    made = making.make(marking.root, None, solutions)
    assert (made.done, made.problems) == ([], [])
    assert {path: path.read_bytes() for path in marking.root.rglob("*") if path.is_file()} == before


def test_a_longer_roster_adds_and_corrects_and_removes_nobody(marking, solutions, tmp_path):
    (tmp_path / "new.csv").write_text("id,first_name\nada.l,Augusta\ndi,Di\n,No\n")
    made = making.make(marking.root, tmp_path / "new.csv", solutions)
    people = gradebook.roster(marking)
    assert [*people] == ["ada.l", "bo", "cy", "di"]
    assert people["ada.l"].first_name == "Augusta"
    assert made.problems == ["Row 4 has no id: it was left out."]
    assert "Kept, though not in this file: bo, cy." in made.done


def test_a_shorter_roster_takes_nothing_away(marking, solutions, tmp_path):
    (tmp_path / "new.csv").write_text("id\nada.l\n")
    making.make(marking.root, tmp_path / "new.csv", solutions)
    assert gradebook.roster(marking)["ada.l"] == Learner(
        "ada.l", "Ada", "Lovelace", "ada@example.org"
    )


def test_a_corrected_name_and_an_id_that_has_changed_are_told(marking, solutions, tmp_path):
    new = "Student,ID,SIS Login ID\nBo Berg,77,bo\n"
    (tmp_path / "new.csv").write_text(new)
    made = making.make(marking.root, tmp_path / "new.csv", solutions)
    assert gradebook.roster(marking)["bo"] == Learner("bo", "", "Bo Berg", "", "77")
    assert "Corrected a name, an e-mail address or a number: bo." in made.done
    assert roster.platform_columns(marking)["bo"]["ID"] == "77"
    (tmp_path / "new.csv").write_text("id,email\nlovelace,Ada@example.org\n")
    made = making.make(marking.root, tmp_path / "new.csv", solutions)
    (told,) = made.problems
    assert "lovelace is new here and has the e-mail address of ada.l" in told


def test_newer_marking_of_the_same_exercise_is_taken_even_after_hand_ins(marking, tmp_path):
    released = marking.notebooks()[ASSIGNMENT].read_bytes()
    taking.take_all(marking, [taking.Arrival("a", hand_in())])
    newer = write_solutions(tmp_path / "newer", reason="Because it is so.")
    made = making.make(marking.root, None, newer)
    assert "the marking is newer" in made.done[0]
    assert marking.notebooks()[ASSIGNMENT].read_bytes() == released
    assert "Because it is so." in (marking.solutions / ASSIGNMENT / "cases.ipynb").read_text()
    assert list((marking.root / "backups").glob("*/gradebook.db"))


def test_a_changed_exercise_is_taken_while_nobody_has_handed_in(marking, tmp_path):
    made = making.make(marking.root, None, write_solutions(tmp_path / "newer", title="New"))
    assert "nobody had handed it in" in made.done[0]
    assert "# Exercise: New" in marking.notebooks()[ASSIGNMENT].read_text()


def test_a_run_that_is_killed_leaves_no_old_release_beside_a_new_key(
    marking, tmp_path, monkeypatch
):
    newer = write_solutions(tmp_path / "newer", title="New")
    release, stood = nbgrader_run.generate, []

    def looks(config, assignment):
        if config.CourseDirectory.root == str(marking.root):
            stood.append(ASSIGNMENT in marking.notebooks())
        release(config, assignment)

    monkeypatch.setattr(nbgrader_run, "generate", looks)
    making.make(marking.root, None, newer)
    assert stood == [False]
    # So the next run after a kill finds no release, and makes it.
    marking.notebooks()[ASSIGNMENT].unlink()
    making.make(marking.root, None, newer)
    assert "# Exercise: New" in marking.notebooks()[ASSIGNMENT].read_text()


def test_a_changed_exercise_is_left_out_once_somebody_has(marking, tmp_path):
    before = (marking.solutions / ASSIGNMENT / "cases.ipynb").read_bytes()
    taking.take_all(marking, [taking.Arrival("a", hand_in())])
    made = making.make(marking.root, None, write_solutions(tmp_path / "newer", title="New"))
    assert "was left as it is" in made.problems[0]
    assert (marking.solutions / ASSIGNMENT / "cases.ipynb").read_bytes() == before
    assert not (marking.workshop / "trial").exists()


def test_a_run_of_nbgrader_that_fails_puts_everything_back(marking, tmp_path, monkeypatch):
    def state():
        parts = (marking.solutions, marking.exercises)
        found = {path: path.read_bytes() for part in parts for path in part.rglob("*.ipynb")}
        return {**found, "gradebook": marking.gradebook.read_bytes()}

    before, real = state(), nbgrader_run.generate

    def fails(config, assignment):
        if config.CourseDirectory.root == str(marking.root):
            shutil.rmtree(marking.exercises / assignment)  # as nbgrader does
            raise PlaceKitError("no")
        real(config, assignment)

    monkeypatch.setattr(nbgrader_run, "generate", fails)
    with pytest.raises(PlaceKitError):
        making.make(marking.root, None, write_solutions(tmp_path / "newer", title="New"))
    assert state() == before


def test_a_changed_configuration_is_renewed_and_the_old_one_kept(marking, solutions):
    (marking.root / "nbgrader_config.py").write_text("# mine")
    made = making.make(marking.root, None, solutions)
    assert "own_config.py" in made.done[0]
    (kept,) = marking.root.glob("nbgrader_config.py.until-*")
    assert kept.read_text() == "# mine"


def test_settings_of_ones_own_are_read_and_cannot_switch_the_safety_off(marking):
    (marking.root / "own_config.py").write_text(
        "c = get_config()\nc.Autograde.exporter_class = 'nbconvert.exporters.NotebookExporter'\n"
        "c.Execute.timeout = 99\n"
    )
    config = nbgrader_run.config_of(marking)
    assert config.Execute.timeout == 99
    assert config.Autograde.exporter_class.endswith("OwnNotebook")


def test_a_broken_configuration_is_told_in_words(marking):
    (marking.root / "own_config.py").write_text("c = nonsense")
    with pytest.raises(PlaceKitError, match="Correct own_config"):
        nbgrader_run.config_of(marking)


def test_a_damaged_gradebook_is_told_in_words(marking):
    marking.gradebook.write_bytes(b"not a database" * 100)
    with pytest.raises(PlaceKitError, match="cannot be used"):
        gradebook.roster(marking)


def test_a_path_with_strange_letters_works(tmp_path, solutions):
    made = making.make(tmp_path / "Übung 1 (a+b) {x} %20 #", None, solutions)
    assert ASSIGNMENT in made.folder.notebooks()
    assert gradebook.roster(made.folder) == {}


def test_a_path_that_nbgrader_would_take_for_a_pattern_is_refused(tmp_path, solutions):
    with pytest.raises(PlaceKitError, match="square bracket"):
        making.make(tmp_path / "marking [1]", None, solutions)
