"""Wiring: the one place where rooms that may not know each other are joined."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from haicap.config import demo_dossiers, demo_feedback, demo_law, papers
from haicap.domain.deadlines import jobs as deadlines
from haicap.domain.deadlines import queries as calendar
from haicap.domain.dossiers import jobs as dossiers
from haicap.domain.dossiers.actions import results, slips
from haicap.domain.dossiers.queries import proving
from haicap.domain.feedback import jobs as feedback
from haicap.domain.guidance import jobs as guidance
from haicap.domain.law import jobs as law
from haicap.domain.law import queries as documents
from haicap.domain.powers import jobs as powers
from haicap.domain.powers import queries as competence
from haicap.domain.procedures import jobs as procedures
from haicap.domain.procedures import queries as catalogue
from haicap.domain.units import jobs as units
from haicap.edges.assistant import facts as answers
from haicap.edges.assistant import jobs as assistant
from haicap.edges.assistant import links, wording
from haicap.edges.assistant.platform import Platform
from haicap.edges.notices import channels, composing, mailing, texting
from haicap.edges.notices import jobs as notices
from haicap.edges.notices.states import Channel
from haicap.edges.payments import gateway as payments
from haicap.edges.payments import jobs as paying
from haicap.edges.payments.protocol import Merchant
from haicap.edges.payments.vnpay import Vnpay
from haicap.edges.probes import jobs as probes
from haicap.kernel.accounts import identity, letters
from haicap.kernel.accounts import jobs as accounts
from haicap.kernel.accounts.oidc import OpenIdConnect
from haicap.kernel.files import jobs as files
from haicap.kernel.files import scanning
from haicap.kernel.ledger import deliveries, errands
from haicap.kernel.ledger import jobs as ledger
from haicap.web.common import health
from haicap.web.common.feedback.words import GROUNDS


def fill() -> None:
    """Fill every slot; runs once when Django is ready, and is safe to run again."""
    errands.every("ledger.anchor", timedelta(days=1), ledger.daily_anchor)
    errands.every("ledger.replies", timedelta(hours=1), ledger.sweep_replies)
    errands.every("accounts.letters", timedelta(seconds=5), accounts.answer_letters)
    errands.every("accounts.sweep", timedelta(hours=1), accounts.sweep)
    errands.every("files.scan", timedelta(seconds=10), files.scan_new)
    errands.every("files.expire", timedelta(hours=1), files.expire)
    errands.every("files.sweep", timedelta(hours=6), files.sweep)
    errands.every("files.verify", timedelta(days=7), files.verify_and_tell)
    scanning.wire(scanning.Clamd(settings.CLAMD_SOCKET) if settings.CLAMD_SOCKET else None)
    deliveries.subscribe("units.conversions", kinds=units.WAKING, handler=units.begin)
    deliveries.subscribe("units.exports", kinds=units.CHANGING, handler=units.prepare_exports)
    errands.every("units.conversions", timedelta(seconds=15), units.pick_up)
    errands.every("units.erase", timedelta(hours=1), units.erase_expired)
    health.REGISTERS |= {"calendar": _calendar, "law": _law, "powers": _powers}
    deliveries.subscribe("deadlines.recompute", kinds=deadlines.WAKING, handler=deadlines.begin)
    errands.every("deadlines.recompute", timedelta(seconds=15), deadlines.pick_up)
    deliveries.subscribe("dossiers.calendar", kinds=dossiers.WAKING, handler=dossiers.follow_calendar)
    errands.every("dossiers.calendar", timedelta(minutes=1), dossiers.catch_up)
    _feedback()
    errands.every("dossiers.drafts", timedelta(hours=6), dossiers.expire_drafts)
    if not settings.PRODUCTION:  # they wait for the catalogue and for the demo cast
        errands.every("demo.law", timedelta(seconds=15), demo_law.load)
        errands.every("demo.feedback", timedelta(seconds=15), demo_feedback.load)
        errands.every("demo.dossiers", timedelta(seconds=15), demo_dossiers.load)
    _law_to_procedures()
    letters.page(letters.Purpose.REGISTER, lambda ticket: reverse("portal:register-link", args=[ticket]))
    letters.page(letters.Purpose.RESET, lambda ticket: reverse("portal:reset-link", args=[ticket]))
    payments.wire(*_gateways())
    _papers()
    errands.every("payments.follow", timedelta(minutes=5), paying.follow_up)
    _notices()
    _probes()
    _assistant()
    if settings.OIDC_ISSUER:
        client, secret = settings.OIDC_CLIENT
        identity.register(OpenIdConnect("oidc", settings.OIDC_NAME, settings.OIDC_ISSUER, client, secret))


def _feedback() -> None:
    """Tickets are routed by a table loaded once, their clocks follow the calendar, late ones go up."""
    errands.every("feedback.load", timedelta(seconds=15), feedback.load_packaged)
    deliveries.subscribe("feedback.calendar", kinds=feedback.WAKING, handler=feedback.follow_calendar)
    errands.every("feedback.calendar", timedelta(minutes=1), feedback.catch_up)
    errands.every("feedback.escalate", timedelta(minutes=5), feedback.escalate)
    errands.every("feedback.organs", timedelta(minutes=10), feedback.leave_ended_organs)
    errands.every("feedback.sources", timedelta(hours=1), feedback.sweep)


def _law_to_procedures() -> None:
    """Packaged registers are loaded one after another behind the first page; what hangs on them follows."""
    errands.every("law.load", timedelta(seconds=15), law.load_packaged)
    errands.every("powers.load", timedelta(seconds=15), powers.load_packaged)
    errands.every("procedures.load", timedelta(seconds=15), procedures.load_packaged)
    errands.every("procedures.powers", timedelta(seconds=15), procedures.load_powers)
    competence.wire(catalogue.published, catalogue.generation)
    deliveries.subscribe("powers.findings", kinds=powers.CHANGING, handler=powers.follow)
    errands.every("powers.findings", timedelta(minutes=1), powers.catch_up)
    errands.every("guidance.load", timedelta(seconds=15), guidance.load_packaged)
    errands.every("guidance.flags", timedelta(seconds=15), guidance.follow)
    deliveries.subscribe("procedures.exports", kinds=procedures.CHANGING, handler=procedures.prepare_exports)


def _calendar() -> health.Register:
    """The working calendar as the status page lists it; pages that need none are served without it."""
    generation = calendar.generation()
    return health.Register("calendar", generation, int(generation > 0), 1, required=False)


def _law() -> health.Register:
    """The register of documents as the status page lists it; it comes behind the first page."""
    generation = documents.generation()
    return health.Register("law", generation, int(generation > 0), 1, required=False)


def _powers() -> health.Register:
    """The register of powers, which comes after the documents."""
    generation = competence.generation()
    return health.Register("powers", generation, int(generation > 0), 1, required=False)


def _papers() -> None:
    """Results are signed, slips lead to the page that follows their dossier."""
    results.wire(papers.made, trial=not settings.SIGNING_P12)
    slips.wire(papers.tracking)
    proving.wire(papers.judged)


def _notices() -> None:
    """What people are told: the ways it goes, and the events it follows."""
    channels.wire(Channel.EMAIL, mailing.Mail)
    for channel, found in ((Channel.SMS, settings.SMS), (Channel.ZALO, settings.ZALO)):
        channels.wire(channel, texting.way(found) if found else None)
    composing.page(lambda code: f"{reverse('portal:track')}?{urlencode({'ma': code})}")
    composing.desk(lambda: reverse("desk:list"))
    composing.tickets(
        lambda code: f"{reverse('portal:ticket-follow')}?{urlencode({'ma': code})}",
        lambda: reverse("desk:list"),
        GROUNDS,
    )
    deliveries.subscribe("notices.tickets", kinds=notices.TICKET_KINDS, handler=notices.on_ticket_event)
    errands.every("notices.deliver", timedelta(seconds=3), notices.deliver)
    errands.every("notices.erase", timedelta(hours=1), notices.erase)
    if settings.IMAP:
        errands.every("notices.incoming", timedelta(minutes=1), notices.reader(settings.IMAP))
    errands.every("notices.officers", timedelta(minutes=10), notices.tell_officers)
    deliveries.subscribe("notices", kinds=notices.KINDS, handler=notices.on_dossier_event)


def _probes() -> None:
    """Systems are asked how they are; ourselves always, others when the operator allows it."""
    probes.wire(
        enabled=settings.PROBES, networks=settings.PROBES_PRIVATE, authorities=settings.PROBES_CA,
        own=lambda: all(register.ready for register in health.registers() if register.required),
    )  # fmt: skip
    errands.every("probes.load", timedelta(seconds=15), probes.load_packaged)
    errands.every("probes.tick", timedelta(seconds=5), probes.tick)
    errands.every("probes.sweep", timedelta(hours=1), probes.sweep)


def _assistant() -> None:
    """What the assistant answers from, where its answers lead, and the operator's language model, if any."""
    answers.wire(Platform(settings.DATA / "index"))
    for kind, name in (
        ("procedure", "procedure"),
        ("file", "file-start"),
        ("power", "power"),
        ("unit", "unit"),
        ("guidance-article", "guidance-chapter"),
        ("guidance-answer", "guidance-answer"),
        ("guidance-notice", "guidance-notice"),
    ):
        links.page(kind, lambda code, name=name: reverse(f"portal:{name}", args=[code]))  # type: ignore[misc]  # a lambda with a default
    links.page("units", lambda _: reverse("portal:units"))
    links.page("hotline", lambda _: reverse("portal:feedback"))
    links.page("address", lambda text: f"{reverse('portal:home')}?{urlencode({'q': text})}")
    wording.wire(settings.ASSISTANT_MODEL_URL, settings.ASSISTANT_MODEL_TOKEN)
    errands.every("assistant.index", timedelta(seconds=15), assistant.prepare)


def _gateways() -> list[payments.Gateway]:
    """The payment gateways the operator has an account with."""
    if not settings.VNPAY_SECRET:
        return []
    merchant = Merchant(settings.VNPAY_URL, settings.VNPAY_TMN_CODE, settings.VNPAY_SECRET)
    return [Vnpay(merchant, settings.VNPAY_ASK_URL)]
