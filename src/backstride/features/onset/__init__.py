"""When this spell of pain began: as told, or as the diary shows it, with what else on record speaks of it."""

from backstride.features.onset.diary import pain_by_day
from backstride.features.onset.find import BEGAN, find_onset, seen_from_onset

__all__ = ["BEGAN", "find_onset", "pain_by_day", "seen_from_onset"]
