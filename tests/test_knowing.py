"""Hiểu biết trên đĩa: one file that all processes read; made once, elsewhere, and anew when it is not what it should be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from haicap.config.packaged_facts import entry_of
from haicap.domain.procedures.catalogue import Catalogue
from haicap.domain.procedures.packaged.catalogue import packaged_catalogue
from haicap.domain.procedures.packaged.helps import packaged_synonyms
from haicap.edges.assistant import indexing
from haicap.edges.assistant.indexing import LEARNED, Keeper, stamp_of
from haicap.edges.assistant.knowledge import Knowledge, known, learned
from haicap.edges.assistant.packing import LARGE, REAL, SMALL, Packed, Packer, Unreadable, write
from haicap.edges.assistant.understanding import found, understood
from haicap.kernel.search import Searcher

FEW = 60


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """Some procedures of the packaged catalogue, with all that people call them."""
    proposals = packaged_catalogue().proposals[:FEW]
    return Catalogue(
        [entry_of(n, p) for n, p in enumerate(proposals)], 7, (), list(packaged_synonyms())[:200]
    )


@pytest.fixture(autouse=True)
def here() -> Iterator[None]:
    """Each test begins without another process to leave the making to."""
    indexing.outside(None)
    yield
    indexing.outside(None)


def keeper(folder: Path, catalogue: Catalogue) -> Keeper:
    return Keeper(folder, lambda: catalogue.generation, lambda: catalogue, list)


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{LEARNED}*-*"))


def first(held: Knowledge, catalogue: Catalogue) -> list[str]:
    """What each of some names is answered with, and how surely."""
    on = max(e.span.start for e in catalogue.entries if e.span.start)
    lines = []
    for entry in catalogue.entries[:12]:
        ranked = found(understood(entry.name.lower(), held), held, on).ranked[:3]
        lines.append(" ".join(f"{r.card.entry.code} {r.chance:.6f}" for r in ranked))
    return lines


# --- the form -------------------------------------------------------------------------------------------------------


def packed() -> bytes:
    pack = Packer()
    pack.numbers("small", SMALL, [1, 2, 4_294_967_295])
    pack.numbers("real", REAL, [0.5, -1.25])
    pack.ragged("rows", LARGE, [[1 << 40], [], [2, 3]])
    pack.text("text", {"tên": ["đăng ký", None]})
    return pack.packed()


def test_what_is_packed_is_read_where_it_lies(tmp_path: Path) -> None:
    write(tmp_path / "one", packed())
    read = Packed.opened(tmp_path / "one")
    assert read is not None
    assert list(read.numbers("small")) == [1, 2, 4_294_967_295]
    assert list(read.numbers("real")) == [0.5, -1.25]
    rows = read.ragged("rows")
    assert [list(rows.row(n)) for n in range(3)] == [[1 << 40], [], [2, 3]]
    assert list(rows.rows(0, 3)) == [1 << 40, 2, 3]
    assert read.text("text") == {"tên": ["đăng ký", None]}
    assert (tmp_path / "one").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
    assert Packed.opened(tmp_path / "other") is None


@pytest.mark.parametrize("cut", [0, 5, 39, 60, -1])
def test_a_file_that_was_cut_off_is_told(tmp_path: Path, cut: int) -> None:
    (tmp_path / "one").write_bytes(packed()[:cut])
    with pytest.raises(Unreadable):
        Packed.opened(tmp_path / "one")


def test_one_altered_bit_anywhere_is_told(tmp_path: Path) -> None:
    data = packed()
    for place in range(0, len(data), 37):
        (tmp_path / "one").write_bytes(data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :])
        with pytest.raises(Unreadable):
            Packed.opened(tmp_path / "one")


# --- what is known ---------------------------------------------------------------------------------------------------


def test_cards_words_and_worth_come_back_as_they_were_learned(catalogue: Catalogue) -> None:
    held = known(catalogue, Packed(learned(catalogue, ())), Searcher.over(()))
    assert len(held.cards) == len(held.voices) == FEW
    for entry in catalogue.entries:
        card = held.card(entry)
        assert card.entry is entry
        assert list(card.words) == list(dict.fromkeys(card.plain.split()))[: len(card.words)]
        assert all(held.worth.known(key) and 0 < held.worth(key) <= 1 for key in (*card.words, *card.pairs))
        voice = held.voices[str(entry.pk)]
        spoken = voice.spoken
        texts = [[held.worth(w) for w in card.opening]]
        texts += [list(spoken.words.row(n)) for n in range(voice.first, voice.last)]
        assert voice.size == sum(map(len, texts))
    assert held.worth("chu_khongco") == held.worth("khongcochu") == 1.0
    assert not held.worth.known("khongcochu") and not held.worth.known("dang_khongcochu")
    after = held.mender.after
    assert "khongcochu" not in after and after.get("khongcochu") is None
    key = next(iter(after))
    assert key in after and after[key]["khongcochu"] == 0 and sum(after[key].values()) > 0
    with pytest.raises(KeyError):
        after["khongcochu"]


def test_it_is_made_once_and_read_by_the_next_with_the_same_answers(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = keeper(tmp_path, catalogue)()
    assert [path.name for path in files(tmp_path)] == [f"{LEARNED}{stamp_of(catalogue)}"]
    monkeypatch.setattr(indexing, "learned", _never)
    other = keeper(tmp_path, catalogue)()
    assert other is not one
    assert first(other, catalogue) == first(one, catalogue)


def test_a_damaged_file_is_made_anew(catalogue: Catalogue, tmp_path: Path) -> None:
    one = keeper(tmp_path, catalogue)()
    path = files(tmp_path)[0]
    for left in (path.read_bytes()[:1000], packed()):  # cut off; whole, but of something else
        path.write_bytes(left)
        other = keeper(tmp_path, catalogue)()
        assert first(other, catalogue) == first(one, catalogue)
        assert len(path.read_bytes()) > len(left)


def test_a_disk_that_takes_nothing_does_not_silence_it(catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    held = keeper(tmp_path / "file" / "inside", catalogue)()
    assert first(held, catalogue)[0]


def test_another_catalogue_of_the_same_count_is_other_knowledge(catalogue: Catalogue, tmp_path: Path) -> None:
    keeper(tmp_path, catalogue)()
    restored = Catalogue(
        list(reversed(catalogue.entries))[: FEW - 1] + catalogue.entries[:1], catalogue.generation, (), catalogue.synonyms[:50]
    )  # fmt: skip
    assert restored.generation == catalogue.generation and len(restored.entries) == len(catalogue.entries)
    assert stamp_of(restored) != stamp_of(catalogue)
    keeper(tmp_path, restored)()
    assert {path.name for path in files(tmp_path)} == {
        f"{LEARNED}{stamp_of(one)}" for one in (catalogue, restored)
    }
    third = Catalogue(catalogue.entries, 8, (), ())
    keeper(tmp_path, third)()
    assert len(files(tmp_path)) == 2, "the one before stays for who reads it, older ones go"


def test_it_is_left_to_another_process_where_there_is_one(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = learned(catalogue, ())
    asked: list[int] = []

    def make() -> bool:
        asked.append(1)
        write(tmp_path / f"{LEARNED}{stamp_of(catalogue)}", data)
        return True

    indexing.outside(make)
    monkeypatch.setattr(indexing, "learned", _never)
    assert keeper(tmp_path, catalogue)().cards
    assert asked == [1]


def test_if_that_process_fails_it_is_made_here(catalogue: Catalogue, tmp_path: Path) -> None:
    indexing.outside(lambda: False)
    assert keeper(tmp_path, catalogue)().cards
    assert files(tmp_path)


def test_the_errand_prepares_each_state_once_and_holds_nothing(catalogue: Catalogue, tmp_path: Path) -> None:
    asked: list[int] = []

    def make() -> bool:
        asked.append(1)
        return True

    indexing.outside(make)
    state = {"generation": 7}
    own = Keeper(tmp_path, lambda: state["generation"], lambda: catalogue, list)
    assert own.prepare() and not own.prepare()
    state["generation"] = 8
    assert own.prepare() and not own.prepare()
    assert asked == [1, 1]
    assert own._held is None


def _never(*_: object) -> bytes:
    raise AssertionError("made again")
