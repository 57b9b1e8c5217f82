"""References in words: the list's entry and the short form."""

import pytest

from place_kit import facts
from place_kit.facts import citations
from place_kit.problems import PlaceKitError


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ([], ""),
        (["telfer-2013"], "(Telfer 2013)"),
        (["telfer-2013", "morse-2013"], "(Telfer 2013; NAO/Morse 2013)"),
        (["hambleton-howard-2012"], "(Hambleton and Howard 2012)"),
        (["fyfe-2011"], "(Fyfe et al. 2011)"),
        (["kember-2008"], "(Kember et al. 2008)"),
        (["community-empowerment-act-2015"], "(Community Empowerment (Scotland) Act 2015)"),
    ],
)
def test_references_are_cited_in_short(ids, expected):
    assert facts.cite(*ids) == expected


def test_an_unknown_reference_names_the_nearest():
    with pytest.raises(
        PlaceKitError, match=r"no reference “telfer-2031”\. Did you mean “telfer-2013”"
    ):
        facts.cite("telfer-2031")


@pytest.mark.parametrize(
    ("id", "text"),
    [
        (
            "arnstein-1969",
            "Arnstein, S. R. (1969) ‘A ladder of citizen participation’, "
            "Journal of the American Institute of Planners, 35(4), pp. 216–224. "
            "https://doi.org/10.1080/01944366908977225",
        ),
        (
            "sssc-codes-2024",
            "Scottish Social Services Council (2024) Codes of Practice for Social Service Workers "
            "and Employers, third edition. Dundee: SSSC.",
        ),
        (
            "community-empowerment-act-2015",
            "Community Empowerment (Scotland) Act 2015 (asp 6). "
            "https://www.legislation.gov.uk/asp/2015/6",
        ),
        (
            "fyfe-2011",
            "Fyfe, A., MacMillan, K., McGregor, T. et al. (2011) "
            "Equally Well test sites: Evaluation.",
        ),
    ],
)
def test_a_reference_is_written_out_in_a_plain_harvard_style(id, text):
    assert facts.load().references[id].text == text


def test_a_chapter_names_its_editor_and_its_book():
    text = facts.load().references["bailey-2012"].text
    assert "’, in Yeakey, C. C. (ed.) Living on the boundaries" in text
    assert text.endswith(", 8, pp. 313–328.")


def test_no_two_works_share_a_short_form():
    forms = [citations.short(each.csl) for each in facts.load().references.values()]
    assert len(forms) == len(set(forms))
