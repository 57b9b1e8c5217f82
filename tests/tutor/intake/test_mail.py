import mailbox
from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit.tutor.files import NotPlainError
from place_kit.tutor.intake import arrivals, mail, taking
from tests.tutor.course import hand_in
from tests.tutor.intake.test_arrivals import zipped
from tests.tutor.mails import e_mail


def read(inbox):
    return [(one.source, one.raw, one.problem) for one in arrivals.read(inbox)]


def test_what_is_attached_to_an_e_mail_is_read(inbox):
    (inbox / "a.eml").write_bytes(e_mail(("03_cases__ada.l.json", b"{}")).as_bytes())
    (one,) = arrivals.read(inbox)
    assert (one.source, one.raw) == ("a.eml > 03_cases__ada.l.json", b"{}")
    assert (one.time.hour, one.time.minute, one.time_by) == (9, 30, "the mail server")


def test_a_name_in_other_letters_and_a_path_are_only_a_name():
    message = e_mail(("Żółć/../x.json", b"{}"))
    (one,) = mail.opened(message.as_bytes()).attachments
    assert one.name == "x.json"


def test_an_e_mail_forwarded_in_an_e_mail_is_opened_one_step_down(inbox):
    inner = e_mail(("deep.json", b"{}"))
    middle = e_mail(inner, ("middle.json", b"{}"))
    (inbox / "a.eml").write_bytes(e_mail(middle).as_bytes())
    found = {source: problem for source, _, problem in read(inbox)}
    assert found["a.eml > middle.json"] == ""
    assert "in an e-mail in an e-mail" in found["a.eml > message"]
    assert not any("deep.json" in name for name in found)


def test_an_e_mail_saved_as_a_file_and_sent_along_cannot_say_when_it_came(inbox):
    forged = e_mail(("a.json", b"{}"), received="x; Mon, 01 Jan 2024 00:00:00 +0000")
    (inbox / "a.eml").write_bytes(e_mail(("forged.eml", forged.as_bytes())).as_bytes())
    (one,) = arrivals.read(inbox)
    assert one.source == "a.eml > forged.eml > a.json"
    assert one.time.year == 2026


def test_a_mailbox_folder_gives_its_attachments_and_counts_the_rest(inbox):
    box = mailbox.Maildir(inbox / "Inbox")
    box.add(e_mail(("a.json", b"{}")))
    box.add(e_mail())
    box.add(e_mail(("all.zip", zipped({"b.json": b"[]"}))))
    found = read(inbox)
    assert sorted(raw for _, raw, problem in found if not problem)[-2:] == [b"[]", b"{}"]
    assert found[-1] == ("Inbox", b"", "1 e-mail in it has nothing attached")


@pytest.mark.parametrize("name", ["Inbox", "export.mbox"])
def test_a_mailbox_in_one_file_is_read_and_left_as_it_was(inbox, name):
    box = mailbox.mbox(inbox / name)
    for number in range(3):
        box.add(e_mail((f"{number}.json", b"{}")))
    box.close()
    before = (inbox / name).read_bytes()
    sources = [source for source, _, _ in read(inbox)]
    assert sources == [f"{name} > message {n + 1} > {n}.json" for n in range(3)]
    assert (inbox / name).read_bytes() == before


def test_nothing_of_an_e_mail_is_kept_but_its_attachments(marking, inbox):
    (inbox / "a.eml").write_bytes(e_mail(("a.json", hand_in())).as_bytes())
    (one,) = taking.collect(inbox, marking.root)
    assert one.outcome == "taken"
    assert "it came at 2026-11-20 09:30 UTC, says the mail server" in one.reason
    for path in marking.root.rglob("*"):
        if path.is_file():
            assert b"private text" not in path.read_bytes()
            assert b"secret subject" not in path.read_bytes()


def test_an_e_mail_with_nothing_attached_is_told(inbox):
    (inbox / "a.eml").write_bytes(e_mail().as_bytes())
    ((_, _, problem),) = read(inbox)
    assert "nothing is attached" in problem


def test_too_many_parts_and_too_many_lines_have_an_end():
    message = e_mail(*((f"{n}.json", b"{}") for n in range(250)))
    found = mail.opened(message.as_bytes()).attachments
    assert len(found) <= mail.MAX_PARTS
    assert "more than 200 parts" in found[-1].problem
    with pytest.raises(NotPlainError, match="lines"):
        mail.opened(b"\n" * (2 * mail.MAX_LINES + 1))


def nested(depth):
    heads = [
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n'.encode() for n in range(depth)
    ]
    return b"".join(heads)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0" * 1000,
        nested(3_000),
        b"Content-Type: multipart/mixed\n\n--\n",
        b'Content-Type: application/json; name="=?utf-8?q?=FF=FE?="\n\n{}',
        b"Content-Type: application/json; name*0*=x''%ff; name*1*=%00; name*99999999=a\n\n{}",
        b"Content-Type: application/json\nContent-Transfer-Encoding: base64\n\n!!!!",
        b"Content-Type: application/json\nContent-Transfer-Encoding: uuencode\n\nbegin\nx",
        b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nAAAA",
        b"Received: x; Fri, 99 Nov 99999 99:99:99 +9999\n\nx",
    ],
)
def test_hostile_mime_is_read_or_refused_in_words(raw):
    with suppress(NotPlainError):
        mail.opened(raw)


@given(st.binary(max_size=400), st.binary(max_size=100))
def test_any_bytes_are_read_or_refused_in_words(head, body):
    with suppress(NotPlainError):
        mail.opened(b"Content-Type: multipart/mixed; boundary=x\n" + head + b"\n\n--x\n" + body)


def test_a_picture_in_a_signature_is_passed_over():
    message = EmailMessage()
    message.set_content("x")
    message.add_related(b"png", "image", "png", cid="<1>", filename="logo.png")
    assert mail.opened(message.as_bytes()).attachments == ()
