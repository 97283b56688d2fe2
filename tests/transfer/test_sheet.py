"""CSV in and out."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution import errors
from attribution.transfer import sheet
from attribution.transfer.reading import lines

cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
odd_cells = cells | st.text("'=+-@\t\r\n\",;a", max_size=8)


def records(raw: bytes):
    return list(sheet.Records(lines(iter([raw]), 1_000), 1_000))


@given(odd_cells)
def test_defusing_is_undone_exactly_and_leaves_no_formula(cell):
    defused = sheet.defused(cell)
    assert sheet.undone(defused) == cell
    assert not defused.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.fixed_dictionaries({"text": odd_cells, "speaker": odd_cells, "url": odd_cells}), max_size=4))
def test_what_is_written_is_read_again(rows):
    raw = "".join(sheet.written(rows)).encode()
    found = [cells for _, _, fault, cells in records(raw) if fault is None]
    told = [
        {name: row[name] for name in ("text", "speaker") if row[name]}
        | {"article": {"url": row["url"]} if row["url"] else {}}
        for row in rows
    ]
    assert found == told


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter, end):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(
        [["Text", "speaker", "url", "said_on"], ["one, two; three", "A", "u", ""], ["a\nb", "B", "v", "2024"]]
    )
    assert [(line, cells) for line, _, _, cells in records(out.getvalue().encode())] == [
        (2, {"text": "one, two; three", "speaker": "A", "article": {"url": "u"}}),
        (3, {"text": "a\nb", "speaker": "B", "said_on": "2024", "article": {"url": "v"}}),
    ]


def test_a_mark_that_is_never_closed_costs_only_its_line():
    found = records(b'text,speaker\n"open,A\nsound,B\n"closed ""well""",C\n')
    assert [(line, cells and cells["text"]) for line, _, _, cells in found] == [
        (2, None),
        (3, "sound"),
        (4, 'closed "well"'),
    ]
    assert found[0][1] == b'"open,A\n'


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (b"a,b,c", "3 cells here, and 2 columns"),
        (b"a", "1 cells here, and 2 columns"),
        (b'"a"b,c', "Not CSV"),
        (b"caf\xe9,b", "Byte 4 of the row, 0xE9, is not UTF-8"),
        (b"a" * 1_001 + b",b", "longer than 1,000 bytes"),
    ],
)
def test_a_broken_row_is_told_and_costs_only_itself(row, says):
    bad, good = records(b"text,speaker\n" + row + b"\nsound,B\n")
    assert (bad[0], says in bad[2]) == (2, True)
    assert good[3]["text"] == "sound"


@pytest.mark.parametrize("header", [b"text,speeker", b"text,text", b"caf\xe9", b"{}"])
def test_a_header_that_names_no_columns_is_told(header):
    with pytest.raises(errors.Unreadable):
        records(header + b"\na,b\n")
