"""The strokes of charts: which grid fits, and where lines are cut."""

import pytest

from reporting.drawing import runs, tenths_around


@pytest.mark.parametrize(
    ("shares", "tenths"),
    [
        ([0.47, 0.64, 0.8], [0.4, 0.5, 0.6, 0.7, 0.8]),
        ([0.5], [0.5, 0.6, 0.7, 0.8]),
        ([1.0, None], [0.7, 0.8, 0.9, 1.0]),
        ([0.0, 1.0], [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        ([0.15, 0.95], [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        ([0.0, 0.85], [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        ([], [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
    ],
)
def test_tenths_around(shares: list[float | None], tenths: list[float]) -> None:
    assert tenths_around(shares) == tenths


def test_runs_are_cut_at_gaps() -> None:
    assert runs([None, 0.1, 0.2, None, None, 0.3]) == [[(1, 0.1), (2, 0.2)], [(5, 0.3)]]
