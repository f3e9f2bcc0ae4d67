"""Write docs/reference.md from the command itself: every command, argument, option and variable."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import typer.main
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from config.settings import ENV_PREFIX

REFERENCE = Path(__file__).with_name("reference.md")

_SETTING = {
    name: {"database": "DATABASE_URL"}.get(name, name.upper())
    for name in ("data_dir", "outlets", "database", "log_level", "contact", "allow_private_hosts")
}
"""The global options, each of which is an environment variable too."""

HEAD = """# Reference

Made from the command itself by `make reference`; a test keeps it so. What the fields of a record mean, and
how an outlet file is written, stand in [the record](record.md) and [add an outlet](add-an-outlet.md).

Data goes to stdout, messages for people to stderr. Exit codes: 0 all went well; 1 trouble that is told in
words; 2 a mistake in usage or configuration; 3 some outlet could not be looked at; 130 interrupted.
"""


def reference() -> str:
    """Return the whole reference as Markdown."""
    from wirewatch.commands import app  # noqa: PLC0415 - importing it is all this script is about

    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)  # noqa: S101 - it has commands
    return HEAD + "\n" + "\n".join(_section("wirewatch", root))


def _section(name: str, command: TyperCommand | TyperGroup) -> list[str]:
    lines = [f"## `{name}`", "", (command.help or "").strip(), ""]
    lines += [f"    {name} {' '.join(_usage(command))}".rstrip(), ""]
    known = _SETTING if isinstance(command, TyperGroup) else {}
    rows = [_row(param, known) for param in command.params if isinstance(param, TyperOption | TyperArgument)]
    if rows:
        lines += ["| option or argument | what it does |", "| --- | --- |", *rows, ""]
    if isinstance(command, TyperGroup):
        for child, sub in command.commands.items():
            assert isinstance(sub, TyperCommand | TyperGroup)  # noqa: S101 - typer makes no others
            lines += _section(f"{name} {child}", sub)
    return lines


def _usage(command: TyperCommand | TyperGroup) -> list[str]:
    words = ["[OPTIONS]"] if any(isinstance(p, TyperOption) for p in command.params) else []
    words += [p.display_name_raw for p in command.params if isinstance(p, TyperArgument)]
    return [*words, "COMMAND"] if isinstance(command, TyperGroup) else words


def _row(param: TyperOption | TyperArgument, variables: Mapping[str, str]) -> str:
    if isinstance(param, TyperArgument):
        name = f"`{param.display_name_raw}`"
    else:
        value = "" if param.is_flag else f" {param.metavar}"
        name = ", ".join(f"`{flag}{value}`" for flag in [*param.opts, *param.secondary_opts])
    variable = f" Variable: `{ENV_PREFIX}{variables[param.name or '']}`." if param.name in variables else ""
    return f"| {name} | {(param.help or '').strip()}{variable} |".replace("\n", " ")


if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
