"""Columns of bounds in Dask, on a cluster of two worker processes, are those that pandas computes."""

import math
import os

import numpy as np
import pandas as pd
import pytest

from reported.intervals import Bounds, BoundsArray, hull

ROWS, PARTITIONS = 4000, 5


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def client():
    from distributed import Client, LocalCluster  # not at the top: it takes as long as all of pandas

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        yield client


def table():
    """Counts as they are reported, some open, some missing; and numbers that have to be rounded."""
    rng = np.random.default_rng(20240126)
    lower = rng.integers(0, 10**6, ROWS).astype(float)
    upper = lower + rng.integers(0, 1000, ROWS)
    upper[rng.random(ROWS) < 0.01] = math.inf
    missing = rng.random(ROWS) < 0.05
    lower[missing] = upper[missing] = math.nan
    share = rng.random(ROWS)
    return pd.DataFrame(
        {
            "key": rng.integers(0, 40, ROWS),
            "count": BoundsArray.from_arrays(lower, upper),
            "share": BoundsArray.from_arrays(share, share + 0.1),
        }
    )


@pytest.fixture(scope="module")
def whole():
    return table()


@pytest.fixture(scope="module")
def dask():
    import dask.dataframe

    import reported.intervals.dask  # noqa: F401  (registers bounds)

    return dask


@pytest.fixture(scope="module")
def parts(dask, whole):
    return dask.dataframe.from_pandas(whole, npartitions=PARTITIONS)


def by_key(result):
    """Dask leaves groups in the order in which it met them."""
    return result.compute().sort_index()


def test_the_work_is_done_in_two_other_processes(client):
    assert len({os.getpid(), *client.run(os.getpid).values()}) == 3


def test_arithmetic_and_order(whole, parts):
    pd.testing.assert_series_equal(
        (parts["count"] * parts["share"]).compute(), whole["count"] * whole["share"]
    )
    pd.testing.assert_series_equal(
        (parts["count"] > 1000 * parts["share"]).compute(), whole["count"] > 1000 * whole["share"]
    )


def test_sums_of_counts(dask, whole, parts):
    """Bit for bit, since partial sums of whole numbers are exact, in whatever order they are added."""
    finite = whole[whole["count"].bounds.upper < math.inf]
    assert parts["count"].sum().compute() == whole["count"].sum()
    assert dask.dataframe.from_pandas(finite, npartitions=7)["count"].sum().compute() == finite["count"].sum()
    pd.testing.assert_series_equal(
        by_key(parts.groupby("key")["count"].sum()), whole.groupby("key")["count"].sum()
    )
    pd.testing.assert_series_equal(parts[["count"]].sum().compute(), whole[["count"]].sum())


def test_sums_that_have_to_be_rounded_enclose_the_exact_sum(whole, parts):
    """Here the last bits depend on the order of addition, in pandas as in Dask."""
    total = parts["share"].sum().compute()
    exact = Bounds(math.fsum(whole["share"].bounds.lower), math.fsum(whole["share"].bounds.upper))
    assert total.contains(exact)
    assert total.width - exact.width < 1e-9
    for key, found in parts.groupby("key")["share"].sum().compute().items():
        ends = whole["share"][whole["key"] == key].bounds
        assert found.contains(Bounds(math.fsum(ends.lower), math.fsum(ends.upper)))


def test_hulls(whole, parts):
    from reported.intervals.dask import hull as hull_of_parts

    assert parts["share"].reduction(hull).compute() == hull(whole["share"])
    for name in ("share", "count"):  # the latter has missing rows
        pd.testing.assert_series_equal(
            by_key(parts.groupby("key")[name].agg(hull_of_parts)),
            whole.groupby("key")[name].agg(hull),
        )


def test_parquet_in_partitions(dask, whole, parts, tmp_path):
    parts.to_parquet(tmp_path)
    again = dask.dataframe.read_parquet(tmp_path)
    assert again.npartitions == PARTITIONS
    pd.testing.assert_frame_equal(again.compute(), whole)
    assert again["count"].sum().compute() == whole["count"].sum()
