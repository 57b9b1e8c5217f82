"""``place-kit team host``: a session on phones, served from the facilitator's own laptop."""

from __future__ import annotations

import asyncio
import webbrowser
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from place_kit.problems import PlaceKitError
from place_kit.team import session as sessions
from place_kit.team.host import network
from place_kit.team.host.room import LOCK, open_room, sweep

FOLDER = "team-session"
HOURS = 8
"""After these the session ends by itself: nothing stands open overnight."""

GRACE = 12
"""Seconds for phones to hear that the session has ended."""

TEST_SECONDS = 60
CARDS = (
    "Then use paper cards. Start the session without --open-to-network, and count the cards on "
    "the facilitator’s page: the picture is the same."
)


def host(
    folder: Path | None = None,
    session: str = "our_place",
    *,
    open_to_network: bool = False,
    port: int | None = None,
    open_browser: bool = True,
) -> int:
    """Serve a session until it ends.

    Parameters
    ----------
    folder
        Where the answers are kept; by default ``team-session`` here. A session that is there
        already goes on; of one that has ended, the picture is shown and can be deleted.
    session
        Which session, by its id.
    open_to_network
        Whether phones on the local network may join; otherwise this computer alone.
    port
        The port; by default the one the session had before, or the first that is free.
    open_browser
        Whether to open the facilitator's page.
    """
    asked = sessions.find(session)
    outside = network.local_address() if open_to_network else None
    folder = (folder or Path(FOLDER)).resolve()
    _make((folder / LOCK).parent)
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise PlaceKitError(
            f"The session in {folder} is running already, in another window. Go on there, or "
            "stop it first."
        ) from None
    try:
        return asyncio.run(_serve(folder, asked, outside, port, open_browser))
    finally:
        lock.release()
        sweep(folder)


def try_connection(
    *, port: int | None = None, open_browser: bool = True, seconds: float = TEST_SECONDS
) -> int:
    """See for a minute whether phones reach this laptop. Nothing is asked, nothing is kept.

    Returns
    -------
    int
        0 when a phone came through, 1 when none did.
    """
    return asyncio.run(_test(network.local_address(), port, open_browser, seconds))


async def _serve(
    folder: Path,
    session: sessions.Session,
    outside: str | None,
    port: int | None,
    open_browser: bool,
) -> int:
    from place_kit.team.host import desk, server
    from place_kit.team.host.limits import Log

    room = open_room(folder, session, port or network.PORT)
    over = room.stage == "ended"
    if over:
        outside = None
    log = Log(say)
    addresses = (network.HERE, outside) if outside else (network.HERE,)
    before = room.port
    tried = 1 if port else network.PORTS_TRIED
    found, sockets = network.bound(addresses, port or before, tried)
    room.keep(found)
    done = asyncio.Event()
    address = f"http://{outside or network.HERE}:{found}/"
    hosting = server.Hosting(room, log, address, done.set)
    servers: list[server.Bounded] = []
    for listening in sockets:
        name = listening.getsockname()[0]
        here = name == network.HERE
        hosts = {f"{name}:{found}", f"localhost:{found}"} if here else {f"{name}:{found}"}
        served = server.for_phones(hosting, frozenset(hosts), desk_too=here)
        servers.append(server.Bounded(served, log=log))
        servers[-1].add_socket(listening)
    page = f"http://{network.HERE}:{found}/desk/{room.desk}"
    rehearsed = asyncio.get_running_loop().run_in_executor(None, desk.rehearse, session)
    if over:
        _say_over(folder, page)
    else:
        _say_where(address, page, room.code, outside, moved=found != before and room.begun)
    if open_browser:
        webbrowser.open(page)
    try:
        with server.quiet(log):
            await asyncio.wait_for(done.wait(), HOURS * 3600)
            if not over:
                say("The session ends. Phones are told so for some seconds.")
                await asyncio.sleep(GRACE)
    except TimeoutError:
        say(f"It has been open for {HOURS} hours, so it stops. Run the same command to go on.")
    finally:
        for each in servers:
            each.stop()
            with suppress(TimeoutError):
                await asyncio.wait_for(each.close_all_connections(), 2)
        await rehearsed
        for disk in hosting.disks:
            disk.shutdown()
    kept = f"What is kept is in {folder}." if room.begun else f"Nothing is kept in {folder}."
    say(f"No phone can reach this laptop any more. {kept}")
    return 0


async def _test(outside: str, port: int | None, open_browser: bool, seconds: float) -> int:
    from place_kit.team.host import server
    from place_kit.team.host.limits import Log

    log = Log(say)
    found, sockets = network.bound(
        (outside,), port or network.PORT, 1 if port else network.PORTS_TRIED
    )
    came = asyncio.Event()
    served = server.for_test(came.set, f"{outside}:{found}", own=outside)
    listening = server.Bounded(served, log=log)
    listening.add_sockets(sockets)
    address = f"http://{outside}:{found}/"
    say(f"For {seconds:.0f} seconds, phones can try to reach this laptop. Open on a phone:")
    say(f"  {address}")
    say("The phone must be in the same network as this laptop.")
    if open_browser:
        webbrowser.open(f"{address}scan")
    try:
        with server.quiet(log):
            await asyncio.wait_for(came.wait(), seconds)
    except TimeoutError:
        say(
            "No phone came through. Office networks often keep phones from laptops. Try the "
            f"laptop’s own hotspot. {CARDS}"
        )
        return 1
    finally:
        await asyncio.sleep(0.5)
        listening.stop()
        await listening.close_all_connections()
    say("It works: a phone came through. Start the session with --open-to-network.")
    return 0


def say(words: str) -> None:
    """Say something in the terminal, at once."""
    print(words, flush=True)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlaceKitError(f"{folder} cannot be made ({error.strerror}). Name another.") from None


def _say_over(folder: Path, desk: str) -> None:
    say(f"The session in {folder} has ended: nobody can answer. For a new one, name a new folder.")
    say(f"Its picture, and the way to delete its answers, on this computer only: {desk}")
    say("Ctrl+C stops this.")


def _say_where(address: str, desk: str, code: str, outside: str | None, moved: bool) -> None:
    from place_kit.team.host.pages import spoken

    say(f"The facilitator’s page, for you alone, on this computer only: {desk}")
    if outside:
        say(f"Phones open {address} and type the code {spoken(code)}.")
        say(
            "That means: while this runs, everybody in the same network can see that page, and "
            "whoever has the code can answer. Nothing else on this computer can be reached "
            "through it. It is not encrypted: someone who watches the network could read along. "
            "Use a network that you trust."
        )
    else:
        say(f"Only this computer can answer, at {address}, with the code {spoken(code)}.")
        say("To let phones join: --open-to-network. To try that beforehand: --test.")
    if moved:
        say("The address has changed since the last start: let phones scan the code again.")
    say("It ends when you end it on that page. Ctrl+C stops it for now: nothing is lost.")
