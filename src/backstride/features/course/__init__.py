"""How the pain went on since it began: whether it gets better by each review, and whether it comes back."""

from backstride.features.course.find import course
from backstride.features.course.relapse import relapse, returns

__all__ = ["course", "relapse", "returns"]
