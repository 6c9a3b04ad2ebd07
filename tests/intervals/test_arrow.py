"""Bounds in Arrow and Parquet, also for engines that do not know them."""

import pandas as pd
import pyarrow as pa
import pyarrow.parquet

from reported.intervals import Bounds
from tests.intervals.strategies import INF

HOLED = pd.array([Bounds(1, 2), pd.NA, Bounds(1, 2), Bounds(3)], dtype="bounds")


def test_other_engines_read_parquet_as_a_struct_of_the_two_ends_and_the_unit(tmp_path):
    written = pd.array([Bounds(1, INF, unit="km"), pd.NA, Bounds(2)], dtype="bounds")
    pd.DataFrame({"x": written}).to_parquet(tmp_path / "x.parquet")
    pa.unregister_extension_type("reported.intervals.bounds")
    try:
        column = pa.parquet.read_table(tmp_path / "x.parquet")["x"]
    finally:
        from reported.intervals.arrow import BoundsType

        pa.register_extension_type(BoundsType())
    assert column.type == pa.struct([("lower", pa.float64()), ("upper", pa.float64()), ("unit", pa.string())])
    assert column.to_pylist() == [
        {"lower": 1.0, "upper": INF, "unit": "kilometre"},
        None,
        {"lower": 2.0, "upper": 2.0, "unit": None},
    ]
    assert list(map(str, written.dtype.__from_arrow__(column))) == ["[1, inf] kilometre", "<NA>", "[2, 2]"]


def test_arrow_keeps_what_is_missing_and_what_it_is():
    arrow = pa.array(HOLED)
    assert arrow.null_count == 1
    assert arrow.type.extension_name == "reported.intervals.bounds"
    assert [arrow.storage.field(end).null_count for end in ("lower", "upper")] == [1, 1]
    for form in (arrow, pa.chunked_array([arrow[:2], arrow[2:]])):
        back = HOLED.dtype.__from_arrow__(form)
        assert back.tolist() == HOLED.tolist()
