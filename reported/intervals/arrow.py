"""Columns of bounds in Arrow and Parquet."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from reported.intervals.ends import Ends

_STORAGE = pa.struct([("lower", pa.float64()), ("upper", pa.float64())])


class BoundsType(pa.ExtensionType):  # type: ignore[misc]
    """Bounds in Arrow: a struct of the two ends, which engines that do not know the name read as one."""

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


def to_arrow(ends: Ends) -> pa.Array:
    """A column's ends as an Arrow array of `BoundsType`."""
    missing = np.isnan(ends[0])
    arrays = [pa.array(end, mask=missing) for end in ends]
    storage = pa.StructArray.from_arrays(arrays, fields=list(_STORAGE), mask=pa.array(missing))
    return pa.ExtensionArray.from_storage(BoundsType(), storage)


def from_arrow(array: pa.Array | pa.ChunkedArray) -> Ends:
    """The ends of bounds, or of the plain struct that an engine without their name hands over."""
    chunks = array.chunks if isinstance(array, pa.ChunkedArray) else [array]
    structs = [getattr(chunk, "storage", chunk) for chunk in chunks]
    lower, upper = (
        np.concatenate(
            [*(pa.compute.struct_field(s, end).to_numpy(zero_copy_only=False) for s in structs), []]
        )
        for end in ("lower", "upper")
    )
    return lower, upper
