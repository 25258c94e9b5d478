"""Verbs of the ledger: recording inside an @action, anchors, and the epoch of the feed."""

from haicap.kernel.ledger.actions.anchors import anchor, begin_epoch
from haicap.kernel.ledger.actions.once import Asked, once
from haicap.kernel.ledger.actions.recording import NothingRecorded, action, record

__all__ = ["Asked", "NothingRecorded", "action", "anchor", "begin_epoch", "once", "record"]
