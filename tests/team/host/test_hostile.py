"""Participants who mean harm: refused or limited, said without personal data, the others go on."""

from __future__ import annotations

import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from place_kit.problems import PlaceKitError
from place_kit.team import entry
from place_kit.team.host import form, pages, server
from place_kit.team.host.limits import Limit, Log
from place_kit.team.host.room import STATE
from tests.team.host.hosting import ANSWERS, OUR_PLACE, Phone, served


@pytest.fixture
def phone(at):
    return Phone(at).join()


def raw(at, sent, timeout=5.0):
    """What the server says to bytes that no browser would send."""
    with socket.create_connection((at.host, at.port), timeout=timeout) as line:
        line.sendall(sent)
        said = b""
        while more := line.recv(65_536):
            said += more
    return said


def said(at, sent):
    """The same; nothing where the server hangs up."""
    try:
        return raw(at, sent)
    except ConnectionError:
        return b""


def goes_on(at):
    """Somebody else can still join and answer."""
    other = Phone(at).join()
    assert "Saved." in other.answer()


# --- answers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"decided": "nonsense"},
        {"decided": "<script>alert(1)</script>"},
        {"willing:me": "6"},
        {"willing:me": "0"},
        {"willing:me": "-1"},
        {"willing:me": "4.0"},
        {"willing:me": "٤"},
        {"willing:me": "9" * 5_000},
        {"willing:everyone": "4"},
        {"salary": "1"},
        {"code": "0" * 20, **ANSWERS},
        {"session": "another", **ANSWERS},
        {"unsaid": "x" * 401, "unsaid:show": "1"},
        {"assets:1:skills": "a second row", "assets:show": "1"},
        {"assets:0:secret": "a field of nothing", "assets:show": "1"},
    ],
    ids=lambda fields: next(iter(fields.items()))[0] + "=" + next(iter(fields.values()))[:12],
)
def test_an_answer_that_does_not_fit_is_refused_and_nothing_is_written(fields, phone, at):
    phone.answer(**fields)
    assert phone.status == 400
    assert "That did not work" in phone.words
    assert "<script>alert" not in phone.words
    assert at.files() == []
    goes_on(at)


def test_a_field_that_stands_twice_is_refused(phone, at):
    body = f"_xsrf={phone.secret}&round=1&decided=told&decided=asked".replace("|", "%7C")
    phone.ask("/answer", body.encode())
    assert phone.status == 400
    assert at.files() == []


def test_a_body_that_is_too_large_is_refused_before_it_is_read(phone, at):
    said = raw(
        at,
        b"POST /answer HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 10000000\r\n\r\n"
        % at.port,
    )
    assert b" 400 " in said.splitlines()[0]
    assert at.files() == []
    goes_on(at)


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)) + b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"x" * 20_000 + b"\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n",
    ],
    ids=["tls", "no path", "two hosts", "long header", "two lengths"],
)
def test_what_is_no_request_is_dropped(sent, at):
    assert b"200" not in raw(at, sent).splitlines()[:1]
    assert "a request that cannot be read: 1" in at.parts()["refused"]
    goes_on(at)


def test_a_forged_or_changed_participant_is_nobody(phone, at):
    good = phone.cookies["place-kit-team"]
    for forged in ("0" * 20, good[:-1] + ("0" if good[-1] != "0" else "1"), "2|1:0|x|x|x|x"):
        phone.cookies["place-kit-team"] = forged
        phone.ask("/answer", {"round": "1", **ANSWERS})
        assert phone.status == 403
    phone.cookies["place-kit-team"] = good
    assert "Saved." in phone.answer()
    assert len(at.files()) == 1


def test_markup_in_a_text_stays_text(at):
    bad = "<img src=x onerror=alert(1)>"
    for other in at.phones(5):
        said = other.answer(**ANSWERS, unsaid=bad, unsaid__show="1")
        assert bad not in said
        assert "&lt;img" in said
    for shown in (at.show(), at.see("wall"), at.desk()):
        assert bad not in shown
        assert "&lt;img" in shown


# --- other sites, other names, other addresses -------------------------------------------------


