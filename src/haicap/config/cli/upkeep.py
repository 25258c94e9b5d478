"""`haicap migrate`, `load`, `seed`, `prepare`, `index`, `check` and `version`."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime

import click

from haicap.config.cli import house
from haicap.config.launcher.trouble import Trouble


def now() -> datetime:
    """The clock: the domain is told the time, the command line asks it."""
    return datetime.now(UTC)


def say(words: str) -> None:
    """Progress, on standard error: standard output is for results."""
    click.echo(f"haicap: {words}", err=True)


@click.command()
@click.option(
    "--check", is_flag=True, help="Change nothing; exit status 1 when the schema is not up to date."
)
@click.pass_context
def migrate(ctx: click.Context, check: bool) -> None:
    """Bring the database schema and the static files to this release."""
    house.with_database()
    from haicap.config.launcher import preparing

    if check:
        waiting = preparing.waiting_migrations()
        click.echo("\n".join(waiting) or "up to date")
        ctx.exit(1 if waiting else 0)
    preparing.migrate(say)
    preparing.collect_static(say)


@click.command()
def load() -> None:
    """Load the registers that come with this release, unless they are loaded."""
    house.with_database()
    from haicap.config.launcher import preparing

    preparing.load_registers(say, at=now())
    preparing.load_catalogue(say, at=now())
    preparing.load_law(say, at=now())


@click.command()
def seed() -> None:
    """Make the fictional people of the demonstration (never in production)."""
    house.with_database()
    from haicap.config.launcher import preparing

    for account in preparing.demo(say, at=now()):
        click.echo(f"{account['name']}\t{account['password']}\t{account['role']}")


@click.command()
@click.option("--demo", is_flag=True, help="Make the demo cast too.")
def prepare(demo: bool) -> None:
    """Migrate and load in one go, as `haicap run` does; prints the demo accounts as JSON."""
    from haicap.config.launcher import tether

    tether.tie_to_supervisor()
    house.with_database()
    from haicap.config.launcher import preparing

    preparing.migrate(say)
    preparing.collect_static(say)
    preparing.load_registers(say, at=now())
    click.echo(json.dumps(preparing.demo(say, at=now()) if demo else [], ensure_ascii=False))


@click.command()
def index() -> None:
    """Make what the assistant answers from, unless it is there; the worker does so after every change."""
    os.nice(10)  # nobody waits for it while the one before answers on
    house.with_database()
    from haicap.edges.assistant.facts import facts

    if not facts().prepare():
        raise Trouble("the catalogue is not loaded yet; run `haicap load`")
    click.echo("the assistant knows the catalogue")


@click.command()
@click.option("--deploy", is_flag=True, help="Judge the settings as for production.")
def check(deploy: bool) -> None:
    """Check settings and models (Django's system checks)."""
    house.django_ready()
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    try:
        call_command("check", deploy=deploy, fail_level="WARNING")
    except SystemCheckError as found:
        sys.exit(str(found))


@click.command()
def version() -> None:
    """Print the version of the platform."""
    from importlib.metadata import version as of

    click.echo(of("haicap"))
