"""Every day that moved the runner on the ladder: what was told, how it was judged, what it led to."""

from __future__ import annotations

from collections.abc import Iterable

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder
from backstride.model.history import CheckIn, Seen
from backstride.model.ladder import LadderChange, Setback
from backstride.model.text import Quantity, Text
from backstride.model.wishes import Restart
from backstride.plan.climb import RECORDED, rungs_done, rungs_named
from backstride.plan.pain_rule import red_above
from backstride.plan.situation import Situation
from backstride.plan.turns import Turn

WHY_RESTART = "plan.why_restart"
"""Why a wish to begin again moved the ladder; only such a change has it."""
WHY_SEEN = "plan.why_seen"
"""Why a visit did, or did not; only such a change has it."""
_SCORES = ("pain_during", "pain_after", "pain_next_morning", "pain_now")


def history(turns: Iterable[Turn], now: Situation, knowledge: Knowledge) -> tuple[LadderChange, ...]:
    """Newest first; a day that could not move anything is left out."""
    changes = (_change(turn, now, knowledge) for turn in turns)
    return tuple(change for change in changes if change is not None)[::-1]


def _change(turn: Turn, now: Situation, knowledge: Knowledge) -> LadderChange | None:
    if isinstance(turn.what, Seen):
        return _visit(turn, turn.what, now.ladder, knowledge)
    if isinstance(turn.what, Restart):
        return _again(turn, turn.what)
    if isinstance(turn.what, Setback):
        return _set_back(turn, turn.what)
    done = rungs_done(turn.what, turn.matched)
    if not done and turn.judged != "red":
        return None
    by_record = bool(done) and not rungs_named(turn.what)
    return LadderChange(
        on=turn.what.on,
        told=_told(turn, turn.what, by_record),
        judged=turn.judged,
        why=_why(turn, turn.what, now, knowledge),
        led_to=_led_to(turn, turn.what, done, now.ladder),
        before=turn.before.rung,
        rung=turn.after.rung,
        activities=turn.matched.run.activities if by_record and turn.matched is not None else (),
    )


def _told(turn: Turn, what: CheckIn, by_record: bool) -> tuple[Text, ...]:
    """The session, what the record says of it, and each score."""
    named = tuple(Text("plan.told_rung", {"rung": rung}) for rung in sorted(rungs_named(what)))
    other = () if named or by_record or RECORDED in what.done else (Text("plan.told_no_session"),)
    recorded = () if turn.matched is None or not (named or by_record) else (turn.matched.says,)
    scores = tuple(
        Text(f"plan.told_{name}", {"score": Quantity(score, "score")})
        for name in _SCORES
        if (score := getattr(what, name)) is not None
    )
    return (*named, *other, *recorded, *scores)


def _why(turn: Turn, what: CheckIn, now: Situation, knowledge: Knowledge) -> Text:
    """Why the day was judged as it was, in the numbers of the pain rule."""
    green, amber = knowledge.number("pain_green_to"), knowledge.number("pain_amber_to")
    worst = max(what.scores, default=0.0)
    match turn.judged:
        case "red" if worst > red_above(now.bone, knowledge):
            limit = {"limit": Quantity(amber, "score")}
            return Text("plan.why_red_bone") if now.bone else Text("plan.why_red", limit)
        case "red" if turn.rose and worst > green:
            rise = Quantity(knowledge.number("pain_week_rise"), "count")
            return Text("plan.why_red_weeks", {"green": Quantity(green, "score"), "rise": rise})
        case "red":
            return Text("plan.why_red_rise", {"rise": Quantity(knowledge.number("pain_red_rise"), "count")})
        case "amber" if worst > green or now.bone:
            return Text(
                "plan.why_amber", {"green": Quantity(green, "score"), "amber": Quantity(amber, "score")}
            )
        case "amber":
            rise = Quantity(knowledge.number("pain_morning_rise"), "count")
            return Text("plan.why_amber_rise", {"rise": rise})
        case "green":
            return Text("plan.why_green", {"green": Quantity(green, "score")})
        case _:
            return Text("plan.why_unknown_bone" if now.bone is None else "plan.why_unknown")


def _led_to(turn: Turn, what: CheckIn, done: frozenset[int], ladder: Ladder) -> tuple[Text, ...]:
    before, after = turn.before, turn.after
    rung = {"rung": after.rung}
    if turn.judged == "red":
        rest = Text("plan.led_rest", {"days": ladder.rest_days_after_red})
        refer = _refer(turn, ladder)
        if not done:
            return rest, *refer
        back = Text("plan.led_back", rung) if after.rung > 0 else Text("plan.led_walk")
        return back, rest, *refer
    if after.rung > before.rung:
        return (Text("plan.led_up", rung),)
    if turn.judged == "green":
        if after.greens > before.greens:
            return (Text("plan.led_once_more", rung),)
        if before.rung in done and before.rung == after.rung and rungs_named(what):
            return (Text("plan.led_top", rung),)
        return (Text("plan.led_not_counted" if rungs_named(what) else "plan.led_not_clear", rung),)
    return (Text("plan.led_again" if after.rung > 0 else "plan.led_walk_again", rung),)


def _refer(turn: Turn, ladder: Ladder) -> tuple[Text, ...]:
    """Why somebody should look from now on."""
    if turn.before.refer or not turn.after.refer:
        return ()
    lasting = turn.after.lasting >= ladder.lasting_to_refer
    return (Text("plan.led_refer_lasting" if lasting else "plan.led_refer"),)


def _again(turn: Turn, what: Restart) -> LadderChange:
    led = Text(
        "plan.led_restart" if turn.after.rung > 0 else "plan.led_restart_walk", {"rung": turn.after.rung}
    )
    return LadderChange(
        on=what.on,
        told=(Text("plan.told_restart"),),
        judged=None,
        why=Text(WHY_RESTART),
        led_to=(led, *((Text("plan.led_restart_waits"),) if turn.after.look_first else ())),
        before=turn.before.rung,
        rung=turn.after.rung,
    )


def _set_back(turn: Turn, what: Setback) -> LadderChange | None:
    """None where it moved nothing."""
    before, after = turn.before, turn.after
    if (before.rung, before.greens) == (after.rung, after.greens):
        return None
    again = what.kind == "entry_lost"
    led = ("plan.led_begin_again" if again else "plan.led_back") if after.rung > 0 else "plan.led_walk"
    return LadderChange(
        on=what.on,
        told=(what.what,),
        judged=None,
        why=what.why,
        led_to=(Text(led, {"rung": after.rung}),),
        before=before.rung,
        rung=after.rung,
    )


def _visit(turn: Turn, what: Seen, ladder: Ladder, knowledge: Knowledge) -> LadderChange:
    page = knowledge.professionals.get(what.who)
    who = Text("plan.told_somebody") if page is None else page.text("name")
    waited, waits = turn.before.look_first, turn.after.look_first
    if what.who not in ladder.seen_by:
        led = "plan.led_seen_other"
    elif waited and not waits:
        led = "plan.led_seen_lower" if turn.after.rung > 0 else "plan.led_seen_walk"
    elif what.may_run == "not_yet":
        led = "plan.led_seen_held"
    else:
        led = "plan.led_seen_waits" if waits else "plan.led_seen_nothing"
    return LadderChange(
        on=what.on,
        told=(Text(f"plan.told_seen_{what.may_run}", {"who": who}),),
        judged=None,
        why=Text(WHY_SEEN),
        led_to=(Text(led, {"rung": turn.after.rung}),),
        before=turn.before.rung,
        rung=turn.after.rung,
    )
