"""The made-up town: the assets that one's conversations show, and the links between them.

Pure: the town and whom somebody has met come in, a card goes out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from place_kit.facts.activities.town import (
    Asset,
    AssetType,
    Choice,
    Link,
    Need,
    Side,
    Standing,
    Town,
)
from place_kit.facts.model import Facts
from place_kit.show import template, words
from place_kit.show._html import EMPTY, Html, items, join, tag
from place_kit.show.card import Card, Table
from place_kit.show.drawing import Box, Drawing, Line, Mark, Shape, Words, lines
from place_kit.show.evidence import cited

TYPES: dict[AssetType, str] = {
    "individuals": "Individual",
    "associations": "Association",
    "institutions": "Institution",
    "physical": "Physical",
    "exchange": "Exchange",
    "stories": "Story",
}
STANDINGS: dict[Standing, str] = {
    "agreed": "Can be used",
    "not_asked": "Cannot be used yet: not everyone has been asked",
    "not_yet": "Cannot be used yet: not everyone has said yes",
}

FOUND = template.KIND_COLOURS["process"]
"""The colour of what is new and of what can be used."""
TOP, PITCH, TALL = 28, 58, 50
"""The first row's upper edge; from row to row; the height of an asset."""
LETTERS = 14
"""As many as fit into an asset on a phone."""
SIDES: dict[Side, tuple[float, float]] = {"left": (0, 40), "right": (60, 100)}
HEADS: dict[Side, str] = {"left": "People, groups", "right": "Places and more"}
NEED = 44
"""The height of a need."""

LEGEND = (
    "A filled box is new, a plain one was on the list. A solid line can be used. A dashed line "
    "cannot: not all whom it needs have agreed. A dotted box is an asset that was not seen. In a "
    "real town nobody would show you the gaps. Read this as your own notes: not all that you "
    "heard is yours to pass on."
)


def start(known: Facts, town: Town, chosen: Collection[str] = ()) -> Card:
    """Draw the town as the council's list has it, before anybody is met."""
    met = town.met(chosen)
    if met:
        takeaway = (
            f"You plan to meet {_people(town, chosen)}. {_hours(town, chosen)} "
            "Now make your guess above, and the town opens here."
        )
    else:
        takeaway = (
            f"This is what the council’s list holds. {town.name} is more than its list. Choose "
            "above whom to meet."
        )
    return _card(known, town, (), f"{town.name}, as the list has it", takeaway, EMPTY, gaps=False)


def network(known: Facts, town: Town, chosen: Collection[str]) -> Card:
    """Draw what these conversations show, with what stays unseen."""
    body = join(
        (
            tag("p", LEGEND, class_="pk-soft"),
            _told(town, chosen),
            _links(town, chosen),
            _unseen(town, chosen),
            _needs(town),
        )
    )
    return _card(
        known, town, chosen, f"{town.name}, as you know it now", _found(town, chosen), body
    )


def beside(known: Facts, town: Town, mine: Collection[str], other: Choice) -> Card:
    """Draw what another choice would have shown, and set all choices side by side."""
    seen, own = town.seen(other.meets), town.seen(mine)
    if set(mine) == set(other.meets):
        difference = "These are the people you chose."
    else:
        more, fewer = len(seen - own), len(own - seen)
        difference = (
            f"It shows {_assets(more)} that yours does not, and misses {_assets(fewer)} of yours."
        )
    body = join(
        (
            tag("p", LEGEND, class_="pk-soft"),
            _only(town, "It shows, and your choice does not", seen - own),
            _only(town, "Your choice shows, and it does not", own - seen),
            _links(town, other.meets),
            tag("div", _side_by_side(town, mine).html(), class_="pk-part"),
        )
    )
    takeaway = f"{_found(town, other.meets, mine=False)} {difference}"
    return _card(known, town, other.meets, f"If you had met: {_lower(other.name)}", takeaway, body)


def choice_name(town: Town, choice: Choice) -> str:
    """Name a choice, with the hours it takes."""
    return f"{choice.name} ({_time(sum(each.hours for each in town.met(choice.meets)))})"


