"""What the last change took away, so that it can be undone: in memory, until the server ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from backstride.model.history import Profile
from backstride.store.diary import Entry
from backstride.store.store import Store


@dataclass(slots=True)
class Before:
    """By the store's place, since a made-up runner has one of their own."""

    _lock: Lock = field(default_factory=Lock)
    _profiles: dict[Path, Profile] = field(default_factory=dict)
    _entries: dict[Path, Entry] = field(default_factory=dict)

    def changes(self, store: Store, before: Profile) -> None:
        """The profile was this before."""
        with self._lock:
            self._profiles[store.path] = before

    def took(self, store: Store, entry: Entry) -> None:
        """This row was in the diary before."""
        with self._lock:
            self._entries[store.path] = entry

    def undo_profile(self, store: Store) -> bool:
        """True where the profile is again what it was."""
        with self._lock:
            before = self._profiles.pop(store.path, None)
        if before is None:
            return False
        store.change_profile(lambda now: before)
        return True

    def undo_entry(self, store: Store) -> bool:
        """True where the row taken back last is in the diary again."""
        with self._lock:
            entry = self._entries.pop(store.path, None)
        if entry is None:
            return False
        store.add(entry)
        return True

    def forget(self, path: Path) -> None:
        """Nothing of that store is held here any more."""
        with self._lock:
            self._profiles.pop(path, None)
            self._entries.pop(path, None)


BEFORE = Before()
"""Of this server."""
