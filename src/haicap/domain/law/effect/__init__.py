"""Hiệu lực: which places of which documents count on which day, and by which chain of acts. Pure.

`derive(works, places, links)` goes once through the days on which anything may happen and notes when each relation
began to work; a question then only reads what lies on the place and around it. Days are half-open: `until` is the
first day without.

Rules
- A place begins and lapses on its own days, else on those of the nearest place around it, else on the document's.
  A document whose first day is not known is UNKNOWN until it ends, and nothing it does works.
- A relation to a place covers everything under it. It begins to work on the first day, from its own or its source's
  day (the later), on which its source is in force, all acts of that day counted: what is suspended or ended that day
  does not act. A relation whose source is suspended waits until the source comes back; one whose source has ended
  never works (Law 64/2025/QH15: only a document in force may amend, replace, repeal, suspend).
- Within one day, for one place: extend, commence, resume, suspend, repeal or replace, lapse, end with what is detailed.
  An extension that begins on the very day of the sunset is in time; a resumption does not lift a suspension that
  begins on its day.
- What has ended does not come back, not even when what ended it ends: the relation must be withdrawn.
- A suspension holds to its `until` or until the place is resumed, whatever becomes of the act that suspended; before
  its first day a place is NOT_YET, suspended or not.
- An extension moves the sunset of what has not lapsed, only ever to a later day; an extension without a day removes it.
- Documents that detail what has ended end with it (CASCADE: Law 64/2025/QH15 as amended by 87/2025/QH15), if that is
  on or after 2025-07-01 and if everything they detail has ended by then, unless their continuation had been announced
  (CONTINUES) for them or for the place asked about. What a place itself details counts for it and what lies under it
  instead of what its document details.
- Documents of bodies of abolished districts and merged provinces (bridged) end on 2027-03-01 at the latest, whatever
  extends them (BRIDGE: Law 64/2025/QH15).
- A relation limited to a territory leaves the general standing alone: `exceptions` tells where it differs, and in
  which territory. A territory equal to the target's own is no limit. Whether one unit lies in another is not known
  here: whoever gives the relation says its territory.
- State of a document: from its own standing and that of its known places. In force as soon as anything in it is;
  PARTLY_ENDED, PARTLY_SUSPENDED when something in it differs.
- Nothing lifts its own suspension, moves its own sunset on the day it lapses or keeps itself alive, alone or in a ring.
- Relations of one day whose sources hang on one another's acts, and details that lead back to themselves, are refused
  as `cycle` with their numbers, unless other acts of that day decide them.
"""

from haicap.domain.law.effect.effects import Effects, derive
from haicap.domain.law.effect.marks import covers
from haicap.domain.law.effect.values import Change, Link, Place, Span, Step, Work

__all__ = ["Change", "Effects", "Link", "Place", "Span", "Step", "Work", "covers", "derive"]
