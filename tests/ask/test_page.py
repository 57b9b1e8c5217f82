"""The forms in a real browser: by keyboard alone, by name, announced, kept, and free of barriers.

`bridge` ties the page to real forms in Python; see there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from place_kit import facts
from place_kit.answers import store
from place_kit.ask.form import Form
from place_kit.ask.handing_in import HandIn
from place_kit.marking import UNREADABLE
from tests.ask.bridge import bridge
from tests.conftest import GOOD, KINDS, question
from tests.learner.test_browser import shot

pytestmark = pytest.mark.browser

SAVED = re.compile(r"^Saved at \d\d:\d\d\.")


@pytest.fixture
def bridged(tmp_path, monkeypatch):
    """A bridge with one practice form of each kind, and ``graded-`` ones, and ``hand_in``."""
    (tmp_path / ".place-kit").mkdir()
    monkeypatch.chdir(tmp_path)
    graded = tuple(question(kind, graded=True) for kind in KINDS)
    monkeypatch.setattr(facts, "questions_of", lambda _: graded)
    with bridge() as made:
        made.forms = {kind: Form(question(kind)) for kind in KINDS}
        made.forms |= {f"graded-{one.kind}": Form(one) for one in graded}
        made.forms["hand_in"] = HandIn("99_try")
        yield made


@pytest.fixture
def page(browser):
    """A page of its own, whose errors are failures."""
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def open_form(page, bridged, *names, **how):
    page.goto(bridged.url(*names, **how))
    page.wait_for_selector("body[data-ready]")


def wait_for_status(page, words=SAVED):
    page.get_by_role("status").filter(has_text=words).first.wait_for()


def kept(bridged, name):
    form = bridged.forms[name]
    return store.AnswerFile(form.question.set, form.path).read().value(form.question.id)


def keep_drafts(page, bridged, name, drafts):
    """Open a form in a browser that still keeps these unsaved answers, by view."""
    spec = bridged.forms[name].spec
    drafts = {view: {"view": view, **draft} for view, draft in drafts.items()}
    open_form(page, bridged, name)
    page.evaluate(
        "([key, drafts]) => localStorage.setItem(key, JSON.stringify(drafts))",
        [f"place-kit:{spec['store']}:{spec['id']}", drafts],
    )
    page.reload()
    page.wait_for_selector("body[data-ready]")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


# --- what could identify a person -----------------------------------------------------------------

PERSONAL = "I sat with her at 12 Sample Road, EH99 1SP. Later she rang me from 07700 900123."


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_could_identify_a_person_is_said_shown_and_gone_to_by_keyboard(theme, page, bridged):
    open_form(page, bridged, "reflect", theme=theme)
    page.get_by_label("Your reflection").fill(PERSONAL)
    wait_for_status(page, re.compile("seems to hold a postcode and a phone number"))
    assert kept(bridged, "reflect") == PERSONAL  # never in the way
    assert page.locator(".pk-personal mark").all_inner_texts() == ["EH99 1SP", "07700 900123"]
    shot(page, f"personal-{theme}")
    assert violations(page) == []
    page.get_by_role("button", name="Go to it: 07700 900123").focus()
    press(page, "Enter")
    page.keyboard.type("her home")
    page.get_by_role("button", name="Go to it: EH99 1SP").press("Enter")
    page.keyboard.type("in the north of the town")
    page.locator(".pk-personal").wait_for(state="hidden")
    assert kept(bridged, "reflect").endswith(
        "in the north of the town. Later she rang me from her home."
    )


# --- by keyboard alone, found by name -----------------------------------------------------------

KEYS = {
    "choose_one": ("Space", "ArrowDown", "ArrowUp"),
    "choose_several": ("Space",),
    "classify": ("O", "Tab", "O", "O", "Tab", "O"),
    "match": ("O", "Tab", "O", "O"),
    # From x, y, z: the second item's "Move up".
    "order": ("Tab", "Tab", "Enter"),
    "rate": ("Space", "Tab", "ArrowLeft", "Tab", "Space", "ArrowRight", "ArrowRight"),
    "number": ("7", "0"),
    "reflect": tuple("I thought."),
    "plan": (*"Ask", "Tab", *"12122026"),  # day first or month first, as the browser likes
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_keyboard_alone_answers(kind, page, bridged):
    open_form(page, bridged, kind)
    press(page, "Tab", *KEYS[kind])
    wait_for_status(page)
    page.wait_for_function("!document.querySelector('.pk-busy:not([hidden])')")
    expected = [{"action": "Ask", "when": "2026-12-12"}] if kind == "plan" else GOOD[kind]
    assert kept(bridged, kind) == expected


@pytest.mark.parametrize(
    ("kind", "role", "name"),
    [
        ("choose_one", "radio", "Option b"),
        ("choose_several", "checkbox", "Option b"),
        ("classify", "combobox", "Item y"),
        ("match", "combobox", "Item x"),
        ("order", "button", "Move up: Item y"),
        ("rate", "radio", "1 not at all"),
        ("number", "textbox", "Your answer in per cent"),
        ("reflect", "textbox", "Your reflection"),
        ("plan", "textbox", "Action"),
    ],
)
def test_controls_are_found_by_their_visible_names_in_a_named_group(
    kind, role, name, page, bridged
):
    open_form(page, bridged, kind)
    group = page.get_by_role("group", name=f"A question to {kind}", exact=True)
    assert group.get_by_role(role, name=name, exact=True).first.is_visible()


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_is_found_again_when_the_page_opens_again(kind, page, bridged):
    store.AnswerFile("99_try").save(question(kind), GOOD[kind])
    bridged.forms[kind] = Form(question(kind))
    open_form(page, bridged, kind)
    assert SAVED.search(page.locator(".pk-state").inner_text())
    assert page.get_by_role("status").inner_text() == ""  # nobody asked: nothing is announced
    assert bridged.sent == []
    again = page.evaluate("() => localStorage.length")
    assert again == 0


def test_a_moved_item_keeps_the_focus_and_is_announced(page, bridged):
    open_form(page, bridged, "order")
    button = page.get_by_role("button", name="Move down: Item x")
    button.focus()
    press(page, "Enter")
    wait_for_status(page, "“Item x” is now 2 of 3.")
    press(page, "Enter")
    wait_for_status(page, "“Item x” is now 3 of 3.")
    press(page, "Enter")
    wait_for_status(page, "“Item x” is already last.")
    assert button.evaluate("node => node === document.activeElement")
    assert kept(bridged, "order") == ["y", "z", "x"]


def test_an_order_that_is_fine_as_it_stands_can_be_kept(page, bridged):
    open_form(page, bridged, "graded-order")
    page.get_by_role("button", name="Keep this order").press("Enter")
    wait_for_status(page)
    assert kept(bridged, "graded-order") == ["x", "y", "z"]


def test_a_row_of_a_plan_can_be_added_removed_and_brought_back(page, bridged):
    open_form(page, bridged, "plan")
    page.get_by_label("Action").fill("Ask")
    press(page, "Tab", "Tab")
    page.get_by_role("button", name="Add a step").press("Enter")
    page.keyboard.type("Listen")
    page.get_by_role("button", name="Remove step 2").press("Enter")
    wait_for_status(page, "Step 2 removed.")
    press(page, "Enter")  # the focus is on "Bring back step 2"
    wait_for_status(page, "Step 2 is back.")
    assert page.get_by_role("group", name="Step 2").get_by_label("Action").input_value() == "Listen"
    page.get_by_role("button", name="Add a step").press("Enter")
    full = page.get_by_role("button", name="Add a step")
    assert full.get_attribute("aria-disabled") == "true"
    wait_for_status(page)
    page.wait_for_timeout(600)
    assert [row["action"] for row in kept(bridged, "plan")] == ["Ask", "Listen", ""]


def test_words_are_counted(page, bridged):
    open_form(page, bridged, "reflect")
    page.get_by_label("Your reflection").fill("one two  three")
    assert page.get_by_text("3 words. Aim for about 150.").is_visible()
    page.get_by_label("Your reflection").fill("word " * 150)
    wait_for_status(page, "150 words.")


# --- what is said -------------------------------------------------------------------------------


def test_a_check_is_announced_and_its_reason_described_at_the_choice(page, bridged):
    open_form(page, bridged, "choose_one")
    page.get_by_label("Option b").check()
    page.get_by_role("button", name="Check my answer").press("Enter")
    wait_for_status(page, "Not quite. Why b.")
    described = page.get_by_label("Option b").get_attribute("aria-describedby")
    assert page.locator(f"#{described}").inner_text() == "Not quite. Why b."
    page.get_by_text("All the reasons").press("Enter")
    assert page.get_by_text("Why c.").is_visible()


def test_no_reason_is_in_the_page_before_a_check(page, bridged):
    open_form(page, bridged, *KINDS)
    assert "Why " not in page.content()


def test_a_checked_answer_shows_its_reasons_on_opening_without_announcing_them(page, bridged):
    store.AnswerFile("99_try").save(question("choose_one"), "b", settle=True)
    bridged.forms["choose_one"] = Form(question("choose_one"))
    open_form(page, bridged, "choose_one")
    assert page.locator(".pk-reason", has_text="Why b.").is_visible()
    assert "Why b." not in page.get_by_role("status").inner_text()


def test_a_change_takes_the_reasons_away_until_the_next_check(page, bridged):
    open_form(page, bridged, "choose_one")
    page.get_by_label("Option b").check()
    page.get_by_role("button", name="Check my answer").click()
    page.locator(".pk-verdict").wait_for()
    page.get_by_label("Option c").check()
    page.locator(".pk-verdict").wait_for(state="detached")


def test_a_verdict_is_not_read_beside_another_answer(page, bridged):
    open_form(page, bridged, "choose_one")
    page.get_by_label("Option b").check()
    page.get_by_role("button", name="Check my answer").click()
    wait_for_status(page, "Not quite. Why b.")
    page.get_by_label("Option c").check()
    wait_for_status(page)
    assert SAVED.sub("", page.get_by_role("status").text_content()).strip() == ""


def test_a_verdict_is_not_read_beside_an_answer_from_another_window(page, bridged):
    open_form(page, bridged, "choose_one", views=2)
    page.get_by_label("Option b").first.check()
    page.get_by_role("button", name="Check my answer").first.click()
    wait_for_status(page, "Not quite. Why b.")
    page.get_by_label("Option c").last.check()
    page.get_by_role("status").filter(has_text="Why b.").wait_for(state="detached")


def test_a_count_of_words_that_holds_no_more_is_taken_away(page, bridged):
    open_form(page, bridged, "reflect")
    page.get_by_label("Your reflection").fill("word " * 300)
    wait_for_status(page, "300 words.")
    page.get_by_label("Your reflection").fill("word " * 108)
    page.get_by_role("status").filter(has_text="300 words.").wait_for(state="detached")
    assert page.get_by_text("108 words.").is_visible()


def test_a_line_of_an_order_is_not_called_right_in_the_wrong_place(page, bridged):
    open_form(page, bridged, "order")  # right: y, x, z
    page.get_by_role("button", name="Check my answer").click()
    page.locator(".pk-verdict").wait_for()
    told = [one.inner_text().strip() for one in page.locator(".pk-reason").all()]
    assert told == ["Belongs second. Why x.", "Belongs first. Why y.", "Right. Why z."]
    assert "neighbours" not in page.content()


def test_a_number_in_words_is_judged_neither_right_nor_wrong(page, bridged):
    open_form(page, bridged, "number")
    page.get_by_label("Your answer").fill("seventy")
    page.get_by_role("button", name="Check my answer").click()
    wait_for_status(page, UNREADABLE)
    assert page.locator(".pk-reason").inner_text().strip() == UNREADABLE
    assert page.get_by_text("Not quite").count() == 0
    assert page.locator(".pk-verdict").count() == 0
    assert violations(page) == []


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("choose_one", "Practice"),
        ("open", "For you"),
        ("rate", "For you"),
        ("reflect", "For you"),
        ("plan", "For you"),
        ("graded-reflect", "For marking"),
    ],
)
def test_a_form_says_whom_it_is_for(name, tag, page, bridged):
    bridged.forms["open"] = Form(replace(question("choose_one"), open=True))
    open_form(page, bridged, name)
    assert page.locator(".pk-tag").inner_text() == tag


def test_a_check_without_an_answer_asks_for_one(page, bridged):
    open_form(page, bridged, "choose_one")
    page.get_by_role("button", name="Check my answer").click()
    wait_for_status(page, "Choose an answer first.")
    assert bridged.sent == []


def test_a_graded_answer_is_said_to_be_marked_later(page, bridged):
    open_form(page, bridged, "graded-choose_one")
    page.get_by_label("Option b").check()
    wait_for_status(page, "This is marked after you hand in.")
    assert page.get_by_role("button").count() == 0


# --- nothing is lost ----------------------------------------------------------------------------


def test_an_answer_nobody_heard_is_said_kept_and_restored(page, bridged):
    open_form(page, bridged, "reflect")
    bridged.listening = False
    page.get_by_label("Your reflection").fill("Do not lose me")
    alert = page.get_by_role("alert").filter(has_text="not saved yet")
    alert.wait_for(timeout=7_000)
    assert alert.locator("p").inner_text() == (
        "Not saved yet. Your words are kept in this browser. "
        "Start the course again (place-kit learn), then reload this page."
    )
    bridged.listening = True
    page.reload()
    page.wait_for_selector("body[data-ready]")
    page.get_by_text("It is back, and saved now.").first.wait_for()
    assert page.get_by_label("Your reflection").input_value() == "Do not lose me"
    assert kept(bridged, "reflect") == "Do not lose me"
    assert page.evaluate("localStorage.length") == 0


def test_advice_on_an_earlier_answer_does_not_stand_beside_one_not_saved(page, bridged):
    open_form(page, bridged, "graded-number")
    page.get_by_label("Your answer").fill("seventy")
    page.get_by_text("This is saved.").first.wait_for()
    bridged.listening = False
    page.get_by_label("Your answer").fill("70")
    page.get_by_role("alert").filter(has_text="Not saved yet").wait_for(timeout=7_000)
    assert page.get_by_text("This is saved.").count() == 0


def test_words_typed_just_before_the_page_closes_are_there_again(page, bridged):
    open_form(page, bridged, "reflect")
    page.get_by_label("Your reflection").fill("Quick")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    page.locator(".pk-state").get_by_text(SAVED).wait_for()  # saved on leaving, or on coming back
    assert page.get_by_label("Your reflection").input_value() == "Quick"
    assert kept(bridged, "reflect") == "Quick"


def test_unsaved_answers_of_two_closed_windows_are_both_kept(page, bridged):
    drafts = {
        "old": {"seq": 1, "value": "older words", "seen": 0},
        "new": {"seq": 2, "value": "newer words", "seen": 0},
    }
    keep_drafts(page, bridged, "reflect", drafts)
    page.get_by_text("It is back, and saved now.").first.wait_for()
    entry = store.AnswerFile("99_try").read().entries["99_try.reflect"]
    assert entry.value == "newer words"
    assert [value for value, _ in entry.kept] == ["older words"]
    assert page.evaluate("localStorage.length") == 0


def test_an_unsaved_answer_older_than_the_saved_one_does_not_take_its_place(page, bridged):
    store.AnswerFile("99_try").save(question("choose_one"), "b")
    bridged.forms["choose_one"] = Form(question("choose_one"))
    keep_drafts(page, bridged, "choose_one", {"old": {"seq": 1, "value": "a", "seen": 0}})
    page.get_by_text("also answered in another window").first.wait_for()
    assert page.get_by_label("Option b").is_checked()
    entry = store.AnswerFile("99_try").read().entries["99_try.choose_one"]
    assert entry.value == "b"
    assert "a" in [value for value, _ in entry.kept]


def test_an_unsaved_answer_that_fits_the_question_no_more_is_left_alone(page, bridged):
    keep_drafts(page, bridged, "order", {"old": {"seq": 1, "value": ["x", "q"], "seen": 0}})
    page.wait_for_timeout(300)
    assert page.get_by_role("listitem").count() == 3
    assert bridged.sent == []


def test_a_save_that_fails_says_why_and_keeps_the_words(page, bridged, monkeypatch):
    def full(*_, **__):
        raise store.AnswerFileError("The disk is full, so this was not saved.")

    form = bridged.forms["reflect"]
    open_form(page, bridged, "reflect")
    with monkeypatch.context() as patch:
        patch.setattr(form._file, "save", full)
        page.get_by_label("Your reflection").fill("Keep me")
        page.get_by_role("alert").filter(has_text="The disk is full").wait_for()
    assert page.get_by_label("Your reflection").input_value() == "Keep me"
    page.get_by_role("button", name="Try to save again").click()
    wait_for_status(page)
    assert page.get_by_role("alert").inner_text() == ""
    assert kept(bridged, "reflect") == "Keep me"


def test_two_views_mirror_each_other_and_leave_the_cursor_alone(page, bridged):
    open_form(page, bridged, "reflect", views=2)
    one, other = page.get_by_label("Your reflection").all()
    one.click()
    page.keyboard.type("One two")
    press(page, "Home")
    page.wait_for_function("document.querySelectorAll('textarea')[1].value === 'One two'")
    page.keyboard.type("Zero ")
    page.wait_for_function("document.querySelectorAll('textarea')[1].value === 'Zero One two'")
    assert one.evaluate("node => [node === document.activeElement, node.selectionStart]") == [
        True,
        5,
    ]
    assert other.input_value() == "Zero One two"


def test_a_form_that_cannot_save_is_read_only_and_says_why(page, bridged):
    path = store.file_for("99_try")
    path.parent.mkdir(exist_ok=True)
    path.write_text('{"format": "place-kit answers", "version": 9}', encoding="utf-8")
    bridged.forms["choose_one"] = Form(question("choose_one"))
    open_form(page, bridged, "choose_one")
    assert "newer version" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Option a").is_disabled()


# --- words are words, and everybody can use it --------------------------------------------------


def test_data_is_never_markup(page, bridged):
    text = "<img src=x onerror='document.body.dataset.hit=1'>"
    bridged.forms["bad"] = Form(question("reflect", prompt=text, help=text, prompts=(text,)))
    open_form(page, bridged, "bad")
    assert page.locator("img").count() == 0
    assert page.get_by_text(text).first.is_visible()


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        (one["id"], node["html"][:120])
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_barrier_in_any_kind_checked_or_graded(theme, page, bridged):
    for kind in KINDS:
        store.AnswerFile("99_try").save(question(kind), GOOD[kind], settle=True)
        bridged.forms[f"checked-{kind}"] = Form(question(kind))
    both = [f"{state}-{kind}" for kind in KINDS for state in ("checked", "graded")]
    open_form(page, bridged, *both, theme=theme)
    for summary in page.locator("summary").all():
        summary.click()
    assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_barrier_where_something_went_wrong(theme, page, bridged):
    open_form(page, bridged, "classify", "choose_several", "reflect", theme=theme)
    page.get_by_label("Item x").select_option("b")
    page.get_by_label("Option b").check()
    for button in page.get_by_role("button", name="Check my answer").all():
        button.click()
    page.get_by_label("Your reflection").fill("Mail jo@example.org")
    page.get_by_text("seems to hold an e-mail address").first.wait_for()
    bridged.listening = False
    page.get_by_label("Your reflection").fill("Later")
    page.get_by_role("alert").filter(has_text="not saved yet").wait_for(timeout=7_000)
    assert violations(page) == []


def test_targets_are_large_enough_and_nothing_overflows_at_400_per_cent(page, bridged):
    page.set_viewport_size({"width": 320, "height": 640})
    open_form(page, bridged, *KINDS, "hand_in")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, select, textarea, input, summary")]
            .filter((node) => node.offsetParent)
            .map((node) => (node.closest("label") ?? node).getBoundingClientRect())
            .filter((box) => box.width < 24 || box.height < 24).length"""
    )
    assert small == 0


