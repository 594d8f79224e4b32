"""How the pain went on since it began, and whether it gets better as it should by each review."""

from backstride.features.course.find import course

__all__ = ["course"]
