"""A workbook of one's own: `make FILE CELL...` writes a title and a row of cells; `read FILE` prints the rows below the title."""

import json
import sys

import openpyxl

doing, path, *cells = sys.argv[1:]
if doing == "make":
    book = openpyxl.Workbook()
    book.active.append(["自己的表"])
    book.active.append(cells)
    book.save(path)
else:
    rows = openpyxl.load_workbook(path).active.iter_rows(min_row=2, values_only=True)
    print(json.dumps([row for row in rows if any(row)]))
