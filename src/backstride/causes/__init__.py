"""Which conditions fit what is known, what may have contributed, and what to ask next."""