def printed(known: Facts, town: Town) -> Card:
    """Write the town on paper: who shows what, and what each choice would show."""
    rows = tuple(
        (
            f"{each.name}, {each.role}",
            _time(each.hours),
            each.says,
            _names(town, each.shows) or "Nothing that the list does not hold",
        )
        for each in town.conversation
    )
    table = Table(
        f"Whom you can meet in {town.name}", ("Who", "Time", "In their words", "Shows"), rows
    )
    body = join(
        (
            table.html(),
            _links(town, [each.id for each in town.conversation]),
            _needs(town),
            tag("div", _side_by_side(town, None).html(), class_="pk-part"),
            tag("p", town.note, class_="pk-soft"),
        )
    )
    return Card(title=f"{town.name}, all of it", takeaway="", table=table, body=body)


# --- the picture --------------------------------------------------------------------------------


def _card(
    known: Facts,
    town: Town,
    chosen: Collection[str],
    title: str,
    takeaway: str,
    body: Html,
    *,
    gaps: bool = True,
) -> Card:
    return Card(
        title=title,
        takeaway=takeaway,
        alt=_alt(town, chosen, gaps=gaps),
        table=_table(town, chosen),
        drawing=_drawing(town, chosen, gaps=gaps),
        source=f"{town.note} {town.kinds} ({cited(known, town.references)}.)",
        body=body,
    )


def _drawing(town: Town, chosen: Collection[str], *, gaps: bool) -> Drawing:
    seen = town.seen(chosen)
    shapes: list[Shape] = [
        Words(sum(SIDES[side]) / 2, 12, HEADS[side], bold=True, size=12) for side in SIDES
    ]
    links = town.links(chosen)
    rows = {each.id: each.row for each in town.asset}
    for link in links:
        agreed = link.standing(chosen) == "agreed"
        shapes.append(
            Line(
                SIDES["left"][1],
                _middle(rows[link.left]),
                SIDES["right"][0],
                _middle(rows[link.right]),
                colour=FOUND if agreed else template.QUIET,
                dash="solid" if agreed else "dash",
                width=3 if agreed else 2,
            )
        )
    for asset in town.asset:
        if asset.id in seen or gaps:
            shapes += _asset(asset, asset.id in seen)
    for link in links:
        agreed = link.standing(chosen) == "agreed"
        y = (_middle(rows[link.left]) + _middle(rows[link.right])) / 2
        colour = FOUND if agreed else template.QUIET
        shapes += (
            Mark(50, y, "circle", colour, f"Link {link.letter}", size=20),
            Words(50, y, link.letter, size=12, bold=True, colour=template.PAPER),
        )
    y = TOP + PITCH * max(rows.values(), default=0) + 14
    shapes.append(Words(0, y, "Needs, which stay", anchor="left", size=12, bold=True))
    y += 14
    for need in town.need:
        shapes += _need(town, need, chosen, y)
        y += NEED + 6
    return Drawing(y, tuple(shapes))


def _asset(asset: Asset, seen: bool) -> list[Shape]:
    x0, x1 = SIDES[asset.side]
    y = TOP + PITCH * (asset.row - 1)
    middle = (x0 + x1) / 2
    if not seen:
        return [
            Box(x0, x1, y, y + TALL, dash="dot"),
            Words(middle, y + TALL / 2, "Not seen", size=12, colour=template.QUIET),
        ]
    box = (
        Box(x0, x1, y, y + TALL)
        if asset.listed
        else Box(
            x0,
            x1,
            y,
            y + TALL,
            fill=template.KIND_TINTS["process"],
            line=FOUND,
            width=2,
        )
    )
    name = lines(asset.name, LETTERS)
    first = y + TALL / 2 - 7.5 * len(name)
    return [
        box,
        Words(middle, first, TYPES[asset.type], size=12, colour=template.QUIET),
        *(
            Words(middle, first + 15 * number, line, size=12, bold=True)
            for number, line in enumerate(name, 1)
        ),
    ]


def _need(town: Town, need: Need, chosen: Collection[str], y: float) -> list[Shape]:
    colour = template.KIND_COLOURS["cost"]
    return [
        Box(0, 100, y, y + NEED, fill=template.KIND_TINTS["cost"], line=colour),
        Words(2, y + 14, need.name, anchor="left", size=12, bold=True),
        Words(2, y + 31, _help(town, need, chosen), anchor="left", size=12),
    ]


