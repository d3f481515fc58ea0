"""In which order day and month stand: by all values of a column, by choice, or as is usual in a country."""

from __future__ import annotations

from pathlib import Path

import pytest

from leads.importing import orders
from leads.importing.reading import Table, open_table

LATE = [*["03-04-2025"] * 700, "25-04-2025"]


def table(tmp_path: Path, *columns: list[str]) -> Table:
    path = tmp_path / "dates.csv"
    path.write_text("\n".join(["Naam;" + ";".join("AB"[: len(columns)]), *map(line, zip(*columns, strict=True))]))
    return open_table(path)


def line(cells: tuple[str, ...]) -> str:
    return ";".join(["Piet Smit", *cells])


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["03-04-2025", "05-06-2025"], {"1": None}),
        (["03-04-2025 10:15", "05-06-2025 09:00"], {"1": None}),
        (LATE, {"1": "dmy"}),
        ([*LATE[:-1], "04/25/2025"], {"1": "mdy"}),
        ([*LATE, "04-25-2025"], {"1": None}),
        (["03-04-2025", "25-06-2025"], {}),
        (["03-03-2025", "2025-04-03"], {}),
        (["3.4.2025", "5.6.2025"], {}),
        (["020 123 4567", "12 34 56 78"], {}),
    ],
)
def test_all_values_of_a_column_are_heard_where_its_first_do_not_tell(
    tmp_path: Path, cells: list[str], told: dict[str, str | None]
) -> None:
    assert orders.undecided(table(tmp_path, cells)) == told


def test_each_column_has_an_order_of_its_own(tmp_path: Path) -> None:
    assert orders.undecided(table(tmp_path, LATE, ["04/05/2025"] * len(LATE))) == {"1": "dmy", "2": None}


@pytest.mark.parametrize(
    ("reading", "options", "order"),
    [
        ({"1": "mdy"}, {"date_order": "dmy"}, "mdy"),
        ({"1": None}, {"date_order": "mdy"}, "mdy"),
        ({"1": None}, {"date_order": "mdy", "date_orders": {"1": "dmy"}}, "dmy"),
        ({"1": None}, {"date_orders": {"2": "mdy"}}, "dmy"),
        ({"1": None}, {"country": "US"}, "mdy"),
        ({}, {}, "dmy"),
    ],
)
def test_what_values_tell_goes_before_what_is_chosen_and_that_before_what_is_usual(
    reading: dict[str, str | None], options: dict[str, object], order: str
) -> None:
    assert orders.of_column(1, {"orders": reading}, options) == order
