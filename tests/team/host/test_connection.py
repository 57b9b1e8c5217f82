"""The connection test, and what the command says of where phones find it."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from place_kit import cli
from place_kit.problems import PlaceKitError
from place_kit.team import host
from place_kit.team.host import network
from place_kit.team.host.room import LOCK
from tests.team.host.hosting import free_port, served

SECOND = "127.0.0.2"


@pytest.fixture
def second():
    try:
        socket.create_server((SECOND, 0)).close()
    except OSError:
        pytest.skip("this system has no second address of its own")
    return SECOND


def ask_soon(address, port):
    def ask():
        for _ in range(50):
            try:
                with socket.create_connection((address, port), timeout=2) as line:
                    line.sendall(f"GET / HTTP/1.0\r\nHost: {address}:{port}\r\n\r\n".encode())
                    return line.recv(100)
            except OSError:
                time.sleep(0.05)

    threading.Thread(target=ask).start()


def tried(address, port, seconds):
    """The connection test, in a thread: a browser's loop may run in this one."""
    with ThreadPoolExecutor(1) as apart:
        found = apart.submit(lambda: asyncio.run(host._test(address, port, False, seconds)))
        return found.result()


def test_a_phone_that_comes_through_is_said(second, capsys):
    port = free_port(second)
    ask_soon(second, port)  # as from another machine: its address is not the laptop's
    assert tried(second, port, 20) == 0
    assert "It works" in capsys.readouterr().out


def test_the_laptop_reaching_itself_proves_nothing_and_cards_are_the_way_on(capsys):
    port = free_port(network.HERE)
    ask_soon(network.HERE, port)
    assert tried(network.HERE, port, 0.6) == 1
    said = capsys.readouterr().out
    assert "No phone came through" in said
    assert "paper cards" in said


def test_without_a_network_the_way_out_is_said(monkeypatch):
    def nowhere(self, address):
        raise OSError

    monkeypatch.setattr(socket.socket, "connect", nowhere)
    with pytest.raises(PlaceKitError, match="in no network"):
        network.local_address()


def test_unless_told_otherwise_it_answers_this_computer_alone(at, second, capsys):
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((second, at.port), timeout=2)


def test_open_to_the_network_it_says_the_address_and_what_that_means(second, tmp_path, capsys):
    with served(tmp_path / "team", outside=second) as at:
        said = capsys.readouterr().out
        assert f"http://{second}:{at.port}/" in said
        assert "everybody in the same network" in said
        assert "not encrypted" in said
        assert f"http://{network.HERE}:{at.port}{at.desk_path}" in said


def test_a_port_in_use_is_said_and_the_next_one_is_tried():
    with socket.create_server((network.HERE, 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PlaceKitError, match="--port"):
            network.bound((network.HERE,), port, 1)
        found, sockets = network.bound((network.HERE,), port, 20)
        assert found > port
        for each in sockets:
            each.close()


def test_the_same_folder_is_not_hosted_twice(at):
    from filelock import FileLock

    with FileLock(at.folder / LOCK), pytest.raises(PlaceKitError, match="already"):
        host.host(at.folder)


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        (["x", "--open-to-network", "--port", "9"], {"open_to_network": True, "port": 9}),
        (["--session", "our_place"], {"open_to_network": False, "open_browser": True}),
        (["--no-browser"], {"open_browser": False}),
    ],
)
def test_the_command_hands_over_what_was_typed(typed, given, monkeypatch):
    seen = {}
    monkeypatch.setattr(host, "host", lambda folder, session, **how: seen.update(how) or 0)
    assert cli.main(["team", "host", *typed]) == 0
    assert given.items() <= seen.items()


def test_the_command_can_try_the_connection(monkeypatch):
    monkeypatch.setattr(host, "try_connection", lambda **how: 1)
    assert cli.main(["team", "host", "--test", "--no-browser"]) == 1
