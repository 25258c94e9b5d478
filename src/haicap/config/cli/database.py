"""`haicap database`: the embedded PostgreSQL by hand."""

from __future__ import annotations

import click

from haicap.config.cli import house
from haicap.config.launcher.cluster import Cluster
from haicap.config.launcher.trouble import Trouble


@click.group()
def database() -> None:
    """The embedded database server."""


def the_cluster() -> Cluster:
    """The embedded server, or a refusal when an outside one is used."""
    cluster = house.embedded()
    if cluster is None:
        raise Trouble(
            "HAICAP_DATABASE_URL names an outside database; start and stop that one with its own tools"
        )
    return cluster


@database.command()
def start() -> None:
    """Start the server and leave it running until `haicap database stop`."""
    cluster = the_cluster()
    fresh = cluster.start(stay=True)
    click.echo(f"{'started' if fresh else 'already running'}: process {cluster.pid()}, {cluster.url()}")


@database.command()
def stop() -> None:
    """Stop the server, whoever uses it."""
    click.echo("stopped" if the_cluster().stop() else "was not running")


@database.command()
@click.pass_context
def status(ctx: click.Context) -> None:
    """Say whether the server runs; exit status 0 if so, 3 if not."""
    cluster = the_cluster()
    pid = cluster.pid()
    click.echo(
        f"running: process {pid}, data in {cluster.files}" if pid else f"not running; data in {cluster.files}"
    )
    ctx.exit(0 if pid else 3)


@database.command("psql-url")
def psql_url() -> None:
    """Print the address for psql and other clients."""
    click.echo(the_cluster().url())
