"""`make bench`: everything that has a limit, measured in one run; exit status 1 when one is missed.

`make bench ARGS="lookups web"` measures only those parts.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from bench import assistant, deadlines, dossiers, feedback, law, lookups, powers, procedures, web
from bench.figures import table


def _addresses() -> bool:
    """In a process of its own: its memory is one of the figures."""
    print("\nAddresses\n---------", flush=True)
    return subprocess.run([sys.executable, "-m", "bench.addresses.run"], check=False).returncode == 0


PARTS: dict[str, Callable[[], bool]] = {
    "lookups": lambda: table("Register in process", lookups.figures()),
    "addresses": _addresses,
    "deadlines": deadlines.measured,
    "procedures": procedures.measured,
    "law": law.measured,
    "dossiers": dossiers.measured,
    "feedback": feedback.measured,
    "powers": powers.measured,
    "assistant": assistant.measured,
    "web": lambda: table("Over HTTP", web.figures()),
}


def main(wanted: list[str]) -> int:
    """Run the parts; 0 when every limit holds."""
    unknown = set(wanted) - set(PARTS)
    if unknown:
        print(f"bench: no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    print(
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, {os.cpu_count()} cores, shared machine"
    )
    held = [PARTS[name]() for name in wanted or PARTS]
    print("\nevery limit holds" if all(held) else "\nsome limits are MISSED")
    return 0 if all(held) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