def _middle(row: int) -> float:
    return TOP + PITCH * (row - 1) + TALL / 2


def _help(town: Town, need: Need, chosen: Collection[str]) -> str:
    """Say what helps with a need so far, in a line that fits a phone."""
    if not any(link.helps == need.id for link in town.link):
        return "No link here can meet it."
    letters = [
        link.letter
        for link in town.links(chosen)
        if link.helps == need.id and link.standing(chosen) == "agreed"
    ]
    if not letters:
        return "No link that can be used helps yet."
    return f"{words.together(letters)} can help a little."


# --- the words ----------------------------------------------------------------------------------


def _found(town: Town, chosen: Collection[str], *, mine: bool = True) -> str:
    """Say what a choice shows: people, hours, assets, links."""
    met = town.met(chosen)
    listed = sum(each.listed for each in town.asset)
    new = len(town.seen(chosen)) - listed
    links = [(each, each.standing(chosen)) for each in town.links(chosen)]
    usable = sum(bool(link.consent) and how == "agreed" for link, how in links)
    waiting = sum(how != "agreed" for _, how in links)
    people = f"{words.count(len(met))} {'person' if len(met) == 1 else 'people'}"
    parts = [
        f"You met {people}." if mine else f"{words.sentence(people)}.",
        _hours(town, chosen),
        f"{'You learned of' if mine else 'This shows'} {_assets(new)} that the list does not hold.",
        f"{words.sentence(_no(usable))} new link{'' if usable == 1 else 's'} can be used.",
        f"{words.sentence(words.count(waiting))} more cannot yet." if waiting else "",
    ]
    return " ".join(filter(None, parts))


def _hours(town: Town, chosen: Collection[str]) -> str:
    """Say how the hours go; more than there are is said, and never forbidden."""
    hours = sum(each.hours for each in town.met(chosen))
    over = hours - town.hours
    if over > 0:
        return (
            f"That takes {_time(hours)}, {words.count(over)} more than you have. In life something "
            "would have to give."
        )
    if over == 0:
        return f"That takes all of your {_time(hours)}."
    left = "one is" if over == -1 else f"{words.count(-over)} are"
    return f"That takes {_time(hours)} of your {words.count(town.hours)}; {left} left."


def _told(town: Town, chosen: Collection[str]) -> Html:
    return _part(
        "What people told you",
        (
            join((tag("strong", f"{each.name}, {each.role}:"), each.says), between=" ")
            for each in town.met(chosen)
        ),
    )


def _links(town: Town, chosen: Collection[str]) -> Html:
    usable: list[Html] = []
    not_yet: list[Html] = []
    for link in town.links(chosen):
        agreed = link.standing(chosen) == "agreed"
        (usable if agreed else not_yet).append(_link(town, link, chosen))
    return join(
        (
            _part("What can be used, since all have agreed", usable),
            _part("What cannot be used yet", not_yet),
        )
    )


def _link(town: Town, link: Link, chosen: Collection[str]) -> Html:
    said = [each.words for each in link.consent if each.who in chosen]
    open_ = [each.who for each in link.consent if each.who not in chosen]
    if open_:
        said.append(f"Not asked yet: {_people(town, open_)}.")
    head = tag("strong", f"{link.letter}. {_ends(town, link)}:")
    return join((head, link.possible, *said), between=" ")


def _unseen(town: Town, chosen: Collection[str]) -> Html:
    left = [each for each in town.conversation if each.id not in chosen]
    unseen = len(town.asset) - len(town.seen(chosen))
    if not unseen:
        text = (
            "You have heard of every asset that these people know. Others in the town would know "
            "more."
        )
    else:
        knowing = [each.name for each in left if set(each.shows) - town.seen(chosen)]
        text = (
            f"{words.sentence(_assets(unseen))} stay{'s' if unseen == 1 else ''} unseen, because "
            f"nobody has asked {words.together(knowing, 'or')} yet. Nobody can meet everyone in "
            f"{_time(town.hours)}. To know whom you have not asked is worth something too."
        )
    return _part("What stays unseen", (text,))


