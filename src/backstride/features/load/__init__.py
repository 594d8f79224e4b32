"""How hard running was on the body: force of a step, press on the low back, easy kilometres.

Models of published figures, never measurements of a spine.  Everything holds within one runner only, and
nothing here says how likely an injury is.
"""
