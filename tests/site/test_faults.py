"""What the browser edition does when things go wrong: said in plain words, and nothing lost."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from place_kit import facts
from place_kit.answers import moving, places, store
from tests.answers.folders import PRACTICE, learner_folder
from tests.pages import SAVED, saved, whole
from tests.site.windows import Hosted, Window, group, notebook

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]
FIRST = "00_welcome.try_it"
MODULE = "course/00_welcome.ipynb"
ANSWERS = "course/answers/00_welcome.json"

STORED = """async name => {
  const all = await indexedDB.databases();
  const { name: of } = all.find(one => one.name.startsWith('JupyterLite Storage - '));
  const open = await new Promise(done => {
    const asked = indexedDB.open(of);
    asked.onsuccess = () => done(asked.result);
  });
  const found = {};
  for (const store of open.objectStoreNames) {
    const read = open.transaction(store).objectStore(store);
    const both = [read.getAllKeys(), read.getAll()].map(asked => new Promise(done => {
      asked.onsuccess = () => done(asked.result);
    }));
    const [keys, values] = await Promise.all(both);
    keys.forEach((key, at) => { found[`${store}/${key}`] = values[at]; });
  }
  open.close();
  return found;
}"""


@pytest.fixture(scope="module")
def window(browser: Any, hosted: Hosted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One learner's browser; each test leaves its answers behind."""
    one = Window(browser, tmp_path_factory.mktemp("faults") / "memory")
    one.page.goto(hosted.address)
    yield one
    one.close()


def stored(page: Any) -> dict[str, Any]:
    """All that JupyterLite keeps in the browser's database."""
    found: dict[str, Any] = page.evaluate(STORED)
    return found


def answers(page: Any, name: str) -> dict[str, Any]:
    kept = stored(page)[f"files/course/answers/{name}.json"]["content"]
    found: dict[str, Any] = json.loads(base64.b64decode(kept))
    return found["answers"]


def radio(page: Any, id: str, at: int) -> Any:
    return group(page, id).get_by_role("radio").nth(at)


HOLD = """() => new Promise(held => {
  const answers = '/drive/course/answers/00_welcome.json';
  const name = `place-kit ${new URL('..', location).pathname} ${answers}`;
  navigator.locks.request(name, () => new Promise(free => {
    window.letGo = free;
    held();
  }));
})"""


def test_two_tabs_save_one_after_another_and_lose_nothing(window, hosted):
    first = window.open(notebook(hosted.address, MODULE))
    second = window.tab(notebook(hosted.address, MODULE))
    rated = facts.question("00_welcome.confidence_before")
    options = [one.id for one in facts.question(FIRST).options]
    radio(first, FIRST, 0).check()
    saved(group(first, FIRST))

    # While a third is saving, both wait for it; then each finds what the other wrote.
    first.evaluate(HOLD)
    radio(first, FIRST, 1).check()
    radio(second, rated.id, 2).check()
    first.wait_for_timeout(500)
    assert rated.id not in answers(first, "00_welcome")
    first.evaluate("window.letGo()")
    saved(group(first, FIRST))
    saved(group(second, rated.id))
    now = answers(first, "00_welcome")
    assert now[FIRST]["latest"]["value"] == options[1]
    assert now[rated.id]["latest"]["value"] == {rated.items[0].id: 3}

    # The same question in both: the newest stands, the other is kept, and it is said.
    radio(second, FIRST, 3).check()
    second.get_by_text("also answered in another window").first.wait_for()
    entry = answers(first, "00_welcome")[FIRST]
    assert entry["latest"]["value"] == options[3]
    assert options[1] in json.dumps(entry)
    second.close()


ASK = """hold => fetch('place-kit-lock', {
  method: 'POST', body: JSON.stringify({ name: 'a file', id: String(hold), hold: true }),
}).then(answer => answer.status)"""


def test_a_tab_holds_answers_while_it_is_there_and_no_longer(window, hosted):
    first, second = (window.context.new_page() for _ in range(2))
    for page in (first, second):
        page.goto(hosted.address)
        page.get_by_role("link", name="Begin, or go on").wait_for()
    assert first.evaluate(ASK, 1) == 200
    assert second.evaluate(ASK, 2) == 423  # after ten seconds: the first is there still
    first.close()
    begun = time.monotonic()
    assert second.evaluate(ASK, 3) == 200
    assert time.monotonic() - begun < 5
    second.close()


WORDS = "The café on the corner, where the choir meets."
REFLECT = "01_place_lens.reflect"


FULL = """() => {
  const { prototype } = IDBObjectStore;
  const { put } = prototype;
  prototype.put = () => { throw new DOMException('no room', 'QuotaExceededError'); };
  window.makeRoom = () => { prototype.put = put; };
}"""


def test_when_there_is_no_room_it_is_said_at_the_field_and_goes_on_when_there_is(window, hosted):
    page = window.open(notebook(hosted.address, "course/01_place_lens.ipynb"))
    form = group(page, reflection().id)
    # As a browser does it. (Chromium itself notes a lower quota half a minute later.)
    page.evaluate(FULL)
    form.get_by_role("textbox").fill(WORDS)
    whole(form).get_by_role("alert").filter(has_text="there may be no room left").wait_for()
    assert form.get_by_role("textbox").input_value() == WORDS
    page.evaluate("window.makeRoom()")
    whole(form).get_by_role("button", name="Try to save again").click()
    saved(form)
    assert answers(page, "01_place_lens")[reflection().id]["latest"]["value"] == WORDS


