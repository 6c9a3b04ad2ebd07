"""Columns of bounds in Arrow and Parquet."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from reported.intervals.ends import Ends
from reported.intervals.row_units import RowUnits

_STORAGE = pa.struct([("lower", pa.float64()), ("upper", pa.float64()), ("unit", pa.string())])


class BoundsType(pa.ExtensionType):  # type: ignore[misc]
    """Bounds in Arrow: a struct of the two ends and the unit, which other engines read as a plain struct."""

    def __init__(self) -> None:
        super().__init__(_STORAGE, "reported.intervals.bounds")

    def __arrow_ext_serialize__(self) -> bytes:
        return b""

    @classmethod
    def __arrow_ext_deserialize__(cls, storage_type: pa.DataType, serialized: bytes) -> BoundsType:
        return cls()

    def __hash__(self) -> int:
        return hash(self.extension_name)

    def to_pandas_dtype(self) -> Any:
        return pd.api.types.pandas_dtype("bounds")


pa.register_extension_type(BoundsType())


def to_arrow(ends: Ends, units: RowUnits) -> pa.Array:
    """A column's ends, and the unit of each row, null for none, as an Arrow array of `BoundsType`."""
    missing = np.isnan(ends[0])
    arrays = [pa.array(end, mask=missing) for end in ends]
    names = pa.array([name or None for name in units.names], pa.string())
    arrays.append(names.take(pa.array(units.each(len(missing)))))
    storage = pa.StructArray.from_arrays(arrays, fields=list(_STORAGE), mask=pa.array(missing))
    return pa.ExtensionArray.from_storage(BoundsType(), storage)


def from_arrow(array: pa.Array | pa.ChunkedArray) -> tuple[Ends, RowUnits]:
    """The ends and units of bounds, or of the plain struct that an engine without their name hands over."""
    chunks = array.chunks if isinstance(array, pa.ChunkedArray) else [array]
    structs = [getattr(chunk, "storage", chunk) for chunk in chunks]
    ends = [
        np.concatenate(
            [*(pa.compute.struct_field(s, end).to_numpy(zero_copy_only=False) for s in structs), []]
        )
        for end in ("lower", "upper")
    ]
    units = pa.chunked_array([pa.compute.struct_field(s, "unit") for s in structs], pa.string())
    encoded = pa.compute.fill_null(units, "").combine_chunks().dictionary_encode()
    codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.intp)
    found = RowUnits(encoded.dictionary.to_pylist() or [""], codes)
    return (ends[0], ends[1]), found.reduced(~np.isnan(ends[0]))
