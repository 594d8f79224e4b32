"""Answers and findings -> what must be seen first: red flags, tier, and the questions still open."""
