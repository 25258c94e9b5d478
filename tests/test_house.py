"""Luật nhà: what the import linter cannot see. A waiver is a line in docs/waivers.md with its reason."""

from __future__ import annotations

import ast
import configparser
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey
from django.urls import URLPattern, URLResolver, get_resolver

import haicap
from haicap.kernel.ledger.kinds import every_kind

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "haicap"
OURS = [config for config in apps.get_app_configs() if config.name.startswith("haicap.")]

MODULE, FUNCTION, TEMPLATE, SETTINGS = 300, 40, 120, 250
README = range(10, 41)

# Rows that are not durable in the sense of law 2: they may be written outside a verb.
TECHNICAL = {
    "kernel/accounts": "sessions, throttles, mail requests",
    "kernel/ledger": "deliveries, errands and the epoch of the feed",
    "kernel/files": "bytes in the store and results of scans",
    "edges/notices": "messages on their way out: what they tell is recorded by the rooms that decide it",
    "edges/probes": "checks and their counts: incidents are opened by the feedback room",
}
WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "update",
    "delete",
    "get_or_create",
    "update_or_create",
}
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("timezone", "now"),
}


def waived(check: str) -> set[str]:
    """Places that docs/waivers.md excuses from a check: rows "| check | place | reason |"."""
    rows = re.findall(
        r"^\| *([\w-]+) *\| *`([^`]+)` *\| *(\S.*?) *\|$", (ROOT / "docs/waivers.md").read_text(), re.M
    )
    return {place for name, place, _ in rows if name == check}


def modules(below: str = "") -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((SOURCE / below).rglob("*.py")):
        place = path.relative_to(SOURCE).as_posix()
        if "/migrations/" not in place and "/tests/" not in place:
            yield place, ast.parse(path.read_text())


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


# --- storeys and rooms ----------------------------------------------------------------------------------------
def heights() -> dict[str, int]:
    """Package → height, read from the linter's contracts; the higher may point at the lower."""
    linter = configparser.ConfigParser()
    linter.read(ROOT / ".importlinter")
    found: dict[str, int] = {}
    for contract, prefix in (("rooms", "haicap.domain."), ("kernel", "haicap.kernel.")):
        layers = linter[f"importlinter:contract:{contract}"]["layers"].split("\n")
        names = [re.findall(r"\w+", layer) for layer in layers if layer.strip()]
        base = 100 if contract == "rooms" else 0
        for height, group in enumerate(reversed(names), base):
            found |= {prefix + name: height for name in group}
    return found


def test_foreign_keys_fall() -> None:
    order = heights()
    for config in OURS:
        for model in config.get_models():
            for field in model._meta.get_fields():
                if not isinstance(field, ForeignKey) or field.related_model._meta.app_config is config:
                    continue
                target = field.related_model._meta.app_config.name
                assert order[target] < order[config.name], (
                    f"{model.__name__}.{field.name} points up at {target}"
                )
                assert field.remote_field.related_name == "+", (
                    f"{model.__name__}.{field.name} opens a way back up"
                )


def test_every_room_says_what_it_is() -> None:
    for config in OURS:
        if config.name.startswith(("haicap.domain", "haicap.kernel")):
            lines = (Path(config.path) / "README.md").read_text().splitlines()
            assert len(lines) in README, f"{config.name}: README.md has {len(lines)} lines"


def test_no_import_hides_in_a_function() -> None:
    for place, tree in modules():
        if place.startswith("config/"):
            continue  # composition: the command line starts fast by importing late
        for function in functions(tree):
            hidden = [n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)]
            assert not hidden, f"{place}:{hidden[0].lineno} imports inside {function.name}"


# --- writes, verbs, clock -------------------------------------------------------------------------------------
def test_only_verbs_write() -> None:
    for place, tree in modules():
        room = "/".join(place.split("/")[:2])
        in_actions = re.fullmatch(r"(domain|kernel)/\w+/actions(/\w+)?\.py", place)
        if not place.startswith(("domain/", "kernel/", "web/", "edges/")) or in_actions or room in TECHNICAL:
            continue
        for call in calls(tree):
            if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES and _on_rows(call.func):
                pytest.fail(f"{place}:{call.lineno} writes by .{call.func.attr}() outside actions")
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                sql = re.match(r"\s*(INSERT INTO|UPDATE \w+ SET|DELETE FROM|TRUNCATE|COPY)\b", node.value)
                assert sql is None, f"{place}:{node.lineno} writes by SQL outside actions"


def _on_rows(func: ast.Attribute) -> bool:
    """Calls on a manager, a queryset or a plain name that may be a row; not on dicts and sets of the standard library."""
    text = ast.unparse(func.value)
    return "objects" in text or func.attr in {
        "bulk_create",
        "bulk_update",
        "get_or_create",
        "update_or_create",
        "save",
    }