def _needs(town: Town) -> Html:
    return _part(
        "What the town still needs",
        (
            join((tag("strong", f"{each.name}."), each.text, each.stays), between=" ")
            for each in town.need
        ),
    )


def _only(town: Town, label: str, ids: Collection[str]) -> Html:
    names = _names(town, ids)
    return _part(label, (f"{names}.",) if names else ())


def _part(label: str, texts: Iterable[str]) -> Html:
    listed = items(texts)
    return join((tag("p", label, class_="pk-label"), listed)) if listed else EMPTY


def _side_by_side(town: Town, mine: Collection[str] | None) -> Table:
    """Count what each choice shows and what it makes usable: no choice wins on all counts."""
    choices = [(each.name, each.meets) for each in town.choice]
    if mine is not None:
        choices.insert(0, ("Your choice", tuple(mine)))
    return Table(
        "What each choice would show",
        ("Choice", "Hours", "New assets", "New links that can be used", "Links that wait"),
        tuple((name, *_counts(town, meets)) for name, meets in choices),
    )


def _counts(town: Town, meets: Collection[str]) -> tuple[str, str, str, str]:
    hows = [(bool(each.consent), each.standing(meets)) for each in town.links(meets)]
    return (
        str(sum(each.hours for each in town.met(meets))),
        str(len(town.seen(meets)) - sum(each.listed for each in town.asset)),
        str(sum(new and how == "agreed" for new, how in hows)),
        str(sum(how != "agreed" for _, how in hows)),
    )


def _table(town: Town, chosen: Collection[str]) -> Table:
    seen = town.seen(chosen)
    rows = tuple(
        (
            asset.name,
            TYPES[asset.type],
            _origin(town, asset, chosen),
            " ".join(
                f"{link.letter}: {_other_end(town, link, asset)}. "
                f"{STANDINGS[link.standing(chosen)]}."
                for link in town.links(chosen)
                if asset.id in (link.left, link.right)
            )
            or "None",
        )
        for asset in town.asset
        if asset.id in seen
    )
    return Table("The assets that are known", ("Asset", "Kind", "Known from", "Links"), rows)


def _origin(town: Town, asset: Asset, chosen: Collection[str]) -> str:
    told = [each.name for each in town.met(chosen) if asset.id in each.shows]
    return words.together(["The list", *told] if asset.listed else told)


def _alt(town: Town, chosen: Collection[str], *, gaps: bool) -> str:
    seen = town.seen(chosen)
    unseen = len(town.asset) - len(seen)
    parts = [
        "Two columns of boxes, people and groups on the left, places and more on the right, with "
        f"lines for links between them. Known: {_names(town, seen)}."
    ]
    if gaps and unseen:
        parts.append(f"{words.sentence(words.count(unseen))} dotted boxes, not seen.")
    for link in town.links(chosen):
        how = "solid" if link.standing(chosen) == "agreed" else "dashed"
        parts.append(f"Line {link.letter}, {how}: {_ends(town, link)}.")
    parts.append("Below, the needs.")
    parts += [f"{each.name}. {_help(town, each, chosen)}" for each in town.need]
    return " ".join(parts)


# --- small words --------------------------------------------------------------------------------


def _people(town: Town, ids: Iterable[str]) -> str:
    return words.together([each.name for each in town.met(ids)])


def _names(town: Town, ids: Collection[str]) -> str:
    return "; ".join(each.name for each in town.asset if each.id in ids)


def _ends(town: Town, link: Link) -> str:
    names = {each.id: each.name for each in town.asset}
    return f"{names[link.left]}, and {_lower(names[link.right])}"


def _other_end(town: Town, link: Link, asset: Asset) -> str:
    other = link.right if asset.id == link.left else link.left
    return next(each.name for each in town.asset if each.id == other)


def _assets(number: int) -> str:
    return f"{_no(number)} asset{'' if number == 1 else 's'}"


def _no(number: int) -> str:
    return words.count(number) if number else "no"


def _time(hours: int) -> str:
    return f"{words.count(hours)} hour{'' if hours == 1 else 's'}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
