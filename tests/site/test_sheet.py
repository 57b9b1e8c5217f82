"""The sheet for those who must approve the browser edition: two pages, and all they ask."""

from __future__ import annotations

from pathlib import Path

import mistune
import pypdfium2
import pytest

SHEET = Path(__file__).parents[2] / "docs" / "information-governance.md"
PRINTED = """<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Sheet</title><style>
body { font: 10pt/1.35 sans-serif } table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #888; padding: 3px 6px; text-align: left; vertical-align: top }
h1 { font-size: 16pt } h2 { font-size: 12.5pt; margin: 12pt 0 4pt } p { margin: 4pt 0 }
</style>"""


@pytest.mark.browser
@pytest.mark.slow
def test_the_sheet_is_two_pages_when_it_is_printed(browser):
    page = browser.new_page()
    text = SHEET.read_text(encoding="utf-8")
    page.set_content(PRINTED + str(mistune.create_markdown(plugins=["table"])(text)))
    margin = dict.fromkeys(("top", "bottom", "left", "right"), "15mm")
    printed = pypdfium2.PdfDocument(page.pdf(format="A4", margin=margin))
    page.close()
    assert len(printed) <= 2


@pytest.mark.parametrize(
    "named",
    [
        "What is installed",
        "Addresses it uses",
        "## What data there is",
        "controller",
        "## Data protection screening",
        "## Privacy notice",
    ],
)
def test_the_sheet_says_what_they_ask(named):
    assert named in SHEET.read_text(encoding="utf-8")
