"""Bản ghi: one procedure on a day with its whole content, its history, its local instance, what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.procedures.catalogue import Asked, Entry, Found
from haicap.domain.procedures.content import (
    Content,
    Difference,
    diff,
    examine,
    generic_form,
    generic_template,
    generic_workflow,
)
from haicap.domain.procedures.models import LocalInstance, ProcedureVersion
from haicap.domain.procedures.packaged.helps import Essential, essential_services
from haicap.domain.procedures.queries.catalogue import catalogue, content
from haicap.domain.procedures.states import STANDING
from haicap.domain.units import queries as units

VersionRow = ProcedureVersion  # the names doors know these rows by
InstanceRow = LocalInstance


@dataclass(frozen=True, slots=True)
class Record:
    """Một thủ tục vào một ngày.

    document   the content as JSON, with the province's sections laid over it when one was asked for
    instance   the local instance that changed it; None: the national record alone
    unfit      an instance that no longer fits, as the national record changed after it: left out, and to be mended
    """

    entry: Entry
    content: Content
    document: Mapping[str, Any]
    instance: LocalInstance | None = None
    unfit: LocalInstance | None = None

    @property
    def code(self) -> str:
        """The code it is filed under: the local one when there is an instance."""
        return f"{self.entry.code}.{self.instance.suffix}" if self.instance else self.entry.code

    def fileable(self) -> Content:
        """The content with our generic form, steps and result paper where the record has none of its own."""
        return fileable(self.entry.name, self.content)


def fileable(name: str, own: Content) -> Content:
    """A content as people file it: our generic form, steps and result paper stand in for what it lacks.

    Also the preview of a draft: fileable(row.name, read_content(row.content)).
    """
    form = own.form if own.form.pages else generic_form()
    workflow = own.workflow if own.workflow.steps else generic_workflow()
    result = own.results[0].name.vi if own.results else name
    template = own.result_template if own.result_template.title else generic_template(result)
    return replace(own, form=form, workflow=workflow, result_template=template)


def search(asked: Asked, on: date) -> Found:
    """Search as of a day; without marks too."""
    return catalogue().search(asked, on)


def entry(code: str, on: date) -> Entry:
    """The version of a code on a day. Refused `not_found`, `not_in_force` (with the days it counts)."""
    known = catalogue()
    found = known.at(code, on)
    if found is not None:
        return found
    history = known.history(code)
    if not history:
        raise Refused(
            "not_found", gettext_noop("Danh mục không có thủ tục mã %(code)s."), params={"code": code[:20]}
        )
    raise Refused(
        "not_in_force",
        gettext_noop("Thủ tục %(code)s không áp dụng vào ngày này."),
        params={"code": code},
    )


def history(code: str) -> tuple[Entry, ...]:
    """All versions of a code, oldest first; none for a code nobody knows."""
    return catalogue().history(code)


def record(code: str, on: date, *, province: str = "") -> Record:
    """The record of a code on a day, as in a province (uid) when one is named. Refused as `entry`. One or two SQL."""
    found = entry(code, on)
    instance = instance_on(code, province, on) if province else None
    if instance is None:
        document, whole = content(found.pk)
        return Record(found, whole, document)
    document, national = content(found.pk)
    local = merged(document, instance)
    if local is None:
        return Record(found, national, document, unfit=instance)
    return Record(found, local, {**document, **instance.content}, instance)


def merged(document: Mapping[str, Any], instance: LocalInstance) -> Content | None:
    """A national document with a province's sections laid over it; None when they do not fit it."""
    whole, problems = examine({**document, **instance.content})
    return None if problems else whole


def instance_on(code: str, province: str, on: date) -> LocalInstance | None:
    """The local instance of a province (uid) on a day."""
    rows = LocalInstance.objects.filter(
        procedure__code=code, province__uid=province, state__in=list(STANDING), valid__contains=on
    )
    return rows.first()


def instances_of(code: str, on: date | None = None) -> QuerySet[LocalInstance]:
    """Published local instances of a code, with `on` those of the day."""
    rows = LocalInstance.objects.filter(procedure__code=code, state__in=list(STANDING))
    rows = rows.filter(valid__contains=on) if on else rows
    return rows.select_related("province").order_by("suffix", "valid")


def versions(*, visible: Q, state: str = "", text: str = "") -> QuerySet[ProcedureVersion]:
    """Versions an officer sees (`visible` from policy.visible_to), open drafts and newest first."""
    rows = ProcedureVersion.objects.filter(visible).select_related("procedure").defer("content")
    if state:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(
            Q(name__icontains=text) | Q(procedure__code__startswith=text) | Q(field__icontains=text)
        )
    return rows.order_by("-pk")


def version(pk: int, *, visible: Q) -> ProcedureVersion:
    """One version; Refused `not_found`."""
    found = ProcedureVersion.objects.filter(visible, pk=pk).select_related("procedure").first()
    if found is None:
        raise Refused("not_found", gettext_noop("Không có phiên bản này."))
    return found


def instances(*, visible: Q, state: str = "") -> QuerySet[LocalInstance]:
    """Local instances an officer sees (`visible` from policy.instances_visible_to)."""
    rows = LocalInstance.objects.filter(visible).select_related("procedure", "province")
    return (rows.filter(state=state) if state else rows).order_by("-pk")


def instance(pk: int, *, visible: Q) -> LocalInstance:
    """One local instance; Refused `not_found`."""
    found = LocalInstance.objects.filter(visible, pk=pk).select_related("procedure", "province").first()
    if found is None:
        raise Refused("not_found", gettext_noop("Không có bản địa phương này."))
    return found


def difference(before: int, after: int, *, visible: Q) -> tuple[Difference, ...]:
    """What differs between two versions (keys), name and field included. Refused `not_found`."""
    return diff(_whole(version(before, visible=visible)), _whole(version(after, visible=visible)))


def _whole(row: ProcedureVersion) -> dict[str, Any]:
    return {"name": row.name, "field": row.field, **row.content}


@dataclass(frozen=True, slots=True)
class CompetentOrgan:
    """Who decides for a unit: the organ, or only the name as published when the platform has no such organ there."""

    name: str
    organ: units.OrganRow | None


def competent_organs(found: Record, unit: str, on: date) -> tuple[CompetentOrgan, ...]:
    """The competent organs of a record for a commune or province (uid) on a day, in the record's order."""
    register = units.register()
    province = register.province_of(unit, on)
    uids = dict.fromkeys([unit, province.uid if province else unit, "vn"])
    organs = {organ.kind: organ for uid in reversed(uids) for organ in units.organs_of(uid, on)}
    answer = []
    for competent in found.content.competent:
        organ = organs.get(competent.organ)
        answer.append(CompetentOrgan(organ.name if organ else competent.name or competent.organ, organ))
    return tuple(answer)


@dataclass(frozen=True, slots=True)
class EssentialRow:
    """Dịch vụ công thiết yếu with what the catalogue has for it on the day; no entries: “chưa có mã”."""

    service: Essential
    entries: tuple[Entry, ...]


def essential(on: date) -> tuple[EssentialRow, ...]:
    """The 25 essential services."""
    known = catalogue()
    return tuple(
        EssentialRow(s, tuple(e for code in s.codes if (e := known.at(code, on))))
        for s in essential_services()
    )
