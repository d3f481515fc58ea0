"""Reports in sections: which rows are the table, and which are another?"""

from pathlib import Path

from leads.importing.reading import Table, open_table


def opened(folder: Path, text: str) -> Table:
    path = folder / "report.csv"
    path.write_text(text, encoding="utf-8")
    return open_table(path)


def names(table: Table) -> list[str]:
    return [record.cells[0] for record in table.records()]


ATTENDANCE = """Attendance
Hosts
Name,Email,Minutes in session
Vera Post,vera@x.example,90
Attendees
Name,Email,Minutes in session
Anna Smit,a@x.example,31
Jan Vos,j@x.example,60
Piet Kok,p@x.example,
"""
MEETING = """1. Summary
Meeting title,Demo
Start time,"6/24/25, 1:47:45 PM"

2. Participants
Name,First Join,Last Leave,In-Meeting Duration,Email
Anna Smit,"6/24/25, 1:50:00 PM","6/24/25, 3:20:00 PM",1h 30m 0s,a@x.example
Jan Vos,"6/24/25, 1:52:00 PM","6/24/25, 3:40:00 PM",1h 48m 0s,j@x.example

3. Activities
Name,Join Time,Leave Time,Duration,Email
Anna Smit,"6/24/25, 1:50:00 PM","6/24/25, 2:20:00 PM",30m 0s,a@x.example
Anna Smit,"6/24/25, 2:30:00 PM","6/24/25, 3:20:00 PM",50m 0s,a@x.example
Jan Vos,"6/24/25, 1:52:00 PM","6/24/25, 3:40:00 PM",1h 48m 0s,j@x.example
"""
REGIONS = """Name,Email,City
Anna Smit,a@x.example,Ede

Zuid
Name,Email,City
Jan Vos,j@x.example,Weert
"""
LONELY = """Name,Email,City
Anna Smit,a@x.example,Ede

Piet Kok
Jan Vos,j@x.example,Weert
"""


def test_of_the_sections_of_a_report_the_largest_is_read(tmp_path: Path):
    table = opened(tmp_path, ATTENDANCE)

    assert (table.header_row, names(table)) == (6, ["Anna Smit", "Jan Vos", "Piet Kok"])


def test_a_header_that_merely_recurs_begins_nothing(tmp_path: Path):
    text = "Name,Email,City\nA B,a@x.example,Ede\nName,Email,City\nC D,c@x.example,Goor\n"

    assert opened(tmp_path, text).header_row == 1


def test_a_section_of_other_columns_is_another_table(tmp_path: Path):
    table = opened(tmp_path, MEETING)

    assert (table.header_row, names(table)) == (6, ["Anna Smit", "Jan Vos"])


def test_a_section_of_the_same_columns_is_read_on(tmp_path: Path):
    assert names(opened(tmp_path, REGIONS)) == ["Anna Smit", "Jan Vos"]


def test_a_lonely_cell_before_more_records_is_a_record(tmp_path: Path):
    assert names(opened(tmp_path, LONELY)) == ["Anna Smit", "Piet Kok", "Jan Vos"]
