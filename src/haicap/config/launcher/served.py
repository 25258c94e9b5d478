"""What each process of the HTTP server loads: the application, tied to the server's main process."""

import multiprocessing
import signal

from haicap.config.launcher import tether

_parent = multiprocessing.parent_process()
if _parent is not None and _parent.pid is not None:
    # Killed, not asked: the main process asks by itself unless it was killed, and then nobody else ends this one.
    tether.tie(_parent.pid, signal.SIGKILL)

from haicap.config import logs, settings  # noqa: E402  the tie comes before the seconds of loading
from haicap.config.launcher import children, warming  # noqa: E402
from haicap.config.wsgi import application  # noqa: E402
from haicap.edges.assistant import indexing  # noqa: E402

if _parent is not None:  # who only looks at this module starts nothing
    logs.configure(settings.LOGGING)  # the server set its own shape after the application was loaded
    indexing.outside(children.index)
    warming.begin()

__all__ = ["application"]
