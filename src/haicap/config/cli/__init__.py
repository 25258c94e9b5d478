"""Lệnh `haicap`: the command-line program. Commands are imported only when asked for, so each starts fast."""

from __future__ import annotations

import importlib
import sys

import click

from haicap.base.refused import Refused
from haicap.config.launcher.trouble import Trouble

# name → where its click command lives; the order is that of `haicap --help`.
COMMANDS = {
    "run": "haicap.config.cli.serving:run",
    "serve": "haicap.config.cli.serving:serve",
    "worker": "haicap.config.cli.serving:worker",
    "ready": "haicap.config.cli.serving:ready",
    "migrate": "haicap.config.cli.upkeep:migrate",
    "load": "haicap.config.cli.upkeep:load",
    "seed": "haicap.config.cli.upkeep:seed",
    "prepare": "haicap.config.cli.upkeep:prepare",
    "index": "haicap.config.cli.upkeep:index",
    "check": "haicap.config.cli.upkeep:check",
    "database": "haicap.config.cli.database:database",
    "backup": "haicap.config.cli.safekeeping:backup",
    "restore": "haicap.config.cli.safekeeping:restore",
    "units": "haicap.config.cli.units:units",
    "deadline": "haicap.config.cli.deadline:deadline",
    "law": "haicap.config.cli.law:law",
    "powers": "haicap.config.cli.powers:powers",
    "guidance": "haicap.config.cli.guidance:guidance",
    "search": "haicap.config.cli.asking:search",
    "ask": "haicap.config.cli.asking:ask",
    "evaluate": "haicap.config.cli.asking:evaluate",
    "dossier": "haicap.config.cli.dossier:dossier",
    "feedback": "haicap.config.cli.feedback:feedback",
    "ledger": "haicap.config.cli.ledger:ledger",
    "accounts": "haicap.config.cli.accounts:accounts",
    "notices": "haicap.config.cli.notices:notices",
    "probes": "haicap.config.cli.probes:probes",
    "demo-gateway": "haicap.config.cli.demo_gateway:demo_gateway",
    "demo-load": "haicap.config.cli.demo_load:demo_load",
    "version": "haicap.config.cli.upkeep:version",
}


class Lazy(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names, in the order they are declared."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
def haicap() -> None:
    """Haicap: the platform on which two-tier local government runs.

    Every command and setting is described in docs/operate.md.
    """


def main() -> None:
    """Entry point: what the operator can mend is said in one sentence, without a traceback."""
    try:
        haicap.main(prog_name="haicap")
    except Trouble as trouble:
        sys.exit(f"haicap: {trouble}")
    except Refused as refused:
        sys.exit(f"haicap: {refused.sentence}")
    except Exception as error:
        sentence = of_database(error)
        if sentence is None:
            raise
        sys.exit(f"haicap: {sentence}")


def of_database(error: Exception) -> str | None:
    """The sentence for a database that does not answer or is not prepared; None for anything else."""
    cause = error.__cause__ or error
    if not type(cause).__module__.startswith("psycopg"):
        return None
    said = str(cause).splitlines()[0]
    if type(cause).__name__ in {"UndefinedTable", "UndefinedColumn"}:
        return f"the database is not prepared for this release ({said}); run `haicap migrate`"
    if type(cause).__name__ in {"OperationalError", "ConnectionTimeout", "AdminShutdown", "CannotConnectNow"}:
        return f"the database does not answer ({said})"
    return None
