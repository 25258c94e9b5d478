"""`haicap powers check --in FILE`: what a file says is told; what it does not say is refused whole, with the repair."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from haicap.config.cli.powers import powers

HEAD = "id,power,role,organ,level,units,condition,from,to,mode,parent,citation\n"
NOTHING = "[]"


@pytest.fixture
def run(tmp_path):
    def call(rows, *options, head=HEAD, name="rows.csv"):
        path = tmp_path / name
        path.write_text(head + rows, encoding="utf-8")
        return CliRunner().invoke(powers, ["check", "--in", str(path), *options])

    return call


def found(result):
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def problems(result):
    """(line, column, sentence) of a refused file; the same is said to the person at the terminal."""
    assert result.exit_code == 2, result.output
    document = json.loads(result.stdout)
    assert document["error"] == "bad_rows" and str(len(document["problems"])) in document["message"]
    for problem in document["problems"]:
        assert f"dòng {problem['line']}" in result.stderr and problem["message"] in result.stderr
    return [(p["line"], p["column"], p["message"]) for p in document["problems"]]


OVERLAP = """\
1,Cấp phép,decide,UBND xã,commune,00004|00008,0 <= floors < 12,2025-07-01,2027-03-01,,,căn cứ 1
2,Cấp phép,decide,UBND tỉnh,province,00008,7 <= floors < 12,2026-01-01,2026-07-01,,,căn cứ 2
"""


def test_a_finding_has_the_keys_of_the_contract_in_order(run):
    told = found(run(OVERLAP, "--on", "2026-03-01", "--json"))
    assert told == [
        {
            "kind": "overlap", "power": "Cấp phép", "role": "decide", "units": ["00008"],
            "interval": ["2026-01-01", "2026-07-01"], "case": "7 <= floors < 12",
            "citations": ["căn cứ 1", "căn cứ 2"],
        }
    ]  # fmt: skip
    assert list(told[0]) == ["kind", "power", "role", "units", "interval", "case", "citations"]


def test_a_day_has_whole_intervals_and_a_window_clips(run):
    assert run(OVERLAP, "--on", "2026-07-01", "--json").stdout.strip() == NOTHING
    assert run(OVERLAP, "--on", "2025-12-31", "--json").stdout.strip() == NOTHING
    assert len(found(run(OVERLAP, "--on", "2026-06-30", "--json"))) == 1
    window = found(run(OVERLAP, "--on", "2020-01-01", "--from", "2026-03-01", "--to", "01/05/2026", "--json"))
    assert [f["interval"] for f in window] == [["2026-03-01", "2026-05-01"]]
    assert found(run(OVERLAP, "--from", "2026-07-01", "--to", "2027-03-01", "--json")) == []


def test_an_omission_tells_its_reason_and_open_days_are_null(run):
    rows = ",P,decide,A,xã,00004,floors < 12,,,,,a\n,P,decide,B,tỉnh,00004,13 <= floors,,,,,b\n"
    (told,) = found(run(rows, "--on", "2026-01-01", "--json"))
    assert list(told)[-1] == "reason"
    assert (told["kind"], told["case"], told["reason"]) == ("omission", "12 <= floors < 13", "g")
    assert told["interval"] == [None, None] and told["citations"] == ["a", "b"]


def test_people_are_told_in_lines(run):
    result = run(OVERLAP, "--on", "2026-03-01")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "overlap  Cấp phép, decide  [2026-01-01 – 2026-07-01)  00008"
    assert "  7 <= floors < 12" in result.stdout.splitlines() and "1 findings" in result.stderr


def test_words_of_levels_roles_and_modes_in_both_languages(run):
    rows = """\
