"""Tables that people take with them, as a CSV file that Excel opens in Danish.

No cell is a formula to the program that opens it, whatever somebody has called themselves
(OWASP, CSV Injection).
"""

import csv
import io

from django.http import HttpResponse

# Also those of full width, which some programs read alike.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(cell):
    """The cell as text that no program takes for a formula."""
    text = str(cell).replace("\x00", "")
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text


def answer(rows, *, filename):
    """The rows as a file to be saved; the first is the headings."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return HttpResponse(
        # Excel takes it for UTF-8 by its first three bytes.
        file.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{filename}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
        },
    )
