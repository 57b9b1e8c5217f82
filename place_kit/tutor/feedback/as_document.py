"""A feedback page as a document, for the PDF: the same words, in the same order."""

from __future__ import annotations

from collections.abc import Iterator

from place_kit.documents import (
    Block,
    BulletList,
    Document,
    Facts,
    Heading,
    Paragraph,
    Quote,
    Run,
    Table,
)
from place_kit.marking import Mark, MarkedItem
from place_kit.tutor.feedback import telling
from place_kit.tutor.feedback.page import Page, Part
from place_kit.tutor.feedback.rubric import LEVELS


def document(page: Page) -> Document:
    """Turn a page into a document."""
    blocks = (
        *_where_you_are(page),
        *_in_short(page),
        Heading(1, "Question by question"),
        *_questions(page),
        *_how_to_open(page),
        *_terms(page),
    )
    return Document(
        title=f"Feedback on {page.title}",
        subtitle=f"For {page.learner}",
        blocks=blocks,
        footer=(telling.CLOSING,),
    )


def _where_you_are(page: Page) -> Iterator[Block]:
    yield Heading(1, "Where you are")
    yield Paragraph((Run(telling.total(page), strong=True),))
    if page.verdict:
        yield Paragraph((Run(page.verdict.words, strong=True),))
    for sentence, _ in telling.standing(page):
        yield Paragraph(sentence)
    yield Facts(telling.sums(page))


def _in_short(page: Page) -> Iterator[Block]:
    if page.strong:
        yield Heading(1, "What you did well")
        yield BulletList(tuple(page.name_of(part) for part in page.strong))
    if page.to_revisit:
        yield Heading(1, "Worth going back to")
        yield BulletList(
            tuple(
                f"{page.name_of(part)} – in the module, {telling.under(part)}"
                if page.module and part.revisit
                else page.name_of(part)
                for part in page.to_revisit
            )
        )
        if page.module:
            yield Paragraph(f"You find this in {telling.module(page)}.")


def _questions(page: Page) -> Iterator[Block]:
    section = ""
    for part in page.parts:
        if part.section and part.section != section:
            yield Heading(2, part.section)
        section = part.section
        yield Heading(3 if section else 2, part.prompt)
        yield from _part(page, part)


def _part(page: Page, part: Part) -> Iterator[Block]:
    yield Paragraph((Run(telling.got(part), strong=True),))
    if part.mark:
        yield from _mark(part.mark)
    advice = telling.advice(page, part)
    if advice.happened:
        yield Paragraph(advice.happened)
    if advice.to_do:
        yield Paragraph((Run("What to do: ", strong=True), Run(advice.to_do)))
    if advice.steps:
        yield BulletList(advice.steps)
    if part.set_by_tutor:
        yield Paragraph(telling.SET_BY_TUTOR)
    if part.by_rubric and part.state != "returned":
        yield from _written(part)
    if part.comment:
        yield Paragraph((Run("From your tutor:", strong=True),))
        yield Quote(part.comment)
    if again := telling.again(page, part):
        yield Paragraph(again)


def _mark(mark: Mark) -> Iterator[Block]:
    if mark.note:
        yield Paragraph(mark.note)
    if len(mark.items) == 1:
        (item,) = mark.items
        yield Paragraph(f"{item.label}: {item.given or 'no answer'}")
        yield Paragraph(_result(item))
    elif mark.items:
        rows = tuple((one.label, one.given or "No answer", _result(one)) for one in mark.items)
        yield Table(("Part", "You answered", "Result"), rows, "Your answers, and why")


def _result(item: MarkedItem) -> tuple[Run, ...]:
    return (Run(item.verdict, strong=True), Run(f". {item.reason}" if item.reason else "."))


def _written(part: Part) -> Iterator[Block]:
    if part.rows:
        yield Table(part.headings, part.rows, "What you planned")
    elif part.text:
        yield Paragraph("You wrote:")
        yield Quote(part.text)
    else:
        yield Paragraph(telling.NOTHING_WRITTEN)
    if part.level and part.answered:
        level = part.level
        name = f"Level {level.number} of {len(LEVELS) - 1}: {level.name}. "
        yield Paragraph((Run(name, strong=True), Run(level.text)))
        yield Paragraph((Run("A next step: ", strong=True), Run(level.next_step)))


def _how_to_open(page: Page) -> Iterator[Block]:
    if page.to_revisit and page.module:
        yield Heading(1, "How to open the module")
        yield BulletList(telling.how_to_open(page))


def _terms(page: Page) -> Iterator[Block]:
    if page.terms:
        yield Heading(1, "What you can expect")
        yield Facts(page.terms)
