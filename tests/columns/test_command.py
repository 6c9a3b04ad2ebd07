"""`reported column` and `reported lint` on files of each kind, and on what is no table."""

import pandas as pd
import pytest

from reported.__main__ import main
from reported.columns import files

ROWS = pd.DataFrame(
    {
        "id": ["1", "2", "3", "4"],
        "size": ["at least 50", "None", "police 40; union 60", "n/a"],
        "low": ["50", "0", "40", ""],
        "high": ["90", "0", "60", ""],
    }
)


def save(table, path):
    if path.suffix == ".csv":
        table.to_csv(path, index=False)
    elif path.suffix == ".tsv":
        table.to_csv(path, index=False, sep="\t")
    elif path.suffix == ".xlsx":
        pytest.importorskip("openpyxl")
        table.to_excel(path, index=False)
    else:
        table.to_parquet(path, index=False)
    return path


def read(path):
    if path.suffix == ".xlsx":
        return pd.read_excel(path, keep_default_na=False, na_values=[""])
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    return pd.read_csv(
        path, sep="\t" if path.suffix == ".tsv" else ",", keep_default_na=False, na_values=[""]
    )


@pytest.mark.parametrize("into", [".csv", ".tsv", ".xlsx", ".parquet"])
@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".parquet"])
def test_a_column_is_read_from_each_kind_of_file_into_each(tmp_path, capsys, suffix, into):
    table, out = save(ROWS, tmp_path / f"marches{suffix}"), tmp_path / f"read{into}"
    assert main(["column", str(table), "--words", "size", "--out", str(out)]) == 0
    found = read(out)
    assert found.columns.tolist() == [*ROWS.columns, "lower", "upper", "qualifier", "status"]
    assert found["size"].fillna("").tolist() == ROWS["size"].tolist()
    assert found.lower.fillna(-1).astype(float).tolist() == [50, 0, 40, -1]
    assert found.upper.fillna(-1).astype(float).tolist() == [float("inf"), 0, 60, -1]
    assert found.status.tolist() == ["read", "read", "several statements", "no number"]
    assert "4 rows, 4 different phrases" in capsys.readouterr().out


def test_doubt_is_printed_and_exits_with_1_unless_allowed(tmp_path, capsys):
    table = save(ROWS.assign(size=["5", "150?", "150?", "6"]), tmp_path / "marches.csv")
    assert main(["column", str(table), "--words", "size"]) == 1
    assert '2 × "150?", first in row 3' in capsys.readouterr().out
    assert main(["column", str(table), "--words", "size", "--allow-doubt"]) == 0


@pytest.mark.parametrize("into", [".csv", ".tsv", ".xlsx", ".parquet"])
def test_a_table_larger_than_one_part_is_written_whole(tmp_path, monkeypatch, into):
    monkeypatch.setattr(files, "PART", 1)
    table, out = save(ROWS, tmp_path / "marches.csv"), tmp_path / f"parts{into}"
    assert main(["column", str(table), "--words", "size", "--out", str(out)]) == 0
    found = read(out)
    assert found.columns.tolist() == [*ROWS.columns, "lower", "upper", "qualifier", "status"]
    assert found.lower.fillna(-1).astype(float).tolist() == [50, 0, 40, -1]


def test_coded_numbers_are_compared_with_each_other_where_no_words_are_named(tmp_path, capsys):
    table = save(ROWS.assign(low=["50", "0", "70", ""]), tmp_path / "coded.csv")
    assert main(["lint", str(table), "--low", "low", "--high", "high"]) == 1
    assert "row 4, order: low 70 > high 60" in capsys.readouterr().out


def test_columns_that_are_there_already_are_not_overwritten(tmp_path):
    table, out = save(ROWS.assign(lower="x"), tmp_path / "marches.csv"), tmp_path / "out.csv"
    assert main(["column", str(table), "--words", "size", "--out", str(out)]) == 0
    found = read(out)
    assert found.lower.tolist() == ["x"] * 4
    assert found.size_lower.tolist()[:3] == [50, 0, 40]


@pytest.mark.parametrize(
    ("name", "content", "words", "said"),
    [
        ("a.csv", b"id,size\n1,5\n", "sise", 'no column "sise"; did you mean "size"?'),
        ("a.csv", b"id,size\n1,\n2,\n", "size", "is empty in all 2 rows"),
        ("a.csv", b"id,size\n", "size", "no rows"),
        ("a.csv", b"", "size", "empty"),
        ("a.csv", "id,größe\n1,5\n".encode("latin-1"), "size", "UTF-8"),
        ("a.csv", b'id,size\n1,"5\n', "size", "cannot be read as a table"),
        ("a.csv", b"id,size\n1,12 km\n2,5 people\n", "size", "mixes units"),
        ("a.csv", b"id,size\n1,\xd0\xb1\xd0\xbe\xd0\xbb\xd0\xb5\xd0\xb5 500 \xd1\x87\xd0\xb5\xd0\xbb\xd0\xbe\xd0\xb2\xd0\xb5\xd0\xba\n", "size", "only English is read"),
        ("a.pdf", b"%PDF-1.7", "size", "expected a table"),
        ("a.xlsx", b"not a workbook", "size", "cannot be read as a table"),
        ("a.parquet", b"not parquet", "size", "cannot be read as a table"),
        ("none.csv", None, "size", "no such file"),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_and_writes_nothing(tmp_path, capsys, name, content, words, said):
    table, out = tmp_path / name, tmp_path / "out.csv"
    if content is not None:
        table.write_bytes(content)
    out.write_text("before")
    assert main(["column", str(table), "--words", words, "--out", str(out)]) == 1
    error = capsys.readouterr().err
    assert error.startswith(str(table))
    assert said in error
    assert "Traceback" not in error
    assert out.read_text() == "before"
    assert {path.name for path in tmp_path.iterdir()} <= {name, "out.csv"}


def test_sentences_are_refused_with_the_way_to_read_them(tmp_path, capsys):
    rows = "\n".join(
        f'"In place {n} some people met on the square and then walked home again, all {n} of them"'
        for n in range(5)
    )
    table = tmp_path / "a.csv"
    table.write_text(f"size\n{rows}\n")
    assert main(["column", str(table), "--words", "size"]) == 1
    assert "reported.prose.find" in capsys.readouterr().err


def test_an_unknown_codebook_lists_them(tmp_path, capsys):
    table = save(ROWS, tmp_path / "a.csv")
    assert main(["column", str(table), "--words", "size", "--reading", "acle"]) == 1
    assert "acled, ucdp, ccc" in capsys.readouterr().err


def test_lint_is_silent_on_a_clean_table_and_exits_with_1_else(tmp_path, capsys):
    table = save(ROWS, tmp_path / "a.csv")
    words = ["lint", str(table), "--words", "size", "--low", "low", "--high", "high"]
    assert main(words) == 0
    assert capsys.readouterr().out == ""
    wrong = save(ROWS.assign(high=["50", "0", "30", ""]), tmp_path / "b.csv")
    words[1] = str(wrong)
    assert main([*words, "--against", str(table), "--out", str(tmp_path / "found.csv")]) == 1
    found = read(tmp_path / "found.csv")
    assert set(found.finding) == {"order", "qualifier", "revised within", "revised beyond"}
    assert found.row.min() == 2
    assert main([*words, "--without", "order", "qualifier"]) == 0


def test_lint_needs_a_column_of_numbers(tmp_path, capsys):
    table = save(ROWS, tmp_path / "a.csv")
    assert main(["lint", str(table), "--words", "size"]) == 1
    assert "--low" in capsys.readouterr().err
