import pytest

from place_kit import author, cli, learner
from place_kit.problems import PlaceKitError


def test_what_goes_wrong_is_said_in_a_sentence_without_a_traceback(monkeypatch, capsys):
    def fail(*args, **kwargs):
        raise PlaceKitError("The folder is read-only. Choose another.")

    monkeypatch.setattr(learner, "learn", fail)
    assert cli.main(["learn"]) == 1
    assert capsys.readouterr().err == "The folder is read-only. Choose another.\n"


def test_stopping_says_that_nothing_is_lost(monkeypatch, capsys):
    def stop(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(learner, "learn", stop)
    assert cli.main(["learn"]) == 1
    assert "Nothing is lost" in capsys.readouterr().err


def test_the_folder_the_port_and_the_browser_reach_the_journey(monkeypatch, tmp_path):
    seen = {}
    monkeypatch.setattr(
        learner, "learn", lambda folder, **how: seen.update(folder=folder, **how) or 0
    )
    assert cli.main(["learn", str(tmp_path), "--port", "9000", "--no-browser"]) == 0
    assert seen == {"folder": tmp_path, "port": 9000, "open_browser": False}


@pytest.mark.parametrize(
    ("typed", "opened"),
    [
        ([], {"port": None, "open_browser": None}),
        (["--port", "9"], {"port": 9}),
        (["--no-open"], {}),
    ],
)
def test_the_marking_folder_is_made_and_then_opened_unless_told_not_to(
    monkeypatch, tmp_path, typed, opened
):
    from place_kit.tutor import commands

    seen = {}
    monkeypatch.setattr(commands, "make", lambda folder, roster: 1)
    monkeypatch.setattr(commands, "open", lambda folder, **how: seen.update(how) or 0)
    assert cli.main(["tutor", str(tmp_path), *typed]) == 1
    assert opened.items() <= seen.items()
    assert bool(seen) == ("--no-open" not in typed)


@pytest.mark.parametrize(
    "command",
    [
        "learn",
        "progress",
        "export",
        "import",
        "forget",
        "record",
        "tutor",
        "collect",
        "mark",
        "feedback",
        "return",
        "status",
        "extend",
        "stop",
        "remove",
        "restore",
        "grades",
        "cohort",
        "moderate",
        "badge",
        "team",
        "release",
        "site",
        "check",
    ],
)
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main([command, "--help"])
    assert stopped.value.code == 0
    assert "place-kit" in capsys.readouterr().out


def test_without_a_command_it_says_how_to_use_it(capsys):
    with pytest.raises(SystemExit):
        cli.main([])
    assert "COMMAND" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["release", "check"])
def test_an_authors_command_works_where_one_is(command, monkeypatch, tmp_path):
    seen = []
    monkeypatch.setattr(author, command, lambda folder: seen.append(folder) or 0)
    monkeypatch.chdir(tmp_path)
    assert cli.main([command]) == 0
    assert seen == [tmp_path]
