"""The people, procedures and keys of a platform that is about to be killed: `python -m tests.faults.seeding`, prints JSON."""

from __future__ import annotations

import json
import sys

from haicap.config.cli import house

house.django_ready()

from datetime import UTC, datetime  # noqa: E402

from haicap.domain.dossiers.tests import make  # noqa: E402
from haicap.domain.units import queries as units  # noqa: E402
from haicap.kernel.accounts import actions as accounts  # noqa: E402
from haicap.kernel.accounts.states import Scope  # noqa: E402


def main() -> None:
    """Print the tokens by role."""
    w, at = make.world(units.register()), datetime.now(UTC)
    tokens = {}
    for name in ("reception", "officer", "leader"):
        user = getattr(w, name)
        _, tokens[name] = accounts.issue_token(
            user=user.public_id,
            label="thử",
            scopes={Scope.READ, Scope.WRITE},
            days=30,
            actor=user.actor,
            at=at,
        )
    sys.stdout.write(json.dumps(tokens) + "\n")


if __name__ == "__main__":
    main()