def reflection() -> Any:
    return next(one for one in facts.questions_of("01_place_lens") if one.kind == "reflect")


def test_a_tab_that_is_closed_while_it_saves_leaves_no_half_file(window, hosted):
    address = notebook(hosted.address, MODULE)
    page = window.tab(address)
    radio(page, FIRST, 2).check()
    page.wait_for_timeout(20)
    page.close()
    if f"files/{ANSWERS}" in stored(window.page):
        answers(window.page, "00_welcome")  # it is whole
    # Where the click itself was not saved any more, this browser had kept it.
    page = window.tab(address)
    whole(group(page, FIRST)).get_by_text(SAVED).first.wait_for()
    assert radio(page, FIRST, 2).is_checked()
    page.close()


def test_the_course_page_opens_as_the_course_made_it_and_a_changed_one_is_kept(window, hosted):
    page = window.open(notebook(hosted.address, "course/journal.ipynb"))
    page.get_by_role("button", name="Jupyter menu").click()
    page.locator(".jp-MarkdownCell .jp-InputPrompt").first.click()
    page.get_by_role("button", name=re.compile("^Insert a cell below")).first.click()
    page.keyboard.press("Control+s")
    while "files/course/journal.ipynb" not in stored(page):
        page.wait_for_timeout(100)
    page = window.open(notebook(hosted.address, "course/journal.ipynb"))
    page.get_by_text("your own is kept beside it").wait_for()
    now = stored(page)
    assert "files/course/journal.ipynb" not in now
    kept = now["files/course/journal (my own).ipynb"]["content"]["cells"]
    assert len(kept) == page.locator(".jp-Cell").count() + 1
    page.get_by_role("button", name="Open my own").click()
    page.wait_for_url("**my%20own**")
    window.ready()
    assert page.locator(".jp-Cell").count() == len(kept)


def test_work_moves_between_the_editions_and_goes_for_good(window, hosted, tmp_path):
    desk = learner_folder(tmp_path / "desk", text=WORDS)
    page = window.open(notebook(hosted.address, "course/privacy.ipynb"))
    assert page.get_by_text("/drive").count() == 0
    page.get_by_text("All of it is in this browser, on this computer").wait_for()

    # What is no export changes nothing; the export of the other edition comes in.
    raw, problems = moving.export(desk)
    assert not problems
    for content, words in (
        (b"hello", "not an export"),
        (raw[: len(raw) // 2], "not an export"),
        (raw, "Brought in"),
    ):
        given = {"name": "work.zip", "mimeType": "application/zip", "buffer": content}
        page.get_by_label("Bring in the file of another computer").set_input_files(given)
        page.get_by_role("button", name="Bring it in").click()
        page.locator(".pk-form").get_by_text(words).first.wait_for()
    assert answers(page, PRACTICE.set)[PRACTICE.id]["latest"]["value"] == WORDS

    # And back: all of it comes in at the desk of another.
    page.get_by_role("button", name="Make the file").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download .*zip")).click()
    other = tmp_path / "other"
    (other / ".place-kit").mkdir(parents=True)
    rows = moving.take(other, Path(download.value.path()).read_bytes())
    assert not [row for row in rows if row.failed]
    assert (
        store.look(PRACTICE.set, places.answer_file(other, PRACTICE.set)).value(PRACTICE.id)
        == WORDS
    )

    # The record, in what needs no compiled code; and a copy of a page.
    page = window.open(notebook(hosted.address, "course/record.ipynb"))
    assert page.get_by_role("button", name="Make a PDF").count() == 0
    for button, mark in (("Make plain text", "Place-based working"), ("Make a table", ",")):
        page.get_by_role("button", name=button).first.click()
        with page.expect_download() as download:
            page.get_by_role("link", name=re.compile("^Download cpd-record")).click()
        assert mark in Path(download.value.path()).read_text(encoding="utf-8")
    with page.expect_download() as download:
        page.get_by_role("button", name="Keep a copy").click()
    assert download.value.suggested_filename == "record.html"
    assert "<h1" in Path(download.value.path()).read_text(encoding="utf-8")
    assert "files/course/record.ipynb" not in stored(page)

    # For good: nothing of it is anywhere in the browser.
    page = window.open(notebook(hosted.address, "course/privacy.ipynb"))
    page.get_by_label("Everything that you made in the course").check()
    page.get_by_role("button", name="Delete this…").click()
    page.get_by_label("To go on, type DELETE").fill("DELETE")
    page.get_by_role("button", name="Delete for good").click()
    page.get_by_text("It is deleted for good.").first.wait_for()
    for name, kept in stored(page).items():
        text = json.dumps(kept, ensure_ascii=False)
        content = kept.get("content") if isinstance(kept, dict) else None
        if isinstance(content, str) and kept.get("format") == "base64":
            text += base64.b64decode(content).decode("utf-8", "replace")
        assert WORDS not in text, name
    left = [name for name in stored(page) if re.search(r"answers|journal/|hand-in/|record/", name)]
    assert left == []
    assert [key for key in page.evaluate("Object.keys(localStorage)") if "place-kit:" in key] == []
