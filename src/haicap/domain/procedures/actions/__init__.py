"""Động từ: the only writers of this room."""

from haicap.domain.procedures.actions.exercising import (
    ExerciseLine,
    drop_power,
    load_powers,
    name_power,
)
from haicap.domain.procedures.actions.finding import (
    add_synonym,
    drop_life_event,
    drop_synonym,
    put_life_event,
)
from haicap.domain.procedures.actions.importing import import_table
from haicap.domain.procedures.actions.loading import load_catalogue
from haicap.domain.procedures.actions.local import (
    change_instance,
    draft_instance,
    drop_instance,
    publish_instance,
    repeal_instance,
    return_instance,
    show_instance,
    submit_instance,
)
from haicap.domain.procedures.actions.versions import (
    change_version,
    draft_version,
    drop_version,
    publish_version,
    repeal_version,
    return_version,
    show_version,
    submit_version,
)

__all__ = [
    "ExerciseLine",
    "add_synonym",
    "change_instance",
    "change_version",
    "draft_instance",
    "draft_version",
    "drop_instance",
    "drop_life_event",
    "drop_power",
    "drop_synonym",
    "drop_version",
    "import_table",
    "load_catalogue",
    "load_powers",
    "name_power",
    "publish_instance",
    "publish_version",
    "put_life_event",
    "repeal_instance",
    "repeal_version",
    "return_instance",
    "return_version",
    "show_instance",
    "show_version",
    "submit_instance",
    "submit_version",
]
