"""How a command ends that could not be done, or was not understood."""

from typing import NoReturn

import click

from web.commands.wording import FAILURES, USAGE


class Failed(click.ClickException):
    """The command ends with this sentence and exit code 1."""

    def __init__(self, code: str, sentence: str | None = None, **details: object) -> None:
        super().__init__(sentence or FAILURES[code].format_map(details))
        self.code = code

    def show(self, file: object = None) -> None:  # noqa: ARG002  (the interface passes a file)
        click.echo(f"{USAGE['error']}: {self.message} [{self.code}]", err=True)


def show_usage_error(error: click.UsageError) -> None:
    """Tell a slip in the command itself in Vietnamese; the framework's words are English."""
    click.echo(f"{USAGE['error']}: {_sentence(error)}", err=True)
    context = error.ctx or click.get_current_context(silent=True)
    command = context.command_path if context else "grade-ledger"
    click.echo(USAGE["hint"].format(command=command), err=True)


def _sentence(error: click.UsageError) -> str:
    match error:
        case InVietnamese():
            return error.message
        case click.NoSuchOption():
            return USAGE["no-such-option"].format(name=error.option_name)
        case click.MissingParameter(param=param) if param:
            return USAGE["missing"].format(name=_name_of(param))
        case click.BadParameter(param=param) if param:
            return USAGE["bad-value"].format(name=_name_of(param))
        case click.BadOptionUsage():
            return USAGE["missing-value"].format(name=error.option_name)
        case _ if name := getattr(error, "command_name", None):
            return USAGE["no-such-command"].format(name=name)
        case _:
            return USAGE["wrong"]


class InVietnamese(click.UsageError):
    """A usage error whose sentence is ours already."""


def _name_of(param: click.Parameter) -> str:
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name


def unusable(key: str, **details: object) -> NoReturn:
    """End with a usage error said in our words."""
    raise InVietnamese(USAGE[key].format_map(details), click.get_current_context(silent=True))
