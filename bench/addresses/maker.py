"""Người viết địa chỉ: draws addresses of one part and writes them down in the ways of the recipes: same seeds, same rows."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from . import noise
from .facts import CUT, Name
from .recipes import RECIPES, Recipe, scaled
from .scope import Scopes
from .truth import Address, Answer, Mention, Oracle
from .words import bare, key

FORMER_RIVAL = "namesake of a former unit"
ON = dt.date(2026, 11, 22)
SEEDS = {"tuned": 20250701, "untouched": 77130921}
KIND_TYPOS = {
    "phường": ("Phừơng", "Phuờng", "Phươg", "Phưòng"), "xã": ("Xa", "Xã.", "xả"), "quận": ("Quân", "Qận", "Quạn"),
    "huyện": ("Huỵên", "Hyện", "Huyên"), "thị xã": ("Thị Xả", "Thi xã"), "thị trấn": ("Thi trấn", "Thị trân"),
    "thành phố": ("Thành phô", "Thanh phố", "TPhố"),
}  # fmt: skip
ENGLISH = {
    "phường": "Ward", "xã": "Commune", "thị trấn": "Town", "quận": "District", "huyện": "District", "thị xã": "Town",
    "thành phố": "City", "tỉnh": "Province",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of the corpus; `status` "not_unique" and "silent" are explained in README.md."""

    part: str
    kind: str
    address: str
    status: str
    code: str
    candidates: str
    population_code: str
    legacy_code: str
    style: str


def half(uid: str) -> str:
    """The part a unit belongs to: both parts share no commune."""
    return "tuned" if hashlib.sha256(uid.encode()).digest()[0] % 2 else "untouched"


