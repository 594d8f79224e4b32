"""From what fits to what to do: the plan, its pain rule, and how check-ins move it on."""