# --- handing in ---------------------------------------------------------------------------------


def test_a_learner_hands_in_by_keyboard(page, bridged):
    open_form(page, bridged, "graded-choose_one", "hand_in")
    assert page.get_by_text("A question to choose_one").count() == 2
    page.get_by_label("Option b").check()
    wait_for_status(page)
    page.get_by_role("button", name="Look again").press("Enter")
    page.locator(".pk-todo li", has_text="choose_one").wait_for(state="detached")
    page.get_by_label("Your learner name or number").fill("Ada L.")
    press(page, "Enter")
    wait_for_status(page, "Your hand-in file is ready.")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download 99_try__ada-l.json").press("Enter")
    path = Path.cwd() / "hand-in" / "99_try__ada-l.json"
    assert Path(download.value.path()).read_bytes() == path.read_bytes()
    assert violations(page) == []


def test_a_hand_in_without_a_name_asks_for_it(page, bridged):
    open_form(page, bridged, "hand_in")
    page.get_by_role("button", name="Make my hand-in file").click()
    page.get_by_role("alert").filter(has_text="learner name or number first").wait_for()
    field = page.get_by_label("Your learner name or number")
    assert field.evaluate("node => node === document.activeElement")


def test_a_question_still_open_is_one_press_away(page, bridged):
    open_form(page, bridged, "graded-choose_one", "graded-classify", "hand_in")
    page.get_by_label("Item x").select_option("a")
    wait_for_status(page)
    page.get_by_role("button", name="Look again").click()
    page.get_by_role("button", name="A question to classify").press("Enter")
    focused = "node => node === document.activeElement"
    assert page.get_by_label("Item y").evaluate(focused)  # the first part that is open
    page.get_by_role("button", name="A question to choose_one").press("Enter")
    assert page.get_by_label("Option a").evaluate(focused)
    assert violations(page) == []


