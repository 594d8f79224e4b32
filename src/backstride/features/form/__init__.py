"""Stride before the onset against the runner's own usual: same speeds, same device, the runner's own scatter.

A change is described, never blamed: no figure of a watch is known to cause back pain.  Contact time and
balance of two devices, or of two runners, cannot be compared at all; a new watch is never a change of form.
"""

from backstride.features.form.change import finder, form_change
from backstride.features.form.figures import DRIFT, FORM, FormRow
from backstride.features.form.picture import pictures, residuals

__all__ = ["DRIFT", "FORM", "FormRow", "finder", "form_change", "pictures", "residuals"]
