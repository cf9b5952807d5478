"""The rows to mend as a workbook: as they stand in the file, with their row number and the reason."""

from lib.i18n import _
from lib.sheets.out import Kind, OutColumn, workbook
from lib.sheets.preview import Preview


def rejected_workbook(preview: Preview) -> bytes:
    """XLSX: row number, the original cells with the faulty ones marked, and why each row was not taken."""
    width = max((len(preview.table.rows[number - 1]) for number in preview.rejected), default=0)
    width = max(width, len(preview.header.cells))
    columns = [OutColumn(_("Ligne"), Kind.WHOLE)]
    columns += [OutColumn(preview.header.written(index), Kind.ANY) for index in range(width)]
    columns.append(OutColumn(_("Motif du rejet")))
    rows, marked = [], set()
    for position, number in enumerate(preview.rejected):
        reasons = []
        for problem in (one for one in preview.to_mend if one.row in (number, preview.header_row)):
            reasons.append(f"{problem.column} – {problem.problem}" if problem.column else problem.problem)
            index = preview.mapping.get(problem.field)
            if index is not None:
                marked.add((position, index + 1))
        cells = [preview.table.cell(number, index) for index in range(width)]
        rows.append([number, *cells, "\n".join(reasons)])
    return workbook(preview.sheet_name, columns, rows, codebook=False, marked=marked)
