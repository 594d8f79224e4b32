"""What must be seen first: every red flag, what they come to together, and what is still to be asked."""

from __future__ import annotations

from backstride.knowledge.asking import complete
from backstride.knowledge.facts import Known
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.population import Population
from backstride.model.assessment import Flag, FlagState, Tier, Triage
from backstride.model.findings import Facts
from backstride.model.text import Text
from backstride.triage.asking_order import in_asking_order
from backstride.triage.because import in_words, rests_on
from backstride.triage.standing import Standing, stand, still_open

_STATES: tuple[FlagState, ...] = ("raised", "ask", "ask_again", "clear")


def triage(known: Known, knowledge: Knowledge) -> Triage:
    """Every red flag on what is known, and the highest tier among them.

    More answers never lower the tier and never take back a raised flag.  An unanswered question is
    never a no: it keeps its flag at "ask" and stands in `open_questions`.

    Source: IFOMPT 2020 for levels of concern; that the highest tier of any combination wins is our rule.
    """
    facts = complete(known.facts, knowledge.questions)
    standings = [stand(flag, facts, known, knowledge.questions) for flag in knowledge.red_flags.values()]
    flags = (
        *_unsure_flags(known, knowledge),
        *(_flag(standing, facts, knowledge) for standing in standings),
    )
    tier = max(
        (flag.tier for flag in flags if flag.tier is not None),
        default=Tier.T0,
    )
    tier = max(tier, _least_tier(facts, knowledge))
    open_questions = _open_questions(standings, facts, known, knowledge)
    return Triage(
        tier=tier,
        flags=tuple(sorted(flags, key=_urgency)),
        headline=_by_tier("headline", tier, open_questions),
        where_to_go=_where_to_go(tier, open_questions),
        stops_plan=tier >= Tier.T2,
        stop_running=tier >= Tier.T3 or _stop_running(standings, facts),
        open_questions=open_questions,
        ask_again=tuple(
            sorted(
                {name for standing in standings for name in standing.open.again},
                key=lambda name: knowledge.questions[name].order,
            )
        ),
        noted=_noted(facts, knowledge) if tier <= Tier.T1 else (),
        groups=tuple(group.text("name") for group in _groups(facts, knowledge)),
    )


def _flag(standing: Standing, facts: Facts, knowledge: Knowledge) -> Flag:
    rule = standing.rule
    because = () if rule is None else rests_on(rule.when, facts)
    return Flag(
        id=standing.flag.id,
        state=standing.state,
        tier=standing.tier,
        name=standing.flag.text("name"),
        why=standing.why,
        because=tuple(in_words(name, facts[name], knowledge) for name in because),
        ask=tuple(sorted(standing.open.ask)),
        sources=standing.flag.sources,
        rests_on=because,
        suspects=standing.suspects,
    )


def _unsure_flags(known: Known, knowledge: Knowledge) -> tuple[Flag, ...]:
    """One raised flag for each sign of an emergency that somebody was twice not sure about."""
    threshold = knowledge.thresholds["not_sure_twice_tier"]
    return tuple(
        Flag(
            id=f"not_sure_{id}",
            state="raised",
            tier=Tier(int(knowledge.number(threshold.id))),
            name=Text("triage.not_sure_name", {"sign": knowledge.questions[id].text("short")}),
            why=Text("triage.not_sure_do"),
            because=(Text("triage.not_sure_because", {"sign": knowledge.questions[id].text("short")}),),
            ask=(),
            sources=threshold.sources,
        )
        for id in sorted(known.still_not_sure, key=lambda id: knowledge.questions[id].order)
        if knowledge.questions[id].emergency
    )


def _urgency(flag: Flag) -> tuple[int, int]:
    """Raised first, most urgent first; equal ones keep their order."""
    return _STATES.index(flag.state), -(flag.tier or 0)


def _least_tier(facts: Facts, knowledge: Knowledge) -> Tier:
    """The lowest tier for the groups that the runner is known to belong to."""
    return max((Tier[group.at_least] for group in _groups(facts, knowledge)), default=Tier.T0)


def _groups(facts: Facts, knowledge: Knowledge) -> list[Population]:
    """The groups that the runner is known to belong to for whom somebody should look."""
    return [
        group
        for group in knowledge.populations.values()
        if Tier[group.at_least] > Tier.T0 and group.when.value(facts) is True
    ]


def _open_questions(
    standings: list[Standing], facts: Facts, known: Known, knowledge: Knowledge
) -> tuple[str, ...]:
    """What no plan is made without: what a flag could still be raised by, and whom the plan is for."""
    groups = (
        name
        for group in knowledge.populations.values()
        if group.asked_first
        for name in group.when.open_names(facts)
    )
    asked = still_open(groups, known, knowledge.questions).ask.union(
        *(standing.open.ask for standing in standings)
    )
    return in_asking_order(asked, facts, knowledge.questions)


def _stop_running(standings: list[Standing], facts: Facts) -> bool:
    """True when any rule that is a yes says so, not only the highest of its flag."""
    return any(
        rule.stop_running and rule.when.value(facts) is True
        for standing in standings
        for rule in standing.flag.rule
    )


def _by_tier(what: str, tier: Tier, open_questions: tuple[str, ...]) -> Text:
    unknown = "_open" if tier == Tier.T0 and open_questions else ""
    return Text(f"triage.{what}_{tier.name.lower()}{unknown}")


def _where_to_go(tier: Tier, open_questions: tuple[str, ...]) -> Text:
    """Whom to turn to, in general and by country; the parts are sentences of their own."""
    where = _by_tier("where", tier, open_questions).id
    return Text("triage.where_to_go", {part: Text(f"{where}_{part}") for part in ("general", "uk", "us")})


def _noted(facts: Facts, knowledge: Knowledge) -> tuple[Text, ...]:
    """Weak signs that were seen; beside an urgent flag they would only distract."""
    return tuple(
        sign.text("says") for sign in knowledge.weak_signs.values() if sign.when.value(facts) is True
    )
