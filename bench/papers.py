"""What a record costs as a paper, against WeasyPrint's own time for the same HTML.

    python -m bench.papers

The rival is a bare WeasyPrint in the same state of warmth: layout and write, nothing of
ours. The two take turns, so that a busy machine is busy for both. Then a hundred records
one after another, and what the press holds of memory before and after.
"""

import os
import statistics
import time
from io import BytesIO

import django
import pikepdf

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from meetings import papers  # noqa: E402 -- after setup
from portal import pdf, press  # noqa: E402

TURNS, MANY, PAGES = 9, 100, 4
# Goals of the issue: times WeasyPrint's own, seconds warm, growth over a batch.
RATIO, SECONDS, GROWTH = 1.2, 1.0, 1.1
SAID = "Bo vil gerne selv vælge sit tøj om morgenen, og han vil have god tid. " * 3


def record(number, sections):
    """The words of a record with so many sections."""
    line = {
        "question": "Hvad er vigtigt for mig?",
        "said": "",
        "text": f"{number}. {SAID}",
        "answered_by": "borgeren",
        "own": True,
        "short": True,
        "not_relevant": False,
    }
    agreement = {
        "text": "Anna henter Bo hver anden fredag kl. 15.30.",
        "responsible": "Anna Holm",
        "due": "1.12.2026",
        "follow_up": "1.3.2027",
        "state": "Aftalt",
        "short": True,
    }
    return {
        "home": "Solgården",
        "department": "Åkanden",
        "resident": "Bo Holm",
        "blank": False,
        "version": "2026-11-01",
        "number": 1,
        "written": "2026-11-22T12:00:00+01:00",
        "held_on": "3. november 2026",
        "printed_at": "5. november 2026",
        "printed_by": "Karen Lund",
        "participation": "hele samtalen",
        "facts": [[("Borger", "Bo Holm")], [("Sted", "Fællesrummet")]],
        "participants": [],
        "sections": [
            {"title": f"Emne {place}", "lines": [line] * 4} for place in range(sections)
        ],
        "agreements": [agreement] * 12,
        "signers": [{"role": "Borger", "name": "Bo Holm"}] * 4,
    }


def four_pages():
    """How many sections make a record of exactly so many pages as the goal names."""
    for sections in range(1, 40):
        with pikepdf.open(BytesIO(ours(record(0, sections)))) as file:
            if len(file.pages) == PAGES:
                return sections
    raise ValueError(f"No record has {PAGES} pages")


def ours(words):
    return pdf.render(papers.TEMPLATE, words)


def rival(html):
    """Layout and write by WeasyPrint alone, tagged like ours."""
    stylesheet, fonts = press.style()
    page = press.weasyprint().HTML(string=html, url_fetcher=press.fetcher())
    return page.write_pdf(
        stylesheets=[stylesheet], font_config=fonts, pdf_variant="pdf/a-2a"
    )


def timed(work, *given):
    began = time.perf_counter()
    work(*given)
    return time.perf_counter() - began


def memory(process):
    """Megabytes that a process holds."""
    with open(f"/proc/{process}/status") as said:
        held = next(line for line in said if line.startswith("VmRSS"))
    return int(held.split()[1]) / 1024


def main():
    # One press for all of them, so that what it keeps is seen.
    pdf.ENOUGH = 10 * MANY
    sections = four_pages()
    words = record(0, sections)
    html = pdf.html(papers.TEMPLATE, words)
    first = ours(words)
    rival(html)
    turns = [(timed(ours, words), timed(rival, html)) for _turn in range(TURNS)]
    mine = statistics.median(one for one, _other in turns)
    ratio = statistics.median(one / other for one, other in turns)
    for number in range(10):
        ours(record(number, sections))
    press_of, mine_of = pdf._press._process.pid, os.getpid()
    before = memory(press_of), memory(mine_of)
    began = time.perf_counter()
    for number in range(MANY):
        ours(record(number, sections))
    took = time.perf_counter() - began
    after = memory(press_of), memory(mine_of)
    print("| what | measured | goal |\n| --- | ---: | ---: |")
    print(
        f"| a record of {PAGES} pages ({len(first) // 1000} KB), warm | {mine:.2f} s | < {SECONDS} s |"
    )
    print(f"| against WeasyPrint alone | {ratio:.2f} x | <= {RATIO} x |")
    print(f"| {MANY} records | {took:.0f} s | |")
    for whose, held, holds in zip(
        ("the press", "the process that asks"), before, after, strict=True
    ):
        print(
            f"| memory of {whose}, before and after | {held:.0f} and {holds:.0f} MB"
            f" | <= {GROWTH} x |"
        )


if __name__ == "__main__":
    main()
