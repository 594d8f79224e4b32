"""Eleven made-up runners, week by week: what the plan asked, what they did, how it was judged, what changed.

    PYTHONPATH=src:. python accuracy/stories.py [NAME ...]

plays accuracy/stories/NAME.toml day by day through the program and writes accuracy/stories/NAME.md beside it.
"""

from __future__ import annotations

import sys
import time

from accuracy.story_days import play
from accuracy.story_file import FOLDER, paths, read
from accuracy.story_page import page

from backstride.knowledge.loader import shipped


def main() -> None:
    """Writes the pages of the stories named, or of all."""
    began, names = time.perf_counter(), sys.argv[1:] or [path.stem for path in paths()]
    for name in names:
        path = FOLDER / f"{name}.toml"
        path.with_suffix(".md").write_text(page(play(read(path), shipped()), shipped()), "utf-8")
        print(path.with_suffix(".md"))
    print(f"{len(names)} stories in {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
