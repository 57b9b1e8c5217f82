"""The PDF says what the page says."""

import re
from html import unescape
from itertools import pairwise

import pytest

from place_kit.documents import Heading, Table, pdf, text
from place_kit.tutor.feedback.as_document import document
from place_kit.tutor.feedback.as_html import render
from place_kit.tutor.feedback.page import Page, Part
from tests.tutor.feedback.test_page import HOSTILE, gather, mark, marked_cell

STATES = [
    {},
    {"text": None},
    {"by_hand": False},
    {"comment": "Returned unmarked: blur it."},
    {"cells": []},
    {"choice": None, "cells": [marked_cell({**mark(), "items": [], "note": "Not answered."})]},
    {"comment": "Well asked.", "points": 5.0},
]


def words(text):
    return re.sub(r"[^\w]+", " ", text).casefold().split()


@pytest.mark.parametrize("state", STATES)
def test_every_sentence_of_the_page_stands_in_the_document(state):
    made = gather(**state)
    body = re.sub(r"<ol class=.steps.*?</ol>", "", render(made).split("<body>")[1], flags=re.DOTALL)
    paragraphs = re.findall(r"<(?:p|dd|dt|li|h1|h3|td|blockquote)\b[^>]*>(.*?)</", body, re.DOTALL)
    said = " ".join(words(text.write(document(made))))
    for paragraph in paragraphs:
        plain = unescape(re.sub(r"<[^>]+>", " ", paragraph))
        if "How to open" not in plain and "save it in the folder" not in plain:
            assert " ".join(words(plain)) in said


def test_headings_go_down_one_step_at_a_time():
    levels = [block.level for block in document(gather()).blocks if isinstance(block, Heading)]
    assert levels[0] == 1
    assert all(then - one <= 1 for one, then in pairwise(levels))


def test_a_plan_is_a_table_in_it_too():
    part = Part("", "Plan", 2, 3, True, rows=(("Ask", "Ada"),), headings=("Action", "Owner"))
    (table,) = [
        block for block in document(Page("Plan", "Ada", (part,))).blocks if isinstance(block, Table)
    ]
    assert (table.headers, table.rows) == (("Action", "Owner"), (("Ask", "Ada"),))


def test_it_is_written_as_pdf_whatever_was_written():
    made = gather(text=HOSTILE, comment=HOSTILE)
    raw = pdf.write(document(made))
    assert raw.startswith(b"%PDF-")
    assert pdf.write(document(made)) == raw
