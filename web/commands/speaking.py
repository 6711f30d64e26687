"""Help and usage in Vietnamese, which the command line framework itself speaks in English."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import click

from web.commands.wording import EXAMPLES, HELP, OPTIONS, USAGE

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class Decorator(Protocol):
    """What gives a function an option, and is of no other consequence to its type."""

    def __call__(self, function: Decorated, /) -> Decorated: ...


class _Speaking(click.Command):
    """A command whose help has Vietnamese headings and examples as they are typed."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=USAGE["prefix"])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        found = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx))]
        records = [(name, text.replace("required", USAGE["required"])) for name, text in found]
        with formatter.section(USAGE["options"]):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = HELP["help"]
        return option


class SpeakingCommand(_Speaking):
    """A single command."""


class SpeakingGroup(_Speaking, click.Group):
    """A command of commands."""

    command_class = SpeakingCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _Speaking.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        found = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        rows = [
            (name, command.get_short_help_str(90)) for name, command in found.items() if command
        ]
        with formatter.section(USAGE["commands"]):
            formatter.write_dl(rows)


SpeakingGroup.group_class = SpeakingGroup


def texts(name: str) -> dict[str, Any]:
    """What a command is declared with: its help, its examples, and our metavars."""
    examples = EXAMPLES.get(name)
    lines = examples.replace("\n", "\n  ") if examples else ""
    return {
        "help": HELP[name],
        "epilog": f"\b\n{USAGE['examples']}\n  {lines}" if examples else None,
        "options_metavar": USAGE["options-metavar"],
    }


def option(*names: str, key: str | None = None, **more: Any) -> Decorator:  # noqa: ANN401  (click takes what it likes)
    """An option with its Vietnamese help, found by its first name."""
    return click.option(*names, help=OPTIONS[key or names[0].removeprefix("--")], **more)
