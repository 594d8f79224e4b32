"""How long planning takes: on every day of the stories, and on ten years of running with a year of check-ins.

    PYTHONPATH=src:. python benchmarks/plan.py [RUNS]      3,000 when not told

Planning is `make_plan`: from what fits to what to do, the ladder walked anew from the first check-in on.
What it is given (findings, flags, causes) is worked out before and not counted.  Beside it stands the whole
answer on the same record in the same process.  CPU time, best of three; the aim is 100 ms.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from accuracy.story_days import play, record
from accuracy.story_file import Runs, paths, read

from backstride import assess as whole
from backstride.features.measures.memory import Measured
from backstride.knowledge.answering import checked_answers
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.loader import shipped
from backstride.model.assessment import Plan
from backstride.model.history import Answer, CheckIn, History, Profile, Symptom
from backstride.plan.planner import make_plan

ROUNDS = 3
BEGAN, LAST = date(2026, 1, 12), date(2026, 3, 2)
Given = tuple[Any, ...]


def main(runs: int) -> None:
    """Prints p50 and p95 of planning, and what share of the whole answer it is."""
    knowledge = shipped()
    days = of_stories(knowledge)
    told("stories", [best(lambda given=given: make_plan(*given)) for given in days])
    history, given = long_record(runs, knowledge)
    times = [best(lambda given=given: make_plan(*given)) for given in given]
    told(f"{runs:,} runs, a year of check-ins", times)
    measured = Measured(knowledge)
    whole.assess(history, LAST, knowledge, measured)
    answer = best(lambda: whole.assess(history, LAST, knowledge, measured))
    print(f"the whole answer on {runs:,} runs, measured before: {1000 * answer:.0f} ms of CPU time")
    print(f"ratio: planning is {statistics.median(times) / answer:.3f} of the whole answer")


def told(what: str, times: list[float]) -> None:
    """One line."""
    p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    median, worst = 1000 * statistics.median(times), 1000 * max(times)
    print(f"{what}: {len(times)} plans, p50 {median:.2f} ms, p95 {1000 * p95:.2f} ms, worst {worst:.2f} ms")


def best(work: Callable[[], object]) -> float:
    """Seconds of CPU time of the quickest round."""
    took = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return min(took)


def listened(work: Callable[[], object]) -> list[Given]:
    """What planning was given while something else was worked out."""
    heard: list[Given] = []

    def listening(*given: Any) -> Any:
        heard.append(given)
        return make_plan(*given)

    whole.make_plan = listening
    try:
        work()
    finally:
        whole.make_plan = make_plan
    return heard


def of_stories(knowledge: Knowledge) -> list[Given]:
    """Every plan of every story."""
    stories = [read(path) for path in paths()]
    return listened(lambda: [play(story, knowledge) for story in stories])


def long_record(runs: int, knowledge: Knowledge) -> tuple[History, list[Given]]:
    """A runner of ten years with a check-in on each day of the last; what planning is given on 12 days."""
    every = Runs(first=-runs, last=-1, every=1, km=8)
    history = History(
        profile=Profile(age_years=40, sex="male", medicines=(), made_up=True),
        activities=tuple(record((every,), LAST)),
        symptoms=(Symptom(BEGAN, 5.0, ("low_back_left",)),),
        check_ins=tuple(check_ins(Random(7))),
    )
    measured = Measured(knowledge)
    days = [LAST - timedelta(days=3 * back) for back in range(12)]
    answered = [replace(history, answers=answers(on, knowledge)) for on in days]

    def answer_all() -> None:
        for one, on in zip(answered, days, strict=True):
            assert isinstance(whole.assess(one, on, knowledge, measured).plan, Plan)

    return answered[0], listened(answer_all)


def answers(on: date, knowledge: Knowledge) -> tuple[Answer, ...]:
    """Every safety question answered harmlessly on a day, and every entry check passed."""
    safety = {
        question.id: question.harmless[0]
        for question in knowledge.questions.values()
        if question.group == "safety" and question.kind != "number" and question.follows is None
    }
    checks = dict.fromkeys(("walk_30_min_easy", "heel_raises_10", "hops_5_pain_free"), "yes")
    given = {**safety, **checks, "pain_began_on": BEGAN.isoformat(), "leg_pain": "none"}
    return checked_answers(given.items(), on, knowledge)


def check_ins(chance: Random) -> Iterable[CheckIn]:
    """A year of days, every other with a session."""
    for back in range(365, 0, -1):
        on = LAST - timedelta(days=back)
        did = (f"walk_run_{chance.randrange(13)}",) if back % 2 else ()
        during = float(chance.choice((0, 1, 1, 2, 3))) if did else None
        yield CheckIn(on, did, during, during, float(chance.choice((0, 1, 2))), pain_now=1.0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3_000)