a,P,Quyết định,Bộ A,central,00004,,2025-07-01,2026-01-01,assignment by law,,72/2025/QH15
b,P,decide,Bộ A,ministry,00004,,2026-01-01,2026-07-01,Phân quyền,,72/2025/QH15
c,P,DECIDE,Bộ A,Trung ương,00004,,2026-07-01,2027-01-01,,,72/2025/QH15
d,P,quyet dinh,Sở B,cấp tỉnh,00004,,2026-02-01,2026-03-01,authorization,b,12/QĐ-UBND
e,P,decide,Sở C,province,00004,,2026-03-01,2026-04-01,Uỷ quyền,b,13/QĐ-UBND
"""
    assert found(run(rows, "--from", "2020-01-01", "--to", "2030-01-01", "--json")) == []


def test_empty_units_are_all_communes_since_the_reform(run):
    rows = (
        "a,P,decide,A,commune,,,2025-07-01,2026-01-01,,,\nb,P,decide,B,commune,,,2025-07-01,2026-01-01,,,\n"
    )
    (told,) = found(run(rows, "--on", "2025-07-01", "--json"))
    assert (
        len(told["units"]) > 3300 and told["units"] == sorted(set(told["units"])) and told["citations"] == []
    )


def test_a_parent_is_named_by_id_or_by_citation(run):
    head = 'a,P,decide,A,province,00004,,2025-07-01,2027-01-01,,,"151/2025/NĐ-CP, điều 5"\n'
    for parent in ("a", '"151/2025/NĐ-CP,  điều 5"'):
        rows = (
            head + f"b,P,decide,B,commune,00004,,2026-01-01,2026-02-01,delegation,{parent},28/2025/QĐ-UBND\n"
        )
        assert found(run(rows, "--on", "2026-01-15", "--json")) == []
    rows = head + "b,P,decide,B,commune,00004,,2026-01-01,2026-02-01,delegation,a,1883/QĐ-UBND\n"
    assert [f["kind"] for f in found(run(rows, "--on", "2026-01-15", "--json"))] == ["chain_instrument"]


def test_a_derived_mode_without_parent_is_a_finding(run):
    rows = "a,P,decide,A,province,00004,,2025-07-01,2027-01-01,ủy quyền,,\n"
    assert [f["kind"] for f in found(run(rows, "--on", "2026-01-01", "--json"))] == ["chain_not_holder"]


def test_the_decrees_of_june_2025_give_what_a_law_gives(run):
    for act, kinds in (("146/2025/NĐ-CP", []), ("46/2026/NĐ-CP", ["chain_instrument"]), ("một văn bản", [])):
        rows = f'a,P,decide,A,province,00004,,2025-07-01,2027-01-01,phân quyền,,"{act}, điều 24 khoản 1"\n'
        assert [f["kind"] for f in found(run(rows, "--on", "2026-01-01", "--json"))] == kinds


def test_everything_wrong_is_told_at_once(run):
    rows = """\
a,P,decide,A,commune,00004|99999|abc,,2025-07-01,,,,x
b,,judge,,village,,floors > 12,2025-13-01,,gift,nowhere,
c,P,decide,A,commune,00004,,2026-01-01,2026-01-01,,,
d,P,decide,A,commune,00004,0 <= floors < 5,,,,,
e,P,decide,A,commune,00004,floors in {A},,,,,
d,P,decide,A,commune,00004,,,,,,
f,P,decide,A,commune,00004,,,,,mất,
"""
    told = problems(run(rows, "--json"))
    assert [(line, column) for line, column, _ in told] == [
        (2, "units"), (3, "from"), (3, "power"), (3, "role"), (3, "organ"), (3, "level"), (3, "condition"), (3, "mode"),
        (4, "to"), (6, "condition"), (7, "id"), (8, "parent"),
    ]  # fmt: skip
    said = " ".join(sentence for _, _, sentence in told)
    for repair in (
        "99999, abc",
        "13 <= floors",
        "decide, sign",
        "nation, province",
        "original, delimitation",
        "dòng 5",
    ):
        assert repair in said


def test_parents_in_a_circle_and_citations_of_several_rows(run):
    rows = """\
a,P,decide,A,commune,00004,,,,delegation,b,k
b,P,decide,B,commune,00004,,,,delegation,c,k
c,P,decide,C,commune,00004,,,,delegation,a,k
d,P,decide,D,commune,00004,,,,delegation,k,l
e,P,decide,E,commune,00004,,,,delegation,e,m
f,Q,decide,F,commune,00004,,,,delegation,a,n
"""
    told = problems(run(rows, "--json"))
    assert [(line, column) for line, column, _ in told] == [
        (2, "parent"),
        (5, "parent"),
        (6, "parent"),
        (7, "parent"),
    ]
    assert "2, 3, 4" in told[0][2] and "2, 3, 4" in told[1][2] and "“a”" in told[3][2]


def test_a_row_that_cannot_be_read_is_told_and_nothing_is_checked(run):
    told = problems(run(OVERLAP + '3,P,decide,A,commune,00004,,,,,,"open\n', "--json"))
    assert [line for line, _, _ in told] == [4]


@pytest.mark.parametrize(
    ("head", "rows", "code"),
    [
        ("power,role\n", "P,decide\n", "no_column"),
        ("power,role,organ,level,power\n", "P,decide,A,xã,P\n", "two_columns"),
        ("", "", "empty_file"),
    ],
)
def test_what_is_no_table_of_assertions(run, head, rows, code):
    result = run(rows, "--json", head=head)
    assert result.exit_code == 2 and json.loads(result.stdout)["error"] == code


def test_a_file_that_is_not_there_and_days_that_are_none(run, tmp_path):
    gone = CliRunner().invoke(powers, ["check", "--in", str(tmp_path / "gone.csv"), "--json"])
    assert gone.exit_code == 2 and json.loads(gone.stdout)["error"] == "no_file"
    assert json.loads(run(OVERLAP, "--on", "hôm nay", "--json").stdout)["error"] == "bad_date"
    backwards = run(OVERLAP, "--from", "2026-02-01", "--to", "2026-02-01", "--json")
    assert backwards.exit_code == 2 and json.loads(backwards.stdout)["error"] == "empty_window"


def test_columns_that_are_not_used_are_named(run):
    head = "power,role,organ,level,citation,conditon\n"
    result = run("P,decide,A,xã,x,floors < 2\n", "--json", head=head)
    assert result.exit_code == 0 and "conditon" in result.stderr