def test_a_page_of_another_site_cannot_answer(phone, at):
    fields = {"round": "1", **ANSWERS}
    phone.ask("/answer", fields, Origin="http://evil.example")
    assert phone.status == 403
    phone.ask("/answer", fields, Origin="null")
    assert phone.status == 403
    phone.ask("/answer", b"round=1&decided=told")  # without the secret field
    assert phone.status == 403
    phone.ask("/answer", b'{"round": 1}', Content_Type="application/json")
    assert phone.status == 403
    assert at.files() == []
    assert "Access-Control-Allow-Origin" not in phone.headers


@pytest.mark.parametrize(
    "name", ["evil.example", "evil.example:{port}", "127.0.0.1", "[::1]:{port}"]
)
def test_another_host_name_is_refused_so_a_rebound_one_reads_nothing(name, at):
    phone = Phone(at)
    phone.ask("/", Host=name.format(port=at.port))
    assert phone.status == 421
    phone.ask(at.desk_path, Host=name.format(port=at.port))
    assert phone.status == 421
    assert at.kept["code"] not in phone.words


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/.team-host/session.json",
        "/.team-host/session.json",
        "/static/../room.py",
        "/static/page.css",
        "/answer/..",
        "/desk",
        "/desk/",
        "/desk/" + "a" * 32,
        "/desk/" + "a" * 32 + "/parts",
        "//etc/passwd",
        "/\\..\\",
        "/answer%00",
        "/favicon.ico",
    ],
)
def test_nothing_else_on_the_laptop_is_reachable(path, at):
    said = raw(
        at,
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{at.port}\r\nConnection: close\r\n\r\n".encode(),
    )
    assert said.startswith((b"HTTP/1.1 404", b"HTTP/1.1 400"))
    assert at.kept["code"].encode() not in said


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"])
def test_other_methods_are_refused(method, phone, at):
    phone.ask("/answer", method=method)
    assert phone.status in (400, 403, 405)
    goes_on(at)


def test_the_desk_is_not_there_for_the_network(tmp_path):
    try:
        socket.create_server(("127.0.0.2", 0)).close()
    except OSError:
        pytest.skip("this system has no second address of its own")
    with served(tmp_path / "team", outside="127.0.0.2") as at:
        assert "Open round 1" in at.desk()
        outside = Phone(at)
        outside.ask(at.desk_path)
        assert outside.status == 404
        outside.ask(at.desk_path, Host=f"127.0.0.1:{at.port}")
        assert outside.status == 421
        at.desk("open1")
        goes_on(at)


# --- too much, too often, too slow -------------------------------------------------------------


def test_a_code_guessed_at_is_soon_refused_even_when_it_is_right_and_the_others_go_on(phone, at):
    guesser = Phone(at)
    guesser.ask("/")
    for number in range(12):
        guesser.ask("/", {"code": f"AAAA{number:04}"})
    assert guesser.status == 429
    guesser.ask("/", {"code": at.kept["code"]})
    assert guesser.status == 429
    assert "Saved." in phone.answer()


def test_a_thousand_requests_a_second_are_limited_and_thirty_others_go_on(at, capsys):
    phones = at.phones(30)
    one = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{at.port}\r\n"
    request = (f"{one}\r\n" * 4 + f"{one}Connection: close\r\n\r\n").encode()

    def flood(_):
        return said(at, request).count(b"HTTP/1.1 200")

    with ThreadPoolExecutor(16) as attackers:
        flooding = [attackers.submit(flood, number) for number in range(1_000)]
        times = []
        for phone in phones:
            begun = time.monotonic()
            assert "Saved." in phone.answer()
            times.append(time.monotonic() - begun)
        served_to_them = sum(each.result() for each in flooding)
    assert served_to_them < 2_000  # of five thousand
    assert max(times) < 3
    log = capsys.readouterr().out
    assert 1 <= log.count("too many requests from one place") < 5


def test_one_phone_that_saves_without_end_is_slowed_and_the_others_go_on(phone, at):
    statuses = []
    for _ in range(60):
        phone.answer()
        statuses.append(phone.status)
    assert statuses.count(429) > 10
    assert len(at.files()) == 1
    goes_on(at)


def test_slow_clients_are_cut_off(tmp_path, monkeypatch):
    monkeypatch.setattr(server, "SLOW", 0.3)
    with served(tmp_path / "team") as at:
        begun = time.monotonic()
        head = b"POST /answer HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n" % at.port
        raw(at, head)
        raw(at, head + b"Content-Length: 100\r\n\r\nround=")
        assert time.monotonic() - begun < 4


