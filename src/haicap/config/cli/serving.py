"""`haicap run`, `serve` and `worker`: the processes of the platform."""

from __future__ import annotations

import os
from collections.abc import Callable

import click

from haicap.config.cli import house
from haicap.config.launcher import supervisor, tether, webserver
from haicap.config.launcher.trouble import Trouble


def address(command: Callable[..., None]) -> Callable[..., None]:
    """The options of an HTTP server; each may come from the environment."""
    options = (
        click.option(
            "--host",
            envvar="HAICAP_BIND",
            default="127.0.0.1",
            show_default=True,
            help="Address to listen on.",
        ),
        click.option(
            "--port",
            envvar="HAICAP_PORT",
            default=8000,
            show_default=True,
            type=click.IntRange(1, 65535),
            help="Port.",
        ),
        click.option(
            "--processes",
            envvar="HAICAP_PROCESSES",
            default=2,
            show_default=True,
            type=click.IntRange(1, 256),
            help="Processes that answer; about one a core.",
        ),
        click.option(
            "--threads",
            envvar="HAICAP_THREADS",
            default=3,
            show_default=True,
            type=click.IntRange(1, 64),
            help="Threads in each process; each keeps one database connection.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@address
@click.option(
    "--demo/--no-demo",
    default=None,
    help="Make the fictional demo accounts (default: yes, but never in production).",
)
def run(host: str, port: int, processes: int, threads: int, demo: bool | None) -> None:
    """Run everything: database, worker and web server, until Ctrl-C."""
    from haicap.config import environment as env
    from haicap.config.launcher.prepared import Prepared

    production = env.flag("HAICAP_PRODUCTION", default=False)
    name = f"[{host}]" if ":" in host else {"0.0.0.0": "localhost", "127.0.0.1": "localhost"}.get(host, host)  # noqa: S104
    url = os.environ.setdefault("HAICAP_URL", f"http://{name}:{port}")
    cluster = house.embedded()
    database = os.environ["HAICAP_DATABASE_URL"] if cluster is None else cluster.url()
    demo = not production if demo is None else demo
    supervisor.Run(
        cluster=cluster,
        prepared=Prepared(house.data_folder(), database, demo),
        host=host,
        port=port,
        processes=processes,
        threads=threads,
        url=f"{url.rstrip('/')}/",
    )()


@click.command()
@address
def serve(host: str, port: int, processes: int, threads: int) -> None:
    """Serve the pages and the API; migrate and load first."""
    tether.tie_to_supervisor()
    from haicap.config import settings  # settings speak up here, not in each process

    webserver.check_free(host, port)
    webserver.preload()
    cluster = house.embedded()
    if cluster is not None:
        cluster.start()
    try:
        webserver.serve(
            host, port, processes=processes, threads=threads, json_logs=settings.LOG_FORMAT == "json"
        )
    finally:
        if cluster is not None:
            cluster.release()


@click.command()
def worker() -> None:
    """Do the work behind the pages: jobs, deliveries of events, schedules."""
    tether.tie_to_supervisor()
    house.with_database()
    from haicap.config.launcher import working

    working.work()


@click.command()
@click.option(
    "--host", envvar="HAICAP_BIND", default="127.0.0.1", show_default=True, help="Address of the server."
)
@click.option(
    "--port",
    envvar="HAICAP_PORT",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="Port.",
)
def ready(host: str, port: int) -> None:
    """Ask the server on this machine whether it is ready; exit status 1 when not."""
    if not supervisor.answers(host, port):
        raise Trouble(f"the server on {host} port {port} is not ready")
    click.echo("ready")
