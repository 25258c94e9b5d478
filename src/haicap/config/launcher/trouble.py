"""What went wrong on the operator's side, in one sentence."""


class Trouble(Exception):
    """The launcher cannot go on; the message is one sentence that names the cause and the repair."""
