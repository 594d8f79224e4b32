"""The shoes under the runs: which pair, how far, how old, and what changed.

No shoe is known to cause back pain: a new pair is a change of load, a worn one a thing to look at.
"""
