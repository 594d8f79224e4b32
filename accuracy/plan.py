"""Whether the plan keeps its promises over many made-up runners, and how it fares beside simpler ways back.

    PYTHONPATH=src:. python accuracy/plan.py invariants 100000 [SEED]
    PYTHONPATH=src:. python accuracy/plan.py recovery [RUNNERS] [SEED]
    PYTHONPATH=src:. python accuracy/plan.py hops [RUNNERS] [SEED]

The first counts how often each law of safety was looked at and broken.  The others are simulations on three
models of pain that are our own; nobody has tested them against people.
"""

from __future__ import annotations

import sys

from accuracy.plan_days import simulated
from accuracy.plan_laws import DAILY, WHOLE
from accuracy.plan_models import MODELS
from accuracy.plan_recovery import COUNTED_DAYS, DAYS, WAYS, Number, by_hops, courses, summed_up

from backstride.knowledge.loader import shipped

ROWS = {
    "first": "day of the first run (median)",
    "days": f"days to 30 min in one go, not red (median; of {DAYS})",
    "reached": f"reached it within {DAYS} days, %",
    "flares": f"flares a runner, {COUNTED_DAYS} days",
    "any_flare": "with any flare, %",
    "premature": f"premature sessions a runner, {COUNTED_DAYS} days",
    "any_premature": "with any premature session, %",
    "sessions": f"running sessions a runner, {COUNTED_DAYS} days",
}
SHARES = ("reached", "any_flare", "any_premature")


def invariants(runners: int, seed: int) -> int:
    """Prints how often each law was looked at and broken; 1 where any was."""
    tally = simulated(runners, seed, shipped())
    print(f"{tally.runners} runners, {tally.days} days; a running session due on {tally.due} of them")
    print(f"  ({tally.due_without_record} by runners without a record of runs, who have no cap).")
    print(f"{tally.referred} runners were sent to somebody by the ladder.")
    for title, laws in (
        ("Every day of every runner, by the functions for ladder, pain rule, cap and review", DAILY),
        ("One day of each runner, the whole way from answers to the plan", WHOLE),
    ):
        print(f"\n{title}:\n{'looked at':>10} {'broken':>7}")
        for law, words in laws.items():
            print(f"{tally.looked_at[law]:>10} {tally.broken[law]:>7}  {words}")
    broken = sum(tally.broken.values())
    print(f"{sum(tally.looked_at.values()):>10} {broken:>7}  in all\n\nWhole plans:")
    for what, count in sorted(tally.plans.items(), key=lambda each: -each[1]):
        print(f"{count:>10}  {what}")
    for example in tally.examples:
        print(example)
    return int(broken > 0)


def recovery(runners: int, seed: int) -> None:
    """Prints one table for each model."""
    knowledge = shipped()
    print("Simulated on models of our own, not validated. In brackets: 95 % over runners (bootstrap).")
    for model in MODELS:
        found = courses(model, runners, seed, knowledge)
        each = {way: summed_up(found[way], seed) for way in WAYS}
        print(f"\n{model}, {runners} runners\n{'':<52}" + "".join(f"{way:<22}" for way in WAYS))
        for row, words in ROWS.items():
            print(f"{words:<52}" + "".join(f"{_words(each[way][row], row):<22}" for way in WAYS))


def hops(runners: int, seed: int) -> None:
    """What the entry check of five hops costs, by how much of the morning's pain a hop brings on."""
    knowledge = shipped()
    print("Simulated on models of our own, not validated: our way alone.")
    for model in MODELS:
        print(f"\n{model}, {runners} runners")
        for share, (every, hidden) in by_hops(model, runners, seed, knowledge).items():
            each = summed_up(every, seed)
            rows = ("first", "days", "reached", "any_flare")
            words = "; ".join(f"{ROWS[row].split(',')[0]} {_words(each[row], row)}" for row in rows)
            ran = sum(course.sessions for course in hidden) / max(1, len(hidden))
            print(f"  a hop brings on {share:g} of it: {words}")
            print(f"      {len(hidden)} with pain from bone who did not say so: {ran:.1f} sessions each")


def _words(number: Number, row: str) -> str:
    times, digits = (100, 0) if row in SHARES else (1, 0 if row in ("first", "days") else 1)
    value, low, high = (f"{times * each:.{digits}f}" for each in (number.value, number.low, number.high))
    return f"{value} ({low} to {high})"


def main() -> None:
    """Runs what the first word asks for."""
    what, *rest = sys.argv[1:] or [""]
    numbers = [int(each) for each in rest]
    match what:
        case "invariants":
            sys.exit(invariants(*(numbers + [1_000, 7][len(numbers) :])))
        case "recovery":
            recovery(*(numbers + [2_000, 7][len(numbers) :]))
        case "hops":
            hops(*(numbers + [2_000, 7][len(numbers) :]))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
