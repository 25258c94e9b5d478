"""`haicap accounts`: the people of the demonstration."""

from __future__ import annotations

import click

from haicap.config.cli import house
from haicap.config.cli.upkeep import now
from haicap.config.launcher.trouble import Trouble


@click.group()
def accounts() -> None:
    """Accounts of the demonstration."""


@accounts.command()
@click.argument("name")
def code(name: str) -> None:
    """Print the one-time code of demo account NAME, valid for half a minute."""
    house.django_ready()
    from haicap.config import demo

    try:
        click.echo(demo.code(name, at=now()))
    except KeyError:
        raise Trouble(f"{name} is no officer of the demonstration; `haicap seed` lists them") from None
