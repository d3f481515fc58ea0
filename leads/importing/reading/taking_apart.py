"""Can a workbook be taken apart within limits? Run as a process of its own: one that cannot takes nothing with it.

Ends with 0 where it can, and where the reader itself says what is wrong with it; otherwise it is ended by its limits.
"""

import os
import resource
import sys

from python_calamine import CalamineWorkbook, SheetTypeEnum

MEMORY, SECONDS = 500_000_000, 15
SHEETS = 30
"""So many sheets are looked at."""


def take_apart(path: str) -> None:
    """Read every sheet that will be looked at, and keep none."""
    book = CalamineWorkbook.from_path(path)
    names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    for name in names[:SHEETS]:
        book.get_sheet_by_name(name)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        take_apart(sys.argv[1])
    except MemoryError:
        os._exit(1)
    except BaseException:  # noqa: BLE001 (the reader says the same again, where somebody hears it)
        os._exit(0)
    os._exit(0)


if __name__ == "__main__":
    main()