class Maker:
    """Draws addresses of one part and writes them down in the ways of the recipes."""

    def __init__(self, oracle: Oracle, scopes: Scopes, part: str) -> None:
        self.oracle, self.scopes, self.part = oracle, scopes, part
        self.rng = Random(SEEDS[part])
        facts = oracle.facts
        olds = [n for n in facts.old if half(n.uid) == part and not n.from_alias]
        last = [n for n in olds if n.until in ("", CUT)]
        self.pools: dict[str, list[Name]] = {
            "old": [n for n in last if not n.short.isdigit()],
            "number": [n for n in last if n.short.isdigit()],
            "split": [n for n in last if len(oracle.became(n.uid)) > 1],
            "former": [n for n in olds if n.until not in ("", CUT)],
            "new": [n for n in facts.current if half(n.uid) == part and not n.from_alias and self._newest(n)],
        }
        self.ward_names = [n.short for n in self.pools["old"] if n.kind == "phường"]
        self._dealt: dict[str, Iterator[Name]] = {}

    def _newest(self, n: Name) -> bool:
        v = self.oracle.facts.in_force(n.uid)
        return bool(v and v["short_name"] == n.short and v["kind"] == n.kind)

    def deal(self, source: str) -> Name:
        """The next unit of a pool, shuffled, so that none comes twice before all came once."""
        if source == "new_or_old":
            source = self.rng.choice(("new", "old"))
        if source not in self._dealt:
            pool = list(self.pools[source])
            self.rng.shuffle(pool)
            self._dealt[source] = iter(pool)
        name = next(self._dealt[source], None)
        if name is None:
            del self._dealt[source]
            return self.deal(source)
        return name

    # -- structured address -------------------------------------------------------------------------------------------

    def parts_of(self, n: Name, r: Recipe) -> Address:
        """The address of a unit, with the parts the recipe wants."""
        facts = self.oracle.facts
        district = None
        if n.district and r.district:
            v = next(
                (
                    v
                    for v in facts.versions[n.district]
                    if not v["valid_to"] or v["valid_to"] >= (n.until or CUT)
                ),
                None,
            )
            v = v or facts.versions[n.district][-1]
            district = Mention(_plain_kind(v["kind"]), v["short_name"])
        return Address(Mention(n.kind, n.short), district, self._province(n, r), not r.bare)

    def _province(self, n: Name, r: Recipe) -> Mention | None:
        facts = self.oracle.facts
        if r.province == "none":
            return None
        uid = facts.merged[n.province] if r.province == "merged" else n.province
        if r.province == "abbr" and self.rng.random() < 0.5:
            names = sorted(s for k, s in facts.provinces[uid] if not k)
            if names:
                return Mention("", self.rng.choice(names))
        v = facts.versions[uid][-1]
        kind = _plain_kind(v["kind"])
        if r.sep != " " and self.rng.random() < 0.4:
            kind = ""
        return Mention(kind, v["short_name"])

    # -- writing ------------------------------------------------------------------------------------------------------

    def _forms(self, m: Mention, r: Recipe, level: str) -> str:
        rng = self.rng
        form = rng.choice(("full", "short")) if r.form == "mixed" else r.form
        if level == "commune" and m.name.isdigit() and form in ("number", "short"):
            return noise.numbered(m, rng)
        if form in ("short", "number"):
            return noise.short(m, rng)
        if form == "plain":
            return m.name
        if form == "english":
            return (
                f"{ENGLISH[m.kind]} {m.name}"
                if m.name.isdigit()
                else f"{m.name} {ENGLISH.get(m.kind, '')}".strip()
            )
        if form == "kindtypo" and level != "province" and rng.random() < 0.7:
            return f"{rng.choice(KIND_TYPOS.get(m.kind, (m.kind,)))} {m.name}"
        return noise.full(m)

    def write(self, a: Address, r: Recipe) -> str:
        """The text of an address."""
        rng = self.rng
        levels = [("commune", a.commune), ("district", a.district), ("province", a.province)]
        pieces = [self._forms(m, r, level) for level, m in levels if m]
        if r.order == "reverse":
            pieces.reverse()
        elif r.order == "shuffle":
            pieces.insert(0, pieces.pop())
        if r.street == "ward":
            n, ward = rng.randint(1, 299), rng.choice(self.ward_names)
            pieces.insert(
                0, rng.choice((f"{n} đường {ward}", f"Số {n} phố {ward}", f"{n}/{n % 9 + 1} {ward}"))
            )
        elif r.street:
            pieces.insert(0, noise.street(rng))
        return self._finish(r.sep.join(pieces), r)

    def _finish(self, text: str, r: Recipe) -> str:
        rng = self.rng
        if r.tail == "country":
            text += rng.choice((", Việt Nam", ", Viet Nam", ", VN", " 100000, Việt Nam", " (Việt Nam)", "."))
        elif r.tail == "phone":
            text += rng.choice(
                (" - ĐT: 0900 000 000", " (gọi trước khi giao)", ". SĐT 0900000000", " ☎ 0900.000.000")
            )
        if r.bare:
            text = bare(text)
        for step in r.post:
            text = {
                "nfd": noise.decomposed, "old_tones": noise.old_tones, "upper": str.upper, "lower": str.lower,
                "wild": noise.wild_case,
            }[step](text)  # fmt: skip
        return text

    # -- rows ---------------------------------------------------------------------------------------------------------

    def mistype(self, a: Address, r: Recipe) -> Address | None:
        """The address with one name mistyped, or None when something else would lie as near."""
        rng = self.rng
        level = rng.choices(("commune", "district", "province"), (6, 3, 1))[0]
        m: Mention | None = getattr(a, level)
        if m is None or m.name.isdigit():
            return None
        edit = rng.choice(r.typo)
        original = bare(m.name) if r.bare else m.name
        typed = noise.TYPOS[edit](original, rng)
        if typed == original or key(typed, marked=True) == key(original, marked=True):
            return None
        if edit not in ("telex", "vni", "squeeze") and not self.scopes.alone(level, a, m.name, typed):
            return None
        if edit in ("telex", "vni", "squeeze") and not self.scopes.no_name(level, a, typed):
            return None
        slip = Mention(m.kind, typed)
        if level == "commune":
            return replace(a, commune=slip)
        return replace(a, district=slip) if level == "district" else replace(a, province=slip)

    def one(self, r: Recipe) -> Row | None:
        """One row, or None when this draw does not suit."""
        n = self.deal(r.source)
        if not self._suits(n, r):
            return None
        written = a = self.parts_of(n, r)
        meant = a if r.form != "plain" else _without_kinds(a)
        answer = self.oracle.answer(meant)
        if answer.status == "not_found" and not answer.silent:
            return None
        if r.typo:
            slip = None if answer.silent or answer.status == "ambiguous" else self.mistype(a, r)
            if slip is None:
                return None
            written = slip
        return self.row(r.kind, self.write(written, r), answer, meant)

    @staticmethod
    def _suits(n: Name, r: Recipe) -> bool:
        if r.form in ("plain", "english") and n.short[0].isdigit():
            return False
        if n.district == "" and r.province == "merged":
            return False
        name = noise.full(Mention(n.kind, n.short))
        return r.post != ("old_tones",) or noise.old_tones(name) != name

    def row(self, kind: str, text: str, answer: Answer, a: Address) -> Row:
        """The line; cases the contract leaves open, or where only a name of before 2025 is a rival, get their own kind."""
        if a.commune and not answer.silent and answer.status != "not_unique":
            settled, rival = self.oracle.settled(a)
            kind = FORMER_RIVAL if rival else kind
            answer = replace(settled, plain_legacy=answer.plain_legacy and settled.plain_legacy)
        status = answer.status
        if answer.silent:
            kind, status = "the contract is silent", "silent"
        return Row(
            self.part, kind, text, status, answer.code if status == "unique" else "", "|".join(answer.candidates),
            answer.population_code, answer.plain_legacy if a.district else "", "old" if a.district else "new",
        )  # fmt: skip

    def rows(self, seen: set[str]) -> Iterator[Row]:
        """The rows of the recipes; what is written is added to `seen`."""
        for recipe in RECIPES:
            if self.part not in recipe.parts:
                continue
            r, made, tries = scaled(recipe, self.part), 0, 0
            while made < r.rows and tries < r.rows * 12:
                tries += 1
                row = self.one(r)
                if row and row.address not in seen:
                    seen.add(row.address)
                    made += 1
                    yield row


def _plain_kind(kind: str) -> str:
    return "thành phố" if kind.startswith("thành phố") else kind


def _without_kinds(a: Address) -> Address:
    def strip(m: Mention | None) -> Mention | None:
        return Mention("", m.name) if m else None

    return Address(strip(a.commune), strip(a.district), strip(a.province), a.marked)
