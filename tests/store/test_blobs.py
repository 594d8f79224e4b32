"""Laws of the column codec."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tests.store.made_up import column
from tests.store.strategies import columns

from backstride.model.activity import Column
from backstride.model.channels import CHANNELS
from backstride.store.blobs import pack, unpack
from backstride.store.errors import DamagedStore, Unstorable

channels = st.sampled_from(sorted(CHANNELS))
lengths = st.integers(0, 300)
law = settings(deadline=None)  # a busy machine breaks no law


@law
@given(st.data(), channels, lengths)
def test_a_column_as_devices_write_it_comes_back_bit_for_bit(
    data: st.DataObject, channel: str, rows: int
) -> None:
    values = data.draw(columns(channel, rows))
    np.testing.assert_array_equal(values, unpack(pack(values, CHANNELS[channel].step)), strict=True)


@law
@given(st.data(), channels, lengths)
def test_any_plausible_value_comes_back_within_half_a_step_and_nan_as_nan(
    data: st.DataObject, channel: str, rows: int
) -> None:
    row = CHANNELS[channel]
    values = data.draw(arrays(np.float64, rows, elements=st.floats(row.low, row.high) | st.just(np.nan)))
    found = unpack(pack(values, row.step))
    np.testing.assert_array_equal(np.isnan(values), np.isnan(found))
    rounding = 4 * np.spacing(max(abs(row.low), abs(row.high)))
    assert np.all(np.abs(found - values)[~np.isnan(values)] <= row.step / 2 + rounding)


@law
@given(arrays(np.float64, lengths, elements=st.floats(-1e15, 1e15) | st.just(np.nan)), st.floats(0.3, 1e3))
def test_any_step_is_kept_in_the_blob_so_that_a_changed_table_of_channels_does_no_harm(
    values: Column, step: float
) -> None:
    found = unpack(pack(values, step))
    recorded = ~np.isnan(values)
    np.testing.assert_array_equal(recorded, ~np.isnan(found))
    error = np.abs(found - values)[recorded]
    assert np.all(error <= step / 2 + 4 * np.spacing(np.abs(values[recorded])))


def test_packing_what_was_unpacked_changes_nothing() -> None:
    values = np.random.default_rng(7).uniform(80, 1_000, 500)
    once = unpack(pack(values, 0.1))
    np.testing.assert_array_equal(once, unpack(pack(once, 0.1)))


@pytest.mark.parametrize(
    "values",
    [
        [],
        [np.nan],
        [np.nan] * 9,
        [5.0],
        [-3.0] * 100,
        [np.nan, 1.0],
        [1.0, np.nan],
        [0.0, 2.0**52, -(2.0**52)],
    ],
)
def test_empty_constant_and_unrecorded_columns_come_back(values: list[float]) -> None:
    expected = np.array(values, dtype=np.float64)
    np.testing.assert_array_equal(expected, unpack(pack(expected, 1)), strict=True)


@pytest.mark.parametrize("bad", [np.inf, -np.inf, 1e300, 2.0**53])
def test_an_infinite_or_overlarge_value_is_refused(bad: float) -> None:
    with pytest.raises(Unstorable):
        pack(np.array([1.0, np.nan, bad]), 0.001)


def test_a_table_is_no_column() -> None:
    with pytest.raises(Unstorable):
        pack(np.zeros((2, 2)), 1)


@law
@given(st.integers(0, 10**6), st.integers(0, 7))
def test_one_wrong_bit_is_noticed_and_never_read_as_other_numbers(place: int, bit: int) -> None:
    values = column("altitude_m", 200, seed=3)
    blob = bytearray(pack(values, 0.01))
    blob[place % len(blob)] ^= 1 << bit
    try:
        found = unpack(bytes(blob))
    except DamagedStore:
        return
    # zstd leaves a few bits of its frame header unused; flipping one of those changes nothing.
    np.testing.assert_array_equal(values, found)


@law
@given(st.binary(max_size=100))
def test_any_other_bytes_are_refused(blob: bytes) -> None:
    with pytest.raises(DamagedStore):
        unpack(blob)


def test_a_steady_hour_takes_under_a_tenth_of_its_raw_size() -> None:
    values = column("heart_rate_bpm", 3_600, seed=1)
    assert len(pack(values, 1)) < values.nbytes / 10
