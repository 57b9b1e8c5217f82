import os
import sys
import warnings
from pathlib import Path

from place_kit.tutor.marking import cells


def shown(*sources: str, folder: Path) -> list[list[dict]]:
    return [[dict(one) for one in outputs] for outputs in cells.run(sources, folder)]


def test_the_last_expression_is_the_result_and_names_go_on(tmp_path):
    assert shown("a = 2", "a + 1", "a;", "if a:\n    a", folder=tmp_path) == [
        [],
        [
            {
                "output_type": "execute_result",
                "execution_count": 2,
                "data": {"text/plain": "3"},
                "metadata": {},
            }
        ],
        [],
        [],
    ]


def test_what_is_printed_comes_in_order_and_neighbours_are_joined(tmp_path):
    source = "import sys\nprint('a')\nprint('b')\nprint('c', file=sys.stderr)\nprint('d')"
    ((first, second, third),) = shown(source, folder=tmp_path)
    assert (first["name"], first["text"]) == ("stdout", "a\nb\n")
    assert (second["name"], second["text"]) == ("stderr", "c\n")
    assert (third["name"], third["text"]) == ("stdout", "d\n")


def test_an_error_is_an_output_and_the_next_cell_is_run(tmp_path):
    (broken,), (stopped,), (fine,) = shown("1 / 0", "raise SystemExit", "1", folder=tmp_path)
    assert (broken["output_type"], broken["ename"]) == ("error", "ZeroDivisionError")
    assert stopped["ename"] == "SystemExit"
    assert fine["data"] == {"text/plain": "1"}


def test_a_cell_that_is_no_python_is_an_error_too(tmp_path):
    ((only,),) = shown("no python", folder=tmp_path)
    assert only["ename"] == "SyntaxError"


def test_cells_run_in_the_folder_and_know_who_runs_them(tmp_path, monkeypatch):
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)  # nbgrader itself leaves it behind
    here = Path.cwd()
    (where,), (who,) = shown(
        "import os; os.getcwd()", "os.environ['NBGRADER_EXECUTION']", folder=tmp_path
    )
    assert where["data"]["text/plain"] == repr(str(tmp_path))
    assert who["data"]["text/plain"] == "'autograde'"
    assert Path.cwd() == here
    assert "NBGRADER_EXECUTION" not in os.environ


def test_nothing_is_left_for_the_next_run(tmp_path, monkeypatch):
    warned = "import warnings; warnings.warn('look')"
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        # pytest keeps warnings for itself; Python prints them.
        shows = lambda message, *_: print(message, file=sys.stderr)  # noqa: E731
        monkeypatch.setattr(warnings, "showwarning", shows)
        first, second = (shown("a = 1", warned, folder=tmp_path) for _ in range(2))
        ((error,),) = shown("a", folder=tmp_path)
    assert error["ename"] == "NameError"
    # Python shows a warning once; a kernel of one's own would show it each time.
    assert [one["name"] for one in first[1]] == ["stderr"]
    assert second == first
