"""Fit the factors of edges/assistant/weighing.py to the tuned part of the evaluation set, and say how well they do.

`python tools/assistant_factors.py` prints the factors to copy, and what five-fold cross-validation gives. Needs numpy
(requirements/dev.txt). The untouched part is not read.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from typing import Any

import numpy as np

RIDGE, STEPS, PACE, FOLDS = 1.0, 500, 0.03, 5


def examples() -> list[dict[str, Any]]:
    """One a question: numbers of each candidate, which are right, numbers of "none of these"."""
    os.environ.setdefault("HAICAP_DATA", tempfile.mkdtemp())
    from haicap.config.cli import asking as program

    program.ready("packaged")
    from haicap.edges.assistant import evaluating, understanding, weighing
    from haicap.edges.assistant.facts import facts

    known = facts().knowledge()
    made = []
    for row in evaluating.rows(evaluating.TUNED):
        if row.topic not in ("procedure", "none", "guidance") or row.after:
            continue
        question = understanding.understood(row.q, known)
        if question.codes:
            continue
        queries = understanding.readings(question, known, row.on)
        named, called = understanding._fits(question, queries, known, row.on)
        order = sorted({*named, *called}, key=lambda c: -weighing.best(named.get(c), called.get(c)).score)[
            : weighing.MOST
        ]
        asked, numbers = weighing._asked(queries[0]), []
        for code in order:
            card = known.card(weighing.best(named.get(code), called.get(code)).card.entry)
            said = known.says.get(str(card.entry.pk), ())
            numbers.append(
                weighing.signs(
                    card, said, asked, named.get(code), called.get(code), known.worth, question.concepts
                )
            )
        made.append(
            {
                "row": row,
                "codes": order,
                "signs": numbers,
                "nothing": understanding._nothing(question, known),
                "right": [code in row.codes for code in order],
            }
        )
    return made


class Fit:
    """Examples as tables, each column of about the same spread."""

    def __init__(self, made: Sequence[dict[str, Any]]) -> None:
        self.names = list(next(m["signs"][0] for m in made if m["signs"]))
        self.none = list(made[0]["nothing"])
        every = np.array([[s[n] for n in self.names] for m in made for s in m["signs"]])
        blank = np.array([[m["nothing"][n] for n in self.none] for m in made])
        self.spread, self.spread_none = every.std(0) + 1e-9, blank.std(0) + 1e-9
        self.spread_none[self.none.index("always")] = 1.0
        self.x, self.y = [], []
        width = len(self.names) + len(self.none)
        for m in made:
            table = np.zeros((len(m["signs"]) + 1, width))
            for n, numbers in enumerate(m["signs"]):
                table[n, : len(self.names)] = np.array([numbers[k] for k in self.names]) / self.spread
            table[-1, len(self.names) :] = np.array([m["nothing"][k] for k in self.none]) / self.spread_none
            right = np.array([*m["right"], False], dtype=float)
            if not right.any() or "refuse" in m["row"].behaviours:
                right[-1] = 1.0
            self.x.append(table)
            self.y.append(right)

    def chances(self, factors: Any, n: int) -> Any:
        """Shares of the candidates of an example and, last, of none."""
        sums = self.x[n] @ factors
        powers = np.exp(sums - sums.max())
        return powers / powers.sum()

    def fitted(self, among: Sequence[int]) -> Any:
        """Factors by gradient steps with a ridge."""
        factors = np.zeros(self.x[0].shape[1])
        first, second = np.zeros_like(factors), np.zeros_like(factors)
        for step in range(1, STEPS + 1):
            slope = RIDGE * factors / len(among)
            for n in among:
                given = self.chances(factors, n)
                wanted = given * self.y[n]
                slope -= self.x[n].T @ (wanted / (wanted.sum() + 1e-12) - given) / len(among)
            first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope * slope
            factors -= PACE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        return factors


def main() -> None:
    """Cross-validate, fit to everything, print."""
    made = examples()
    fit = Fit(made)
    order = np.random.RandomState(0).permutation(len(made))
    first = within = asked = 0
    for part in np.array_split(order, FOLDS):
        held = set(part.tolist())
        factors = fit.fitted([n for n in order.tolist() if n not in held])
        for n in held:
            right = made[n]["right"]
            if not made[n]["row"].codes:
                continue
            best = np.argsort(-fit.chances(factors, n)[:-1])
            asked += 1
            first += bool(len(best)) and right[best[0]]
            within += any(right[b] for b in best[:5])
    print(f"cross-validated over {asked} questions: first {first / asked:.3f}, within 5 {within / asked:.3f}")
    factors = fit.fitted(order.tolist())
    signs = {
        n: round(float(f), 3)
        for n, f in zip(fit.names, factors / np.r_[fit.spread, fit.spread_none], strict=False)
    }
    rest = (factors / np.r_[fit.spread, fit.spread_none])[len(fit.names) :]
    print("SIGNS =", signs)
    print("NOTHING =", {n: round(float(f), 3) for n, f in zip(fit.none, rest, strict=True)})


if __name__ == "__main__":
    main()