def test_a_question_that_is_not_on_the_page_is_only_named(page, bridged):
    open_form(page, bridged, "hand_in", "graded-choose_one")  # the second is drawn later
    page.get_by_role("button", name="A question to choose_one").wait_for()
    assert page.locator(".pk-todo li", has_text="A question to plan").is_visible()
    assert page.get_by_role("button", name="A question to plan").count() == 0


def test_a_second_file_is_announced_like_the_first(page, bridged):
    open_form(page, bridged, "hand_in")
    page.get_by_label("Your learner name or number").fill("ada")
    make = page.get_by_role("button", name="Make my hand-in file")
    make.click()
    wait_for_status(page, "Your hand-in file is ready.")
    page.evaluate(
        """() => {
            window.told = [];
            const note = (changes) => told.push(
                ...changes.flatMap((one) => [...one.addedNodes].map((node) => node.textContent)));
            new MutationObserver(note).observe(
                document.querySelector("[role=status]"), { childList: true, subtree: true });
        }"""
    )
    make.click()
    page.wait_for_function("told.includes('Your hand-in file is ready.')")


def test_the_name_of_an_earlier_file_is_not_read_beside_the_next(page, bridged):
    open_form(page, bridged, "hand_in")
    name = page.get_by_label("Your learner name or number")
    make = page.get_by_role("button", name="Make my hand-in file")
    name.fill("Ada L.")
    make.click()
    wait_for_status(page, "The file names you as ada-l.")
    name.fill("grace")
    make.click()
    page.get_by_role("link", name="Download 99_try__grace.json").wait_for()
    wait_for_status(page, "Your hand-in file is ready.")
    assert "ada-l" not in page.get_by_role("status").text_content()


def test_the_hand_in_says_what_is_in_the_file_and_what_to_do_without_a_tutor(page, bridged):
    open_form(page, bridged, "hand_in")
    assert page.get_by_text("No tutor yet? Use any name that you will remember.").is_visible()
    page.get_by_label("Your learner name or number").fill("ada")
    press(page, "Enter")
    page.get_by_text(
        "It holds your answers, when you last changed each one, and your learner name. "
        "Nothing else."
    ).wait_for()


def test_a_hand_in_nobody_heard_says_how_to_start_again(page, bridged):
    open_form(page, bridged, "hand_in")
    bridged.listening = False
    page.get_by_label("Your learner name or number").fill("ada")
    press(page, "Enter")
    alert = page.get_by_role("alert").filter(has_text="no file was made")
    alert.wait_for(timeout=7_000)
    assert "Start the course again (place-kit learn), then reload" in alert.inner_text()
    assert "Kernel" not in alert.inner_text()
