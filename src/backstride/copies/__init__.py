"""Which activities are copies of one run, and the one activity they make.

A runner's archives tell of one run many times: the watch's file, the same file from two services, a row in
each service's table, the phone in the pocket.  `groups` puts the copies of one run together, `merged` makes
one activity of them, `runs` does both, and `each_once` does it for a whole history.  Nothing is fetched from
a stream while grouping, so that a history of ten years is grouped in a second.
"""

from backstride.copies.grouping import groups
from backstride.copies.merge import merged, runs
from backstride.copies.record import each_once

__all__ = ["each_once", "groups", "merged", "runs"]
