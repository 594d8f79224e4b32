"""What can go wrong, each with the place and the mend.  Messages never hold a person's data."""

from __future__ import annotations


class BackstrideError(Exception):
    """The user can be shown this sentence as it stands."""


class BadFile(BackstrideError):
    """A file that cannot be read: which one, where in it, and why.

    `where` is a place a person can find: "byte 4,213", "line 12", "the zip's index".
    """

    def __init__(self, path: str, where: str, why: str) -> None:
        super().__init__(f"{path}: at {where}: {why}")
        self.path, self.where, self.why = path, where, why


class BadKnowledge(BackstrideError):
    """Every fault found in the knowledge files at once."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class BadInput(BackstrideError):
    """Something a person typed or a case file said that cannot be taken, with every fault at once."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults
