"""The other tables of a Strava export: its shoes, and some forty that hold no activity.

Their columns are as an English export of 2025 names them.  Exports in other languages keep the files' names,
so that there a table is known by its name and by how many columns it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from backstride.formats.contents import Contents
from backstride.formats.tables.grid import grid_of, head_of
from backstride.formats.tables.sheet import Sheet, folded
from backstride.model.errors import BadFile
from backstride.model.history import Shoe
from backstride.model.ledger import SkippedRow
from backstride.model.said import Said, said

READER = "strava_lists"
VERSION = 1


@dataclass(frozen=True, slots=True)
class ListKind:
    """One table of the export."""

    begins: tuple[str, ...]
    """Names of its first columns as they are compared; all of them where there are few."""
    columns: int
    kind: Said


SHOES = ListKind(("shoe name", "shoe brand", "shoe model"), 4, said("Strava's list of shoes"))

LISTS: Mapping[str, ListKind] = {
    "applications.csv": ListKind(
        ("app name", "app description"), 2, said("Strava's list of apps: no activity in it")
    ),
    "bikes.csv": ListKind(
        ("bike name", "bike brand", "bike model"), 4, said("Strava's list of bikes: no activity in it")
    ),
    "blocks.csv": ListKind(
        ("blocked athlete id", "created at"), 2, said("Strava's list of people blocked: no activity in it")
    ),
    "clubs.csv": ListKind(
        ("club name", "club description", "club type"), 10, said("Strava's list of clubs: no activity in it")
    ),
    "comments.csv": ListKind(
        ("comment date", "comment"), 2, said("Strava's list of comments: no activity in it")
    ),
    "components.csv": ListKind(
        ("bike name", "component type"), 4, said("Strava's list of bike parts: no activity in it")
    ),
    "connected_apps.csv": ListKind(
        ("enabled application name",), 1, said("Strava's list of connected apps: no activity in it")
    ),
    "contacts.csv": ListKind(
        ("athlete id", "contact type", "contact"), 5, said("Strava's list of contacts: no activity in it")
    ),
    "email_preferences.csv": ListKind(
        ("when someone i know joins strava",), 0, said("Strava's e-mail settings: no activity in it")
    ),
    "events.csv": ListKind(
        ("event title", "event description"), 3, said("Strava's list of club events: no activity in it")
    ),
    "favorites.csv": ListKind(
        ("follower athlete id", "following athlete id"),
        3,
        said("Strava's list of favourites: no activity in it"),
    ),
    "flags.csv": ListKind(
        ("category", "flagged type", "flagged id"),
        5,
        said("Strava's list of reports made: no activity in it"),
    ),
    "followers.csv": ListKind(
        ("follower athlete id", "follow status"), 3, said("Strava's list of followers: no activity in it")
    ),
    "following.csv": ListKind(
        ("following athlete id", "follow status"),
        3,
        said("Strava's list of people followed: no activity in it"),
    ),
    "general_preferences.csv": ListKind(
        ("date of birth", "weight", "functional threshold power"),
        12,
        said("Strava's settings of the account: no activity in it"),
    ),
    "global_challenges.csv": ListKind(
        ("join date", "name", "completed"), 3, said("Strava's list of challenges: no activity in it")
    ),
    "goals.csv": ListKind(
        ("goal type", "activity type", "goal"), 8, said("Strava's list of goals: no activity in it")
    ),
    "group_challenges.csv": ListKind(
        ("join date", "name", "completed"), 3, said("Strava's list of challenges: no activity in it")
    ),
    "local_legend_segments.csv": ListKind(
        ("segment id", "segment name"), 2, said("Strava's list of segments: no activity in it")
    ),
    "logins.csv": ListKind(
        ("ip address", "login source"), 3, said("Strava's list of sign-ins: no activity in it")
    ),
    "media.csv": ListKind(
        ("media filename", "media caption"), 2, said("Strava's list of pictures: no activity in it")
    ),
    "memberships.csv": ListKind(
        ("join date", "club name"), 2, said("Strava's list of clubs joined: no activity in it")
    ),
    "messaging.csv": ListKind(
        ("sender athlete id",), 0, said("Strava's list of messages: no activity in it")
    ),
    "metering.csv": ListKind(
        ("promotion seen", "timestamp"), 2, said("Strava's list of offers shown: no activity in it")
    ),
    "mobile_device_identifiers.csv": ListKind(
        ("mobile device id",), 1, said("Strava's list of phones: no activity in it")
    ),
    "orders.csv": ListKind(
        ("order number", "plan", "total price"), 4, said("Strava's list of orders: no activity in it")
    ),
    "partner_opt_outs.csv": ListKind(
        ("aaptiv activity treatment opt-out",), 0, said("Strava's settings for partners: no activity in it")
    ),
    "posts.csv": ListKind(
        ("post date", "post summary"), 5, said("Strava's list of posts: no activity in it")
    ),
    "privacy_zones.csv": ListKind(
        ("address", "radius", "latitude & longitude"),
        3,
        said("Strava's list of hidden places: no activity in it"),
    ),
    "profile.csv": ListKind(
        ("athlete id", "email address"), 12, said("Strava's profile of the account: no activity in it")
    ),
    "reactions.csv": ListKind(
        ("reaction date", "reaction type"), 4, said("Strava's list of kudos given: no activity in it")
    ),
    "routes.csv": ListKind(
        ("route name", "route filename"), 2, said("Strava's list of planned routes: no activity in it")
    ),
    "segments.csv": ListKind(
        ("segment name", "activity id"), 6, said("Strava's list of segments: no activity in it")
    ),
    "social_settings.csv": ListKind(
        ("facebook autoshare is enabled",), 0, said("Strava's settings for sharing: no activity in it")
    ),
    "starred_routes.csv": ListKind(
        ("date", "route id"), 2, said("Strava's list of planned routes: no activity in it")
    ),
    "starred_segments.csv": ListKind(
        ("date", "segment id"), 2, said("Strava's list of segments: no activity in it")
    ),
    "support_tickets.csv": ListKind(
        ("ticket id", "ticket created at"),
        3,
        said("Strava's list of letters to its support: no activity in it"),
    ),
    "visibility_settings.csv": ListKind(
        ("include your activities in metro and heatmap",),
        0,
        said("Strava's settings of who sees what: no activity in it"),
    ),
}
"""Name in the export -> what it is; `columns` is 0 where the number changes from year to year."""


def knows(data: bytes, name: str) -> bool:
    """True where the bytes are a table of a Strava export other than its activities."""
    header = head_of(data)
    return header is not None and _kind(header, name) is not None


def read(data: bytes, name: str, zone: tzinfo) -> Contents:
    """The shoes, where these are the shoes; nothing but what it is, where it is another.

    Raises: BadFile where it is no such table.
    """
    header = head_of(data)
    kind = None if header is None else _kind(header, name)
    if kind is None:
        raise BadFile(name, said("line {line}", line=1), said("this is no table of a Strava export"))
    if kind is not SHOES:
        return Contents((), kind.kind)
    shoes, left_out = _shoes(Sheet(grid_of(data, name), {"name": 0, "brand": 1, "model": 2}))
    return Contents((), kind.kind, shoes=shoes, skipped=left_out)


def _kind(header: tuple[str, ...], name: str) -> ListKind | None:
    names = tuple(map(folded, header))
    named = {"shoes.csv": SHOES, **LISTS}
    for each in named.values():
        if names[: len(each.begins)] == each.begins and len(names) >= len(each.begins):
            return each
    known = named.get(name.lower())
    return known if known is not None and known.columns == len(header) > 1 else None


def _shoes(sheet: Sheet) -> tuple[tuple[Shoe, ...], tuple[SkippedRow, ...]]:
    """Each pair, by the name that activities call it by: Strava's table gives no id."""
    shoes: dict[str, Shoe] = {}
    left_out: list[SkippedRow] = []
    for row in range(len(sheet.grid.rows)):
        made = " ".join(part for each in ("brand", "model") if (part := sheet.text(row, each)))
        name = sheet.text(row, "name") or made
        if not name:
            left_out.append(SkippedRow(row + 1, said("it names no shoe")))
        elif name in shoes:
            left_out.append(SkippedRow(row + 1, said("a shoe of the same name stands above it")))
        else:
            shoes[name] = Shoe(id=name, model=made or name)
    return tuple(shoes.values()), tuple(left_out)
