"""The facts themselves: what the booklet reports, and every trap it sets for an author."""

import json
import tomllib
from pathlib import Path

import pytest

from place_kit import facts
from place_kit.facts.model import CLAIM_KINDS, Claim

FACTS = facts.load()


def claim(id: str) -> Claim:
    return next(each for each in FACTS.claims() if each.id == id)


def figures(id: str) -> dict[str, float]:
    return {figure.id: figure.value for figure in claim(id).figures}


def test_there_are_five_cases_in_the_order_of_the_booklet():
    assert list(FACTS.cases) == [
        "bradford",
        "total_place",
        "altogether_better",
        "healthier_happier",
        "equally_well",
    ]


@pytest.mark.parametrize("case", FACTS.cases.values(), ids=lambda case: case.id)
def test_every_cell_of_the_evidence_grid_has_a_claim_with_a_source(case):
    for kind in CLAIM_KINDS:
        assert case.claims_of(kind), kind
    assert all(each.references and each.case == case.id for each in case.claims)


def test_ten_of_thirteen_pilots_were_evaluated_and_seven_of_those_ten_lacked_robust_evidence():
    evaluated, lacking = claim("total_place_outcomes").figures
    assert (evaluated.value, evaluated.of) == (10, "13 pilots")
    assert (lacking.value, lacking.of) == (7, "the 10 pilots evaluated")
    assert claim("total_place_outcomes").finding == "unclear"
    assert "does not prove that nothing improved" in claim("total_place_outcomes").note
    assert "seven_of_ten" in corrections_of("total_place")


def test_total_place_brought_in_its_local_bodies():
    assert list(figures("total_place_scale").values()) == [13, 63, 34, 13]
    assert FACTS.cases["total_place"].achieved == ()


def test_the_three_percentages_of_equally_well_stand_apart_and_only_the_first_has_a_base():
    percentages = [
        figure
        for each in FACTS.cases["equally_well"].claims
        for figure in each.figures
        if figure.unit == "percent"
    ]
    assert [(figure.value, figure.of) for figure in percentages] == [
        (40, "stakeholders"),
        (6, ""),
        (3, ""),
    ]
    holders = [each for each in FACTS.claims() if set(each.figures) & set(percentages)]
    assert len(holders) == 3
    assert {each.certainty for each in holders} == {"booklet"}


def test_counts_of_organisations_communities_and_projects_are_activity_never_outcome():
    connected = claim("healthier_happier_connected")
    assert list(figures(connected.id).values()) == [74, 8, 9]
    assert (connected.kind, connected.finding) == ("activity", "early")
    (outcome,) = FACTS.cases["healthier_happier"].claims_of("outcome")
    assert outcome.finding == "not_reported"


def test_west_cheshire_reports_savings_without_figures_and_no_outcome():
    savings = claim("altogether_better_savings")
    assert (savings.finding, savings.figures) == ("reported", ())
    assert claim("altogether_better_outcome").finding == "not_reported"
    assert FACTS.cases["altogether_better"].place == "West Cheshire, England"


def test_bradford_is_cited_to_telfer_and_never_to_grint():
    bradford = FACTS.cases["bradford"]
    cited = set(bradford.references).union(*(each.references for each in bradford.claims))
    assert "telfer-2013" in cited
    assert not any(reference.startswith("grint") for reference in cited)


def test_equally_well_is_cited_to_its_evaluation_and_never_to_scvo():
    case = FACTS.cases["equally_well"]
    cited = set(case.references).union(*(each.references for each in case.claims))
    assert "fyfe-2011" in cited
    assert cited.isdisjoint({"scvo-2015", "white-currie-2015"})


def test_the_eight_sites_are_listed_and_rattray_is_spelled_right():
    sites = [entry.title for entry in FACTS.frameworks["equally_well_sites"].entries]
    assert len(sites) == 8
    assert "Perth and Kinross (Rattray)" in sites


def corrections_of(case: str) -> list[str]:
    return [each.id for each in FACTS.corrections.values() if case in each.cases]


@pytest.mark.parametrize(
    ("case", "ids"),
    [
        ("bradford", ["bradford_reference", "two_bradfords"]),
        (
            "total_place",
            ["seven_of_ten", "cost_as_key_aim", "two_bradfords", "total_place_sponsor"],
        ),
        (
            "altogether_better",
            ["cost_as_key_aim", "west_cheshire", "two_altogether_betters", "conflicting_forecasts"],
        ),
        ("healthier_happier", ["counts_are_activity", "healthier_and_happier"]),
        (
            "equally_well",
            [
                "three_percentages",
                "equally_well_reference",
                "footnote_one",
                "rattray",
                "four_million",
            ],
        ),
    ],
)
def test_the_traps_of_a_case_are_told_with_the_case(case, ids):
    assert set(ids) <= set(corrections_of(case))


