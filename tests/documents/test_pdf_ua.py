"""Our PDF files keep to PDF/UA-1: veraPDF, with all of its rules, says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from place_kit.documents import Document, Paragraph, pdf
from tests.documents.making import EVERYTHING
from tests.documents.verapdf import Verdict, needs_java, validate

pytestmark = needs_java


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    """What veraPDF says of a rich file, of a bare one, and of one that was broken on purpose."""
    folder: Path = tmp_path_factory.mktemp("pdf")
    rich = pdf.write(EVERYTHING)
    files = {
        "rich": rich,
        "bare": pdf.write(Document("漢字", (Paragraph(""),), lang="gd")),
        "broken": rich.replace(b"/StructTreeRoot", b"/StructTreeRxxt").replace(b"/Lang", b"/Lxng"),
    }
    assert files["broken"] != rich
    for name, raw in files.items():
        (folder / f"{name}.pdf").write_bytes(raw)
    return dict(zip(files, validate(*(folder / f"{name}.pdf" for name in files)), strict=True))


@pytest.mark.parametrize("name", ["rich", "bare"])
def test_a_pdf_breaks_no_rule_of_pdf_ua(verdicts, name):
    assert verdicts[name].rules == 106
    assert verdicts[name].checks > 100
    assert verdicts[name].failed == ()


def test_the_validator_sees_a_file_without_structure_and_language(verdicts):
    failed = " ".join(verdicts["broken"].failed)
    assert "StructTreeRoot" in failed
    assert "Natural language" in failed
