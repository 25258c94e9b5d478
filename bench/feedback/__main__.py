"""The part in a process of its own; HAICAP_DATA names its folder. See `bench.feedback.run`."""

from __future__ import annotations

import os
import sys

from haicap.config.cli import house

if __name__ == "__main__":
    if not os.environ.get("HAICAP_DATA"):
        sys.exit("bench: HAICAP_DATA must name a folder that may be filled; `make bench` makes one")
    house.with_database()
    from bench.feedback.run import main  # only now: it imports rows, which need Django set up

    raise SystemExit(main())
