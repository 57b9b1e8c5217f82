"""What is kept of a learner: the real files of their folder, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from place_kit.answers.inventory import Kept
from place_kit.facts.edition import DESKTOP, Edition
from place_kit.facts.keeping import Heap
from place_kit.show._html import EMPTY, details, join, pairs, tag
from place_kit.show.card import Card, Table


def kept(
    heaps: tuple[Heap, ...],
    found: Mapping[str, Kept] | None,
    folder: str = "",
    *,
    edition: Edition = DESKTOP,
) -> Card:
    """List the kinds of things that are kept, with what there is of each now.

    Parameters
    ----------
    heaps
        The kinds, in words.
    found
        How much there is of each; None outside a learner's folder.
    folder
        The learner's folder.
    edition
        Where all of it is.
    """
    heaps = tuple(each for each in heaps if edition.paths or not each.installed)
    if found is None:
        takeaway = "Open this page in your course folder to see your own files."
    else:
        many, size = (sum(parts) for parts in zip(*map(_parts, found.values()), strict=True))
        takeaway = f"There are {many} files in {edition.where}, {in_words(size)} in all."
    columns = ("What", "Files", "Size", "Kept")
    here = [each for each in heaps if found and each.id in found]
    rows = tuple((each.name, *_counted((found or {})[each.id]), each.until) for each in here)
    none = [each.name for each in heaps if found is not None and each not in here]
    where = tag("p", edition.about.format(folder=folder)) if folder else EMPTY
    table = Table(f"What is in {edition.where} now", columns, rows).html() if rows else EMPTY
    lacking = tag("p", f"Nothing yet of these: {'; '.join(none)}.") if none else EMPTY
    about = pairs((each.name, _about(each, edition)) for each in heaps)
    folded = details("What each of these is", about) if rows else tag("div", about)
    return Card(
        title="What is kept, and where",
        takeaway=takeaway,
        body=join((where, table, lacking, tag("div", folded, class_="pk-part"))),
    )


def in_words(size: int) -> str:
    """A size as people say it."""
    if size < 1_000:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{round(size / 1_000)} kB"
    return f"{size / 1_000_000:.1f} MB"


def _about(heap: Heap, edition: Edition) -> str:
    return f"{heap.what} Where: {heap.where}." if edition.paths else heap.what


def _parts(one: Kept) -> tuple[int, int]:
    return one.files, one.size


def _counted(one: Kept) -> tuple[str, str]:
    return str(one.files), in_words(one.size)
