import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbclient import NotebookClient

from place_kit.problems import PlaceKitError
from place_kit.show.card import PLOTLY
from place_kit.tutor.results import notebook, open_cohort
from tests.tutor.course import ASSIGNMENT
from tests.tutor.results.conftest import give
from tests.tutor.results.test_pictures import FULL


def test_the_notebook_runs_as_it_is_and_shows_no_name(marked):
    give(marked, "ada.l", 8.4)
    assert notebook.write_notebook(marked)
    made = nbformat.read(marked.root / "cohort.ipynb", as_version=4)
    NotebookClient(made, timeout=60, resources={"metadata": {"path": str(marked.root)}}).execute()
    outputs = [output for cell in made.cells for output in cell.get("outputs", ())]
    assert {output.output_type for output in outputs} == {"display_data"}
    # Hand-ins, questions, the two answers, levels.
    assert sum(PLOTLY in output.data for output in outputs) == 5
    said = str(outputs)
    assert "2 of 3 have handed in" in said
    assert not any(name in said for name in ("ada.l", "Lovelace", "Bo Ek"))


def test_the_notebook_has_one_import_and_then_single_calls(marked):
    notebook.write_notebook(marked)
    made = nbformat.read(marked.root / "cohort.ipynb", as_version=4)
    nbformat.validate(made)
    code = [cell.source for cell in made.cells if cell.cell_type == "code"]
    assert code[0] == "from place_kit.tutor import results"
    assert [line.count("\n") + line.count(";") for line in code] == [0] * len(code)
    assert made.cells[5].source == "## Five cases"
    assert code[-1] == f'cohort.levels("{ASSIGNMENT}")'


def test_a_notebook_that_is_there_belongs_to_the_tutor(marked):
    (marked.root / "cohort.ipynb").write_text("mine")
    assert not notebook.write_notebook(marked)
    assert (marked.root / "cohort.ipynb").read_text() == "mine"


def test_outside_a_marking_folder_it_is_said_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PlaceKitError, match="not a marking folder"):
        open_cohort()


def test_an_exercise_that_is_none_is_said_with_the_nearest(marked):
    with pytest.raises(PlaceKitError, match=f"Did you mean “{ASSIGNMENT}”"):
        open_cohort(marked.root).questions("03_case")


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (320, "dark")])
def test_the_page_needs_nothing_else_and_is_for_everyone(browser, tmp_path, width, scheme):
    path = tmp_path / "cohort.html"
    page_html = notebook.render(notebook.Cohort({ASSIGNMENT: FULL}, names=True))
    path.write_text(page_html, encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for fold in page.locator("details").all():
        fold.evaluate("fold => { fold.open = true }")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert (len(asked), said) == (1, [])
    assert page.locator("svg[role=img]").count() == page.locator("table").count() == 9
    page.close()
