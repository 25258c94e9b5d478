"""`haicap notices`: what waits to be sent, what failed, and whether mail goes out at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from haicap.config.cli import house
from haicap.config.cli.upkeep import now, say
from haicap.config.launcher.trouble import Trouble

if TYPE_CHECKING:
    from haicap.edges.notices.queries import Seen

STATES = ("waiting", "sent", "failed", "dropped")


@click.group()
def notices() -> None:
    """Letters and short messages to people: list, try again, test the mail."""


@notices.command(name="list")
@click.option("--state", type=click.Choice(STATES), help="Only messages in this state.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(state: str | None, limit: int, as_json: bool) -> None:
    """Messages, newest first, with masked receivers; and whether the channels answer."""
    house.with_database()
    from haicap.edges.notices import queries
    from haicap.edges.notices.states import State

    rows = queries.messages(state=State(state) if state else None)[:limit]
    counts = {str(name): number for name, number in queries.counts().items()}
    if as_json:
        ways = [
            {"channel": w.channel, "configured": w.configured, "waiting": w.waiting, "error": w.error}
            for w in queries.ways()
        ]
        found = {"counts": counts, "channels": ways, "messages": [_facts(row) for row in rows]}
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for row in rows:
        click.echo("  ".join(str(value) for value in _facts(row).values() if value != ""))
    for way in queries.ways():
        say(f"{way.channel}: {_state(way.configured, way.error)}")
    say(", ".join(f"{number:,} {name}" for name, number in counts.items()))


def _state(configured: bool, error: str) -> str:
    if not configured:
        return "not set up"
    return f"does not answer ({error})" if error else "ready"


def _facts(row: Seen) -> dict[str, object]:
    return {
        "id": row.id,
        "state": str(row.state),
        "channel": str(row.channel),
        "to": row.to,
        "template": row.template,
        "about": row.about,
        "attempts": row.attempts,
        "created_at": row.created_at.isoformat(),
        "ended_at": row.ended_at.isoformat() if row.ended_at else "",
        "error": row.error,
    }


@notices.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--all", "everything", is_flag=True, help="Every failed message.")
def retry(ids: tuple[str, ...], everything: bool) -> None:
    """Try failed messages again: those named by ID, or --all."""
    if bool(ids) == everything:
        raise click.UsageError("name messages, or give --all")
    house.with_database()
    from haicap.edges.notices import outbox

    number = outbox.retry(at=now(), ids=None if everything else ids)
    say(f"{number:,} will be tried again by the worker")
    if not number and ids:
        raise Trouble("no failed message has this ID, or its text was erased already")


@notices.command(name="test-mail")
@click.argument("address")
def test_mail(address: str) -> None:
    """Send one letter to ADDRESS now, by the mail server of the settings, and say what the server answers."""
    house.django_ready()
    from haicap.base.ids import uuid7
    from haicap.edges.notices import addresses, channels, composing, mailing
    from haicap.edges.notices.wording import TEST

    to = addresses.email(address)
    if to is None:
        raise Trouble(f"{address} is no e-mail address")
    mail = mailing.Mail()
    try:
        mail.open()
        text = composing.compose(TEST, {}, "vi")
        mail.send(channels.Outgoing(str(uuid7()), to, "vi", TEST, text))
    except (channels.Away, channels.Later, channels.Never) as answer:
        raise Trouble(f"the letter did not go out: {answer}") from None
    finally:
        mail.close()
    say(f"the letter to {to} was handed over")