def test_inferences_are_marked_as_unconfirmed():
    for id in ("rotated_principles", "total_place_sponsor", "west_cheshire_reference"):
        assert FACTS.corrections[id].certainty == "unconfirmed"


def test_principles_stand_as_printed_and_the_three_rotated_ones_say_so():
    principles = sorted(FACTS.principles.values(), key=lambda each: each.number)
    assert [each.heading for each in principles] == [
        "Partnership approach",
        "Central control",
        "Community engagement",
        "Local flexibility",
        "Long-term commitment",
    ]
    assert [bool(each.note) for each in principles] == [False, True, True, True, False]
    assert all("our inference" in each.note for each in principles if each.note)
    assert "not central control" in principles[1].note


def test_there_are_five_pitfalls_with_a_remedy_and_seven_questions_with_a_module():
    assert [each.number for each in FACTS.pitfalls.values()] == [1, 2, 3, 4, 5]
    assert all(each.remedy for each in FACTS.pitfalls.values())
    assert [each.number for each in FACTS.reflective_questions.values()] == list(range(1, 8))
    assert FACTS.reflective_questions["q2"].module == "03_cases"


@pytest.mark.parametrize(
    ("id", "parts"),
    [
        ("arnstein", 8),
        ("contribution_analysis", 6),
        ("national_standards", 7),
        ("christie", 4),
        ("equally_well_preconditions", 5),
        ("reflection_rubric", 4),
        ("asset_types", 6),
    ],
)
def test_frameworks_have_all_their_parts(id, parts):
    assert len(FACTS.frameworks[id].entries) == parts


def test_arnsteins_rungs_stand_in_their_three_groups():
    groups = [entry.group for entry in FACTS.frameworks["arnstein"].entries]
    assert groups == ["Non-participation"] * 2 + ["Tokenism"] * 3 + ["Citizen power"] * 3


def test_the_sssc_is_never_said_to_endorse_the_course():
    assert FACTS.frameworks["sssc_cpl"].note == "The SSSC has not endorsed this course."


def test_the_booklets_eighteen_references_are_numbered_and_corrected():
    numbered = {each.number: each for each in FACTS.references.values() if each.number}
    assert sorted(numbered) == list(range(1, 19))
    assert "29(4–5)" in numbered[1].text
    assert "Leadership Centre for Local Government" in numbered[4].text
    assert "doing things differently" in numbered[4].text
    assert "Wisener" in numbered[17].text
    assert numbered[5].id == "telfer-2013"
    for number in (1, 2, 4, 5, 12, 17):
        assert numbered[number].note, f"reference {number} does not say what was corrected"


def test_no_short_link_and_no_misprint_is_repeated_as_a_fact():
    assert not any("goo.gl" in each.text for each in FACTS.references.values())
    facts_alone = json.dumps([repr(case) for case in FACTS.cases.values()])
    for misprint in ("Ratray", "Wilsener", "Greater Manchester"):
        assert misprint not in facts_alone


def test_the_act_came_after_the_booklet_and_community_planning_is_spoken_of_kindly():
    assert "24 July 2015" in FACTS.frameworks["community_empowerment_act"].text
    today = FACTS.arguments["community_planning_today"]
    assert (today.certainty, "respect" in today.text) == ("public", True)


def test_the_glossary_explains_the_words_of_the_course():
    terms = {each.term for each in FACTS.glossary.values()}
    assert len(terms) >= 30
    assert {"Asset", "Outcome", "Tokenism", "Robust evidence", "Third sector", "CPL"} <= terms


def test_what_was_found_only_in_the_booklet_says_so():
    for id in ("total_place_outcomes", "healthier_happier_connected", "equally_well_sites_funded"):
        assert claim(id).certainty == "booklet"


def test_the_syllabus_and_the_questions_name_the_same_modules():
    root = Path(__file__).parents[2]
    syllabus = facts.read_syllabus(root / "course" / "modules.toml")
    content = root / "place_kit" / "content" / "reflective_questions.toml"
    assert [module.id for module in syllabus] == tomllib.loads(content.read_text("utf-8"))[
        "modules"
    ]
    for question in FACTS.reflective_questions.values():
        (module,) = (each for each in syllabus if each.id == question.module)
        assert question.id in module.questions
