"""One made-up runner day by day, with the plan's own functions for ladder, cap and review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from accuracy.plan_laws import (
    DAY,
    IN_ONE_GO,
    Tally,
    Watched,
    colour,
    leg_symptom,
    longest_found,
    note_scores,
    strong_again,
)
from accuracy.plan_models import Felt
from accuracy.plan_runners import (
    FIRST,
    Asked,
    asked,
    drawn,
    metres,
    recorded,
    rungs_told,
    session_of,
    something_happens,
    tells,
    told_facts,
    visit,
    wants,
)
from accuracy.plan_whole import whole_plan

from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import Fit
from backstride.model.findings import Facts, Onset
from backstride.model.history import CheckIn, Span
from backstride.model.ladder import RunMatch, Setback
from backstride.model.text import Text
from backstride.plan.climb import Standing, after_day, kept, looked, ready, restarted, set_back, waiting
from backstride.plan.match import match
from backstride.plan.pain_rule import bone_type, judge, lately
from backstride.plan.phases import review_on
from backstride.plan.run_steps import longest_run_cap_m


@dataclass(frozen=True, slots=True)
class Stand:
    """What the answers of today allow."""

    facts: Facts
    bone: bool | None
    may_run: bool


def simulated(runners: int, seed: int, knowledge: Knowledge) -> Tally:
    """So many runners, one after another."""
    tally, questions = Tally(), asked(knowledge)
    for number in range(runners):
        trajectory(f"{seed}/{number}", questions, knowledge, tally)
    return tally


def trajectory(name: str, asked: Asked, knowledge: Knowledge, tally: Tally) -> None:
    """One runner over 30 to 120 days, every daily law looked at each day, a whole plan on one of them."""
    chance, wanting = Random(name), Random(f"{name}/wants")
    runner = drawn(asked, knowledge, chance)
    watched = Watched(name, runner, knowledge, knowledge.ladders["walk_run"], tally)
    days, ill = chance.randint(30, 120), 0
    planned = chance.randrange(14 if chance.random() < 0.5 else days)
    stand = _stand(watched, asked)
    standing = Standing()
    for number in range(days):
        watched.on = FIRST + DAY * number
        ill = ill - 1 if ill else chance.randint(3, 45) * (chance.random() < 0.004)
        if something_happens(runner, asked, chance):
            stand = _stand(watched, asked)
        standing = _set_back(watched, standing, stand, wanting)
        standing = _begun_again(watched, standing, wanting)
        standing = _visited(watched, standing, chance)
        due = _due(watched, standing, stand)
        _look_again(watched, stand.bone)
        if number == planned:
            whole_plan(watched, asked, chance)
        rung = None if ill else session_of(runner, due, len(watched.ladder.rung), chance)
        felt = _run(watched, rung, ill == 0 and chance.random() < 0.02, chance)
        if runner.watch and watched.on in runner.runs:
            runner.on_record.append(recorded(runner, watched.on, rung, watched.ladder, chance))
        told = tells(runner, watched.on, rung, felt, chance)
        if told is not None:
            runner.check_ins.append(told)
            was = kept(standing, told.on, watched.ladder)
            run = match(runner.on_record[-1:], told.on, was.rung, watched.ladder, knowledge)
            earlier = runner.check_ins[:-1]
            before = lately(earlier, told, knowledge)
            judged = judge(told, stand.bone, knowledge, before)
            after = after_day(standing, told, judged, watched.ladder, run, before.lasted)
            _moved(watched, standing, after, told, colour(told, earlier, stand.bone), run)
            watched.ledger.referred |= after.refer
            standing = after
    tally.runners += 1
    tally.days += days
    tally.referred += watched.ledger.referred


def _set_back(watched: Watched, standing: Standing, stand: Stand, chance: Random) -> Standing:
    """The standing after what takes the ladder back today: a new sign in a leg, or pain that came back."""
    ledger, on, setback = watched.ledger, watched.on, None
    leg = leg_symptom(stand.facts)
    if leg and not ledger.leg:
        setback = Setback("entry_lost", on, on, Text("plan.told_entry_lost"), Text("plan.why_came_back"))
        ledger.since_leg = None if ledger.last_session is None else 0
    elif chance.random() < 0.003:
        since = on - DAY * chance.randint(2, 9)
        setback = Setback("came_back", on, since, Text("plan.told_came_back"), Text("plan.why_came_back"))
    ledger.leg = leg
    if setback is None:
        return standing
    watched.runner.setbacks.append(setback)
    was = kept(standing, on, watched.ladder)
    after = set_back(was, setback, ledger.back_on, watched.ladder)
    least = 0
    if ledger.last_session is not None and setback.kind == "came_back":
        least = int(ledger.back_on < setback.since)
    stays = (after.look_first, after.reds, after.next_on) == (was.look_first, was.reds, was.next_on)
    watched.law("back", after.rung <= max(0, was.rung - least) and stays)
    if after != was:
        ledger.greens = 0
    if after.rung < was.rung:
        ledger.back_on = on
    return after


def _begun_again(watched: Watched, standing: Standing, chance: Random) -> Standing:
    """The standing after what is wanted today: only a wish to begin again moves it."""
    if wants(watched.runner, watched.on, tuple(sorted(watched.knowledge.exercises)), chance) is None:
        return standing
    was = kept(standing, watched.on, watched.ladder)
    after = restarted(was)
    stays = (after.look_first, after.reds, after.next_on) == (was.look_first, was.reds, was.next_on)
    watched.law("restart", after.rung <= min(was.rung, 1) and stays)
    watched.ledger.greens = 0
    return after


def _visited(watched: Watched, standing: Standing, chance: Random) -> Standing:
    """The standing after the visit of today, where there is one."""
    seen = visit(watched.on, watched.ledger.waits, chance)
    if seen is None:
        return standing
    watched.runner.visits.append(seen)
    was = kept(standing, watched.on, watched.ladder)
    after = looked(was, seen, watched.ladder)
    watched.ledger.visit(seen)
    watched.law("seen", after.rung <= was.rung and after.look_first == watched.ledger.waits)
    return after


def _stand(watched: Watched, asked: Asked) -> Stand:
    """By the question about bone alone: causes are ranked on the day of the whole plan."""
    facts, ladder = told_facts(watched.runner, asked), watched.ladder
    fits: dict[str, Fit] = dict.fromkeys(watched.knowledge.causes, "unlikely")
    impact = facts.get("one_sided_impact_pain")
    bone = bone_type(fits, impact if isinstance(impact, bool) else None, ladder.bone_causes)
    return Stand(facts, bone, ready(ladder, facts, bone, ()).state == "may run")


def _due(watched: Watched, standing: Standing, stand: Stand) -> int | None:
    """The rung that is due today, held against what is right; None for none."""
    runner, on, ladder = watched.runner, watched.on, watched.ladder
    red_now = watched.red_score(stand.bone is True)
    ran_on = max(runner.runs, default=None) if runner.watch else None
    now = waiting(kept(standing, on, ladder), ran_on, red_now, on, ladder)
    if not stand.may_run or now.look_first or (now.next_on is not None and now.next_on > on):
        return None
    if now.rung > 0:
        _right_to_run(watched, now.rung, stand.facts)
        watched.law("red_now", not red_now)
    return now.rung


def _right_to_run(watched: Watched, rung: int, facts: Facts) -> None:
    """Every law about a running session that is due."""
    tally, runner, last = watched.tally, watched.runner, watched.ledger.last_session
    tally.due += 1
    watched.law("waits", not watched.ledger.waits)
    watched.law("rest", rung >= IN_ONE_GO or not watched.ran_yesterday())
    watched.law("bone", facts.get("one_sided_impact_pain") is False)
    watched.law("legs", not leg_symptom(facts))
    if watched.ledger.since_leg is not None:
        watched.law("legs_anew", rung <= 1 + watched.ledger.since_leg // 2)
    entry = all(facts.get(id) is True for id in ("walk_30_min_easy", "heel_raises_10"))
    watched.law("entry", entry and runner.age_years >= 18)
    watched.law("anew", rung <= 1 or (last is not None and (watched.on - last).days < 30))
    if not runner.watch:
        tally.due_without_record += 1
        return
    longest = watched.longest_m()
    cap = longest_run_cap_m((longest_found(longest),), watched.knowledge)
    watched.law(
        "cap", cap is None if longest is None else cap is not None and cap <= 1.1 * longest * 1.000001
    )


def _look_again(watched: Watched, bone: bool | None) -> None:
    """The day to look again as it is told today, beside what was told yesterday."""
    runner, ledger, on = watched.runner, watched.ledger, watched.on
    onset = Onset(Span(runner.began, runner.began), told=True) if runner.onset_known else None
    ahead = review_on(onset, on, bone is True, watched.knowledge, FIRST)
    put_off = False
    if ledger.promised is not None and on >= ledger.promised:
        ledger.looked_again = on
    elif ledger.promised is not None:
        no_longer_sooner = ledger.promised_sooner and bone is not True
        put_off = ahead > ledger.promised and not no_longer_sooner
    ledger.promised, ledger.promised_sooner = ahead, bone is True
    within = on < ahead and (ahead - on).days <= 14 and (on - ledger.looked_again).days <= 14
    watched.law("review", within and not put_off)


def _run(watched: Watched, rung: int | None, free: bool, chance: Random) -> Felt:
    """What is run today, put on record, and how the back answers; `free` is a run outside the plan."""
    runner, ladder = watched.runner, watched.ladder
    if rung is None:
        minutes = chance.uniform(10, 60) if free else 0.0
        if free:
            runner.runs[watched.on] = minutes * 60 * runner.run_mps
        return runner.back.day(minutes, 0.0, chance)
    it = ladder.rung[rung]
    run_s = 2_400 if it.run_s is None else it.run_s
    if run_s > 0:
        longest = watched.longest_m()
        whole = metres(runner, rung, ladder)
        runner.runs[watched.on] = whole if longest is None else min(whole, 1.1 * longest)
    return runner.back.day(run_s * it.repeats / 60, it.walk_s * it.repeats / 60, chance)


def _moved(
    watched: Watched,
    standing: Standing,
    after: Standing,
    told: CheckIn,
    seen: str,
    run: RunMatch | None,
) -> None:
    """What one told day did to the standing, held against what is right."""
    ledger, done = watched.ledger, rungs_told(told)
    ledger.lasting += strong_again(watched.runner.check_ins)
    by_record = run is not None and not told.done and bool(told.scores)
    clear = True
    if run is not None and by_record:
        done = [run.rung]
        early = standing.next_on is not None and standing.next_on > told.on
        clear = run.kind == "same" and not early and not ledger.waits
        lifted = after.rung > kept(standing, told.on, watched.ladder).rung or after.greens > standing.greens
        watched.law("match", clear or not lifted)
    was = kept(standing, told.on, watched.ladder) if done else standing
    note_scores(ledger, told)
    if seen == "red":
        ledger.rest_until = max(ledger.rest_until, told.on + timedelta(days=3))
        rests = after.next_on is not None and after.next_on >= ledger.rest_until
        if not done:
            watched.law("red_day", rests)
        else:
            watched.law("red", rests and after.rung <= max(0, min(was.rung, *done) - 1))
            ledger.reds.update({rung: ledger.reds.get(rung, 0) + 1 for rung in done})
    if done:
        again = ledger.last_session is None or (told.on - ledger.last_session).days >= 30
        ledger.greens = 0 if again else ledger.greens
        ledger.last_session = told.on
        ledger.since_leg = None if ledger.since_leg is None else ledger.since_leg + 1
    if seen in ("amber", "red") and (done or seen == "red"):
        ledger.greens = 0
    ledger.greens += seen == "green" and was.rung in done and clear
    risen = after.rung - was.rung
    if risen < 0:
        ledger.back_on = told.on
    watched.law("up", risen <= 0 or (risen == 1 and seen == "green" and ledger.greens >= 2 and bool(done)))
    if risen != 0:
        ledger.greens = 0
    if any(count >= 2 for count in ledger.reds.values()) or ledger.lasting >= 2:
        watched.law("refer", after.refer)
