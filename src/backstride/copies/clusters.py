"""Groups as they grow: which may still be joined, and which never."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import TypeVar

from backstride.copies.alike import CLOCK_S, sports_agree
from backstride.copies.facts import Facts

FEW = 16
_Name = TypeVar("_Name", str, int)


@dataclass(slots=True)
class Cluster:
    """Activities that are copies of one run, as far as is known."""

    members: list[Facts]
    ids: set[str]
    sports: set[str]
    named: dict[str, set[str]] = field(default_factory=dict)
    """Service -> what it calls the run.  A service calls one run by one name."""
    files: dict[str, set[int]] = field(default_factory=dict)
    """Hash of a file -> places in it.  A file tells of one run once."""

    @property
    def speakers(self) -> list[Facts]:
        """Those whose time counts: the recordings, and only where there is none the rows of tables.

        A row that belongs to a recording is known by it, and its own clock may be wrong.
        """
        recorded = [each for each in self.members if each.recorded]
        return [each for each in recorded or self.members if not (each.dated_only or each.settled)]

    @property
    def heard(self) -> list[Facts]:
        """The speakers, and the rows whose clock agrees with one of them."""
        speakers = self.speakers
        return [
            each
            for each in self.members
            if any(abs(each.start_s - other.start_s) <= CLOCK_S for other in speakers[:FEW])
            and not (each.dated_only or each.settled)
        ]


class Clusters:
    """A partition of all activities that gets coarser."""

    def __init__(self, all_facts: Iterable[Facts], apart: Iterable[tuple[str, str]]) -> None:
        self.of: list[Cluster] = [_alone(each) for each in all_facts]
        self._apart: dict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            if one != other:
                self._apart[one].add(other)
                self._apart[other].add(one)

    @property
    def any_apart(self) -> bool:
        """True where the runner kept anything apart."""
        return bool(self._apart)

    def all(self) -> list[Cluster]:
        """Each group once, by its first member."""
        return list({id(each): each for each in self.of}.values())

    def told_apart(self, one: Cluster, other: Cluster) -> bool:
        """True where the runner said that they are different runs."""
        if not self._apart:
            return False
        few, many = sorted((one, other), key=lambda each: len(each.ids))
        return any(id_ in self._apart and not self._apart[id_].isdisjoint(many.ids) for id_ in few.ids)

    def may_be_named(self, one: Cluster, other: Cluster) -> bool:
        """True where nothing but perhaps the sport speaks against it: a service may have corrected that."""
        return not (
            self.told_apart(one, other) or _clash(one.named, other.named) or _clash(one.files, other.files)
        )

    def may_join(self, one: Cluster, other: Cluster) -> bool:
        """True where nothing certain says that they are different runs."""
        return self.may_be_named(one, other) and sports_agree(one.sports, other.sports)

    def join(self, one: Facts, other: Facts) -> None:
        """They are copies of one run from now on."""
        less, more = sorted((self.of[one.place], self.of[other.place]), key=lambda each: len(each.members))
        if less is more:
            return
        more.members += less.members
        more.ids |= less.ids
        more.sports |= less.sports
        _add(more.named, less.named)
        _add(more.files, less.files)
        for each in less.members:
            self.of[each.place] = more


def by_place(facts: Facts) -> int:
    """The order that all are looked at in."""
    return facts.place


def _alone(facts: Facts) -> Cluster:
    activity = facts.activity
    cluster = Cluster([facts], set(facts.ids), {facts.sport})
    cluster.files[activity.origin.sha256] = {activity.origin.index}
    for copy in activity.copies:
        cluster.files.setdefault(copy.origin.sha256, set()).add(copy.origin.index)
    for name in activity.service_ids if activity.copies else (activity.service_id,):
        if name is not None:
            service, _, number = name.partition(":")
            cluster.named.setdefault(service, set()).add(number)
    return cluster


def _clash(one: Mapping[str, Set[object]], other: Mapping[str, Set[object]]) -> bool:
    """True where both know a source and it names them differently."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    return any(source in many and many[source] != names for source, names in few.items())


def _add(more: dict[str, set[_Name]], less: dict[str, set[_Name]]) -> None:
    for source, names in less.items():
        more.setdefault(source, set()).update(names)
