"""What was wrong with a command line, in our own words and in the language asked for.

Typer's errors are told by their class names and attributes: it brings them along in a private place, or takes
them from Click, by its version.
"""

from __future__ import annotations

from typing import Any

from backstride.model.faults import did_you_mean
from backstride.model.said import Said, plainly, said


def is_misuse(error: Exception) -> bool:
    """True for what Typer raises where a command line cannot be taken."""
    return hasattr(error, "format_message") and hasattr(error, "ctx")


def told(error: Any) -> tuple[Said, ...]:  # Any: one of Typer's, see above
    """What was wrong, and where help is."""
    command = getattr(error.ctx, "command_path", None)
    if command is None:
        return (_what(error),)
    return _what(error), said("How it is used: {command} -h", command=command)


def _what(error: Any) -> Said:
    match type(error).__name__:
        case "NoSuchOption":
            near = tuple(getattr(error, "possibilities", None) or ())
            return said(
                "{option}: no such option{meant}", option=error.option_name, meant=_meant(error, near)
            )
        case "MissingParameter":
            return said("{name} is missing", name=_name(error))
        case "BadParameter":
            return said("{field}: {why}", field=_name(error), why=_right(error))
        case _ if _command_wanted(error):
            wanted = str(error.ctx.args[0]) if error.ctx.args else _quoted(error.message)
            meant = did_you_mean(wanted, error.ctx.command.commands)
            return said("{name}: no such command{meant}", name=wanted, meant=meant)
        case "UsageError" if "unexpected extra argument" in error.message:
            return said("too much: {words}", words=error.message.rpartition("(")[2].rstrip(")"))
        case _:
            return plainly(error.format_message())


def _meant(error: Any, near: tuple[str, ...]) -> Said:
    every = [option for param in error.ctx.command.params for option in param.opts] if error.ctx else []
    return did_you_mean(error.option_name, near or every)


def _name(error: Any) -> str:
    """Of what is wrong: an option as it is typed, an argument as the help has it."""
    if error.param is None:
        return str(error.param_hint or "")
    option = next((each for each in error.param.opts if each.startswith("--")), None)
    return option or str(error.param.name)


def _right(error: Any) -> Said:
    """What would be right in its place."""
    message = error.message.removeprefix("Value error, ")
    if " is not one of " in message:
        return said(
            "right would be one of {names}", names=message.partition(" is not one of ")[2].rstrip(".")
        )
    if " does not match the format" in message:
        return said("must be a day as YYYY-MM-DD")
    return plainly(message)


def _command_wanted(error: Any) -> bool:
    return "No such command" in error.message and hasattr(getattr(error.ctx, "command", None), "commands")


def _quoted(message: str) -> str:
    return message.partition("'")[2].partition("'")[0]
