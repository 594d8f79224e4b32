"""Three-valued rules: what a clinician would write, read as yes, no or not known.

    saddle_numbness
    fever and (recent_infection or injected_drugs)
    at_least(2, sex == 'female', age_years > 70, big_trauma, steroids_3_months)
    bladder_change == 'new'      age_years >= 50      leg_weakness in ('worse', 'severe')

Kleene logic: one yes settles `or`, one no settles `and`; what is not known stays not known.  A rule
has no way to ask whether something is known, so that more answers never overturn what is settled.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from backstride.model.findings import Facts, FactValue

Truth = bool | None
"""True is yes, False is no, None is not known."""

_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {  # Any: rules compare words and numbers
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda known, options: known in options,
}


class BadRule(ValueError):
    """A rule that cannot be read; the text says what is allowed."""


@dataclass(frozen=True)
class Rule:
    """One rule, parsed.

    Raises: BadRule when made from a text outside the small language above.
    """

    text: str

    def __post_init__(self) -> None:
        _check(self._tree)

    @cached_property
    def _tree(self) -> ast.expr:
        try:
            return ast.parse(self.text.strip(), mode="eval").body
        except SyntaxError as error:
            raise BadRule(f"{self.text!r} cannot be read as a rule: {error.msg}") from None

    @cached_property
    def names(self) -> frozenset[str]:
        """Every fact the rule looks at."""
        return frozenset(use.name for use in uses(self))

    def value(self, facts: Facts) -> Truth:
        """Yes, no, or None where what is known does not settle it."""
        return _value(self._tree, facts)

    def open_names(self, facts: Facts) -> frozenset[str]:
        """The unknown facts that could still settle the rule; empty once it is settled."""
        return frozenset(_open(self._tree, facts))


@dataclass(frozen=True, slots=True)
class Use:
    """How a rule uses one fact: bare, against a number, or against words."""

    name: str
    against: tuple[FactValue, ...] | None
    """What it is compared with; None when used bare as a yes-or-no fact."""


def uses(rule: Rule) -> Iterator[Use]:
    """Each use of a fact in a rule, so that the loader can check it against the fact's kind."""
    yield from _uses(rule._tree)


def _uses(node: ast.expr) -> Iterator[Use]:
    match node:
        case ast.Name(id=name):
            yield Use(name, None)
        case ast.Compare(left=ast.Name(id=name), comparators=[right]):
            yield Use(name, _constants(right))
        case _:
            for part in _parts(node):
                yield from _uses(part)


def _parts(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.BoolOp(values=values):
            return values
        case ast.UnaryOp(operand=operand):
            return [operand]
        case ast.Call(args=[_, *rest]):
            return rest
        case _:
            return []


def _constants(node: ast.expr) -> tuple[FactValue, ...]:
    match node:
        case ast.Constant(value=bool() | int() | float() | str() as value):
            return (value,)
        case ast.Tuple(elts=elements):
            return tuple(value for element in elements for value in _constants(element))
        case _:
            raise BadRule(f"{ast.unparse(node)!r} must be a number, a word in quotes, or a list of them")


def _check(node: ast.expr) -> None:
    match node:
        case ast.Name():
            return
        case ast.Compare(left=ast.Name(), ops=[op], comparators=[right]) if type(op) in _COMPARE:
            _constants(right)
        case ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
            for part in _parts(node):
                _check(part)
        case ast.Call(func=ast.Name(id="at_least"), args=[ast.Constant(value=int()), *rest], keywords=[]):
            for part in rest:
                _check(part)
        case _:
            raise BadRule(
                f"{ast.unparse(node)!r} is not allowed in a rule: use fact names, and, or, not, "
                "comparisons with a number or a quoted word, and at_least(n, ...)"
            )


def _value(node: ast.expr, facts: Facts) -> Truth:
    match node:
        case ast.Name(id=name):
            value = facts.get(name)
            return value if isinstance(value, bool) else None
        case ast.Compare(left=ast.Name(id=name), ops=[op], comparators=[right]):
            return _compare(facts.get(name), op, right)
        case ast.BoolOp(op=ast.And(), values=values):
            return _all([_value(part, facts) for part in values])
        case ast.BoolOp(values=values):
            return _negate(_all([_negate(_value(part, facts)) for part in values]))
        case ast.UnaryOp(operand=operand):
            return _negate(_value(operand, facts))
        case ast.Call(args=[ast.Constant(value=int() as needed), *rest]):
            return _at_least(needed, [_value(part, facts) for part in rest])
    raise AssertionError(f"unchecked rule node {node!r}")


def _compare(known: FactValue | None, op: ast.cmpop, right: ast.expr) -> Truth:
    if known is None:
        return None
    constants = _constants(right)
    other = constants if isinstance(op, ast.In) else constants[0]
    return bool(_COMPARE[type(op)](known, other))


def _negate(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _all(truths: list[Truth]) -> Truth:
    if False in truths:
        return False
    return None if None in truths else True


def _at_least(needed: int, truths: list[Truth]) -> Truth:
    if truths.count(True) >= needed:
        return True
    return False if len(truths) - truths.count(False) < needed else None


def _open(node: ast.expr, facts: Facts) -> Iterator[str]:
    if _value(node, facts) is not None:
        return
    match node:
        case ast.Name(id=name) | ast.Compare(left=ast.Name(id=name)):
            yield name
        case _:
            for part in _parts(node):
                yield from _open(part, facts)