def test_one_address_cannot_hold_every_connection(at, monkeypatch):
    lines = []
    try:
        for _ in range(server.MOST_FROM_ONE + 20):
            lines.append(socket.create_connection((at.host, at.port), timeout=5))
        time.sleep(0.3)
        assert said(at, b"GET / HTTP/1.0\r\n\r\n") == b""  # closed at once
    finally:
        for line in lines:
            line.close()
    time.sleep(0.2)
    goes_on(at)


def test_more_answers_than_a_room_holds_are_not_kept(at, monkeypatch):
    monkeypatch.setattr("place_kit.team.host.room.MOST", 2)
    phones = at.phones(3)
    for each in phones:
        each.answer()
    assert phones[2].status == 400
    assert len(at.files()) == 2
    assert "Saved." in phones[0].answer(decided="told")


def test_a_disk_that_takes_nothing_is_said_and_the_session_goes_on(phone, at, monkeypatch):
    from place_kit.team.host import room

    def full(path, raw):
        raise PlaceKitError("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(room, "write_whole", full)
        assert "could not save" in phone.answer()
        assert phone.status == 500
    assert "Saved." in phone.answer()


def test_nothing_said_or_kept_holds_an_address_a_code_or_a_word_of_anyone(
    phone, at, capsys, caplog
):
    phone.answer(**ANSWERS, unsaid="My own words", unsaid__show="1")
    phone.answer(decided="My own nonsense")
    phone.ask("/My-own-path")
    raw(at, b"NONSENSE My-own-line\r\n\r\n")
    stranger = Phone(at)
    stranger.ask("/", {"code": "MYOWNGUESS"})
    code = entry.parse(at.files()[0].read_bytes(), OUR_PLACE).code
    said = capsys.readouterr()
    log = said.out.partition("Refused")[2] + said.err + caplog.text
    assert "an address that is not there" in log
    for trace in ("My", "MYOWN", code, "127.0.0.1", "nonsense"):
        assert trace not in log
    assert not re.search(r"\d+\.\d+\.\d+\.\d+", (at.folder / STATE).read_text())


# --- the parts ----------------------------------------------------------------------------------


def test_a_limit_lets_a_burst_through_then_a_trickle_and_knows_callers_apart():
    now = 0.0
    limit = Limit(3, 0.5, clock=lambda: now)
    assert [limit.allows("a") for _ in range(5)] == [True, True, True, False, False]
    assert limit.allows("b")
    now = 2.0
    assert [limit.allows("a") for _ in range(2)] == [True, False]
    now = 1_000.0
    assert limit.left("a") == 3


def test_the_log_says_a_thing_at_once_and_then_only_now_and_then():
    now, said = 0.0, []
    log = Log(said.append, pause=10, clock=lambda: now)
    for _ in range(1_000):
        log.refuse("a thing")
    log.refuse("another")
    now = 11.0
    log.refuse("a thing")
    assert said == [
        "Refused: a thing. The session goes on.",
        "Refused: another. The session goes on.",
        "Refused: a thing (1000 times). The session goes on.",
    ]
    assert log.refused == {"a thing": 1_001, "another": 1}


names = [
    *ANSWERS,
    "unsaid", "unsaid:show", "assets:0:skills", "assets:show", "assets:9:skills", "place", "x",
]  # fmt: skip
texts = st.sampled_from(["", "1", "4", "asked", "told", "9"]) | st.text(max_size=450)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(names), st.lists(texts, min_size=1, max_size=2)))
def test_whatever_a_form_holds_is_a_team_file_or_is_refused_in_words(fields):
    try:
        posted = form.read(OUR_PLACE, 1, fields)
        if posted.answers:
            raw = entry.make(OUR_PLACE, 1, entry.new_code(), posted.answers, posted.show)
            assert set(entry.parse(raw, OUR_PLACE).answers) == set(posted.answers)
    except PlaceKitError:
        return
    assert set(posted.answers).isdisjoint(posted.unticked)


def test_every_script_and_style_of_a_page_is_one_the_policy_names():
    assert "unsafe-inline" not in pages.policy().partition("style-src")[0]
    assert "'none'" in pages.policy().partition(";")[0]
