"""What can go wrong, each with the place and the mend.  Messages never hold a person's data."""

from __future__ import annotations

from backstride.model.said import Said, said


class BackstrideError(Exception):
    """The user can be shown these sentences as they stand, or in another language."""

    def __init__(self, *faults: Said) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class BadFile(BackstrideError):
    """A file that cannot be read: which one, where in it, and why.

    `where` is a place a person can find: "byte 4,213", "line 12", "the zip's index".
    """

    def __init__(self, path: str, where: Said, why: Said) -> None:
        super().__init__(said("{path}: at {where}: {why}", path=path, where=where, why=why))
        self.path, self.where, self.why = path, where, why

    def __reduce__(self) -> tuple[type[BadFile], tuple[str, Said, Said]]:
        return BadFile, (self.path, self.where, self.why)  # it crosses from one process to another

    @property
    def told(self) -> Said:
        """Where and why, for a list in which the file stands already."""
        return said("at {where}: {why}", where=self.where, why=self.why)


class BadKnowledge(BackstrideError):
    """Every fault found in the knowledge files at once; said in English, to those who write them."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(*(Said("{fault}", {"fault": fault}) for fault in faults))


class BadInput(BackstrideError):
    """Something a person typed or a case file said that cannot be taken, with every fault at once."""

    def __init__(self, faults: tuple[Said, ...]) -> None:
        super().__init__(*faults)
