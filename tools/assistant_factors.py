"""Fit the factors of edges/assistant/weighing.py to the tuned part of the evaluation set, and say how well they do.

`python tools/assistant_factors.py` writes edges/assistant/data/factors.json and prints what five-fold cross-validation
gives; with `--dry` it only prints. Needs numpy (requirements/dev.txt). The untouched part is not read.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from haicap.edges.assistant.evaluating import Row
    from haicap.edges.assistant.knowledge import Knowledge

RIDGE, STEPS, PACE, FOLDS = 1.0, 500, 0.03, 5
EITHER_WAY = ("lacked", "unasked")  # of the other numbers more is never worse
NAME, NAME_WEIGHT = "name", 0.3
NOT_HERE, NOT_HERE_WEIGHT = "not_existing", 0.4  # the tuned part has more of these than people ask
EACH, SHORT, FEW = 8, 5, 3  # every eighth name; its first words; most codes they may stand for


@dataclass(frozen=True, slots=True)
class Example:
    """One question: the numbers of each candidate, which are right, the numbers of "none of these"."""

    row: Row
    codes: Sequence[str]
    signs: Sequence[dict[str, float]]
    nothing: dict[str, float]
    weight: float = 1.0

    @property
    def right(self) -> list[bool]:
        """Of each candidate, and last of none."""
        found = [code in self.row.codes for code in self.codes]
        return [*found, not any(found) or "refuse" in self.row.behaviours]


def examples() -> list[Example]:
    """The tuned questions that procedures are weighed for, as the assistant weighs them; and some official names, as typed."""
    os.environ.setdefault("HAICAP_DATA", tempfile.mkdtemp())
    from haicap.config.cli import asking as program

    program.ready("packaged")
    from haicap.edges.assistant import evaluating, understanding, weighing
    from haicap.edges.assistant.facts import facts

    known = facts().knowledge()
    rows = [
        r
        for r in evaluating.rows(evaluating.TUNED)
        if r.topic in ("procedure", "none", "guidance") and not r.after
    ]
    made = []
    for row in [*rows, *names(known)]:
        question = understanding.understood(row.q, known)
        if question.codes:
            continue
        found, asked = understanding.candidates_of(question, known, row.on)
        numbers = [weighing.signs(candidate, asked, known.lore) for candidate in found]
        codes = [candidate.voice.card.entry.code for candidate in found]
        weight = {NAME: NAME_WEIGHT, NOT_HERE: NOT_HERE_WEIGHT}.get(row.kind, 1.0)
        made.append(
            Example(row, codes, numbers, understanding.nothing_of(question, asked, found, known), weight)
        )
    return made


def names(known: Knowledge) -> Iterator[Row]:
    """Official names as somebody reads them from a form: every so many, whole and by its beginning."""
    from haicap.edges.assistant.evaluating import Row

    plains = sorted(known.names)
    for plain in plains[::EACH]:
        yield Row(plain, NAME, ("answer",), known.names[plain], "procedure")
        begins = " ".join(plain.split()[:SHORT])
        codes = known.names.get(begins) or tuple(
            code for other in plains if other.startswith(f"{begins} ") for code in known.names[other]
        )
        if begins != plain and len(codes) <= FEW:
            yield Row(begins, NAME, ("answer",), codes, "procedure")


class Fit:
    """Examples as one table (example × candidate × number), each number of about the same spread."""

    def __init__(self, made: Sequence[Example]) -> None:
        from haicap.edges.assistant import elsewhere

        self.names = list(next(m.signs[0] for m in made if m.signs))
        self.none = list(made[0].nothing)
        most = max(len(m.signs) for m in made)
        self.there = np.zeros((len(made), most), bool)
        self.x = np.zeros((len(made), most, len(self.names)))
        self.z = np.array([[m.nothing[n] for n in self.none] for m in made])
        self.y = np.zeros((len(made), most + 1))
        self.weight = np.array([m.weight for m in made])
        for n, m in enumerate(made):
            self.there[n, : len(m.signs)] = True
            for k, numbers in enumerate(m.signs):
                self.x[n, k] = [numbers[name] for name in self.names]
            *right, none = m.right
            self.y[n, : len(right)], self.y[n, -1] = right, none
        self.spread = np.r_[self.x[self.there].std(0), self.z.std(0)] + 1e-9
        self.spread[len(self.names) + self.none.index("always")] = 1.0
        self.upward = [n for n, name in enumerate(self.names) if name not in EITHER_WAY]
        self.upward += [len(self.names) + self.none.index(name) for name in elsewhere.SIGNS]
        self.x /= self.spread[: len(self.names)]
        self.z /= self.spread[len(self.names) :]

    def chances(self, factors: Any, among: Any) -> Any:
        """Shares of the candidates of examples and, last, of none."""
        cut = len(self.names)
        sums = np.where(self.there[among], self.x[among] @ factors[:cut], -1e9)
        sums = np.c_[sums, self.z[among] @ factors[cut:]]
        powers = np.exp(sums - sums.max(1, keepdims=True))
        return powers / powers.sum(1, keepdims=True)

    def fitted(self, among: Any) -> Any:
        """Factors by gradient steps with a ridge."""
        factors = np.zeros(len(self.spread))
        first, second = np.zeros_like(factors), np.zeros_like(factors)
        for step in range(1, STEPS + 1):
            given = self.chances(factors, among)
            wanted = given * self.y[among]
            gap = (given - wanted / (wanted.sum(1, keepdims=True) + 1e-12)) * self.weight[among][:, None]
            slope = np.r_[np.einsum("nc,nck->k", gap[:, :-1], self.x[among]), gap[:, -1] @ self.z[among]]
            slope += RIDGE * factors
            first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope * slope
            factors -= PACE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
            factors[self.upward] = np.maximum(factors[self.upward], 0.0)
        return factors

    def written(self, factors: Any) -> dict[str, dict[str, float]]:
        """Factors for the numbers as they are."""
        plain = [round(float(f), 3) for f in factors / self.spread]
        cut = len(self.names)
        return {
            "signs": dict(zip(self.names, plain[:cut], strict=True)),
            "nothing": dict(zip(self.none, plain[cut:], strict=True)),
        }


def validated(fit: Fit, made: Sequence[Example]) -> str:
    """Every fifth judged by factors that never saw it."""
    order = np.random.RandomState(0).permutation(len(made))
    given = np.zeros_like(fit.y)
    for held in np.array_split(order, FOLDS):
        given[held] = fit.chances(fit.fitted(np.setdiff1d(order, held)), held)
    best = np.argsort(-given[:, :-1], 1)[:, :5]
    loss = -np.log((given * fit.y).sum(1) + 1e-9)
    told = []
    for label, own in (("questions", False), ("official names", True)):
        every = [n for n, m in enumerate(made) if (m.row.kind == NAME) is own]
        asked = [n for n in every if made[n].row.topic == "procedure" and "answer" in made[n].row.behaviours]
        first = float(np.mean([fit.y[n, best[n, 0]] > 0 for n in asked]))
        within = float(np.mean([fit.y[n, best[n]].any() for n in asked]))
        told.append(
            f"{len(asked)} {label}: first {first:.3f}, within 5 {within:.3f}; loss of {len(every)}: {loss[every].mean():.3f}"
        )
    for kind in sorted({m.row.kind for m in made}):
        such = [n for n, m in enumerate(made) if m.row.kind == kind and m.row.codes]
        if such:
            told.append(f"  {kind}: {np.mean([fit.y[n, best[n, 0]] > 0 for n in such]):.2f} of {len(such)}")
    return "cross-validated\n" + "\n".join(told)


def main() -> None:
    """Cross-validate, fit to everything, write."""
    made = examples()
    fit = Fit(made)
    print(validated(fit, made))
    text = json.dumps(fit.written(fit.fitted(np.arange(len(made)))), indent=1) + "\n"
    if "--dry" in sys.argv:
        print(text)
        return
    from haicap.edges.assistant import weighing

    weighing.FACTORS.write_text(text, encoding="utf-8")
    print(f"written: {weighing.FACTORS}")


if __name__ == "__main__":
    main()