def _verbs() -> Iterator[tuple[str, object]]:
    for config in OURS:
        if not config.name.startswith(("haicap.domain", "haicap.kernel")):
            continue
        try:
            module = importlib.import_module(f"{config.name}.actions")
        except ModuleNotFoundError:
            continue
        for name in getattr(module, "__all__", ()):
            verb = getattr(module, name)
            if inspect.isfunction(verb) and name not in {"action", "record", "once"}:  # the frame itself
                yield f"{config.name}.{name}", verb


def test_every_public_verb_is_an_action() -> None:
    verbs = dict(_verbs())
    assert len(verbs) > 15
    for name, verb in verbs.items():
        assert getattr(verb, "__haicap_action__", False), f"{name} is not an @action"
        parameters = inspect.signature(verb).parameters.values()
        assert all(p.kind is inspect.Parameter.KEYWORD_ONLY for p in parameters), (
            f"{name} takes positional arguments"
        )
        assert {"actor", "at"} <= {p.name for p in parameters}, f"{name} takes no actor or no at"


def test_no_clock_in_the_domain() -> None:
    for place, tree in modules("domain"):
        for call in calls(tree):
            if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
                assert (call.func.value.id, call.func.attr) not in CLOCKS, (
                    f"{place}:{call.lineno} reads the clock"
                )


def test_every_event_has_a_sentence_that_its_facts_fill() -> None:
    kinds = every_kind()
    assert len(kinds) > 10
    for kind in kinds:
        assert kind.sentence.strip(), kind.name
        assert set(re.findall(r"%\((\w+)\)s", kind.sentence)) <= set(kind.payload), kind.name


# --- doors ----------------------------------------------------------------------------------------------------
def _views(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, object]]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns, path)
        else:
            yield path, pattern.callback


def test_every_url_of_the_console_has_a_policy() -> None:
    console = [(path, view) for path, view in _views(get_resolver().url_patterns) if "quan-tri/" in path]
    assert len(console) > 10
    for path, view in console:
        assert getattr(view, "__haicap_policy__", None), f"{path} has no policy"


# --- words, settings, commands --------------------------------------------------------------------------------
def _documented(name: str) -> str:
    return (ROOT / "docs" / name).read_text()


def test_every_word_is_in_the_list() -> None:
    words = {row.casefold() for row in re.findall(r"^\| *([^|]+?) *\|", _documented("words.md"), re.M)}
    for config in OURS:
        if config.name.startswith(("haicap.domain", "haicap.kernel")):
            for model in config.get_models():
                word = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).casefold()
                assert word in words, f"{model.__name__}: “{word}” is not in docs/words.md"


def test_every_setting_is_documented() -> None:
    sources = "".join(path.read_text() for path in (SOURCE / "config").rglob("*.py"))
    for name in sorted(set(re.findall(r"\"(HAICAP_[A-Z_]+)\"", sources))):
        assert name in _documented("operate.md"), f"{name} is not in docs/operate.md"


def test_every_command_is_documented() -> None:
    import click

    from haicap.config.cli import haicap as program

    def walk(group: click.Group, prefix: str) -> Iterator[str]:
        context = click.Context(group)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            if isinstance(command, click.Group):
                yield from walk(command, f"{prefix} {name}")
            else:
                yield f"{prefix} {name}"

    for command in walk(program, "haicap"):
        assert command in _documented("operate.md"), f"`{command}` is not in docs/operate.md"


# --- budgets --------------------------------------------------------------------------------------------------
def test_modules_and_functions_stay_small() -> None:
    too_long = []
    for place, tree in modules():
        lines = len((SOURCE / place).read_text().splitlines())
        limit = SETTINGS if place == "config/settings.py" else MODULE
        if lines > limit:
            too_long.append(place)
        for function in functions(tree):
            if (function.end_lineno or 0) - function.lineno + 1 > FUNCTION:
                too_long.append(f"{place}:{function.name}")
    assert set(too_long) <= waived("length"), sorted(set(too_long) - waived("length"))


def test_templates_stay_small() -> None:
    places = {t.relative_to(SOURCE).as_posix(): t for t in SOURCE.rglob("templates/**/*.html")}
    too_long = {place for place, path in places.items() if len(path.read_text().splitlines()) > TEMPLATE}
    assert too_long <= waived("template"), sorted(too_long - waived("template"))


def test_no_inline_style_or_script() -> None:
    """The content security policy forbids them; a page that relied on one would break silently."""
    for path in SOURCE.rglob("templates/**/*.html"):
        text = path.read_text()
        for pattern in (r"\sstyle=", r"<style", r"<script(?![^>]*\bsrc=)", r"\son[a-z]+=\""):
            assert not re.search(pattern, text), f"{path.relative_to(SOURCE)}: {pattern}"


def test_every_module_imports() -> None:
    """No module is dead weight that only fails when somebody needs it."""
    for found in pkgutil.walk_packages(haicap.__path__, "haicap."):
        if ".tests" not in found.name and not found.name.endswith("__main__"):
            importlib.import_module(found.name)
