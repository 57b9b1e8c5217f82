"""The reader's journal: every text in one place, to search and to take away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from place_kit.answers import progress
from place_kit.answers.written import Written, as_markdown, as_text, written
from place_kit.ask import _front
from place_kit.show import diary
from place_kit.show.card import Card
from place_kit.show.lookup import in_words

if TYPE_CHECKING:
    from place_kit.explore._diary import Diary

#: What stands in the notebook's own file: a text is kept in one place, and not there too.
PRINTED = Card(title="", takeaway="Open this page in the course to read your journal.")


def journal() -> Diary | Card:
    """Show all that the reader wrote, with a search box and files to download.

    Where no front end is, it is printed in full.
    """
    return in_words(_journal)()


def page(found: Sequence[Written], today: date) -> dict[str, Any]:
    """Return what the page shows: its HTML, safe to put in, and its files."""
    if not found:
        return {"html": "", "nothing": diary.NOTHING, "files": []}
    return {
        "html": str(diary.texts(found)),
        "nothing": "",
        "files": [
            {
                "label": label,
                "name": f"my-journal-{today.isoformat()}.{ending}",
                "type": f"text/{kind};charset=utf-8",
                "content": write(found, today),
            }
            for label, ending, kind, write in (
                ("Download as plain text", "txt", "plain", as_text),
                ("Download as Markdown", "md", "markdown", as_markdown),
            )
        ],
    }


def _journal() -> Diary | Card:
    found = written(*progress.around(Path()))
    if not _front.is_live():
        return diary.diary(found)
    from place_kit.explore._diary import Diary

    return Diary(page(found, date.today()), PRINTED)
