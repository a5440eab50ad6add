"""Copy the pictograms we use out of OpenMoji's npm package into static/vendor/openmoji.

    python .ci/vendor_openmoji.py

Run only when the version is raised or a pictogram joins; the result is committed, so
nobody needs npm. The drawings are taken as they are (CC BY-SA 4.0: whoever changes one
shares the change alike), under names that say what they mean here.
"""

import base64
import hashlib
import io
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

VERSION = "17.0.0"
SHA512 = "EBnYrNGdcdw+OSXmENeNE1yBNRu6tOraTmoOyUbJkTmvT/+XETp8RZLSJFzD3lrPc5N9CzsyPnRTk0Vp4UaI9w=="
TARGET = Path(__file__).resolve().parent.parent / "static" / "vendor" / "openmoji"
PICTOGRAMS = {
    # The topics, by their own names (residents.topics).
    "daily": "2615",
    "photos": "1F4F7",
    "goals": "1F3AF",
    "meetings": "E246",
    "health": "1FA7A",
    "treatment": "1F48A",
    "social": "1F614",
    "substance": "1F37A",
    "offences": "1F46E",
    "economy": "1FA99",
    "force": "1FAF8",
    # The answers, by theirs (consent.models).
    "yes": "1F44D",
    "no": "1F44E",
    "not_yet": "1F914",
    # What one can do.
    "stop": "1F6D1",
    "talk": "E24A",
    "listen": "1F50A",
    "see": "1F441",
    "tell": "1F5E8",
    "phone": "260E",
    "write": "1F4DD",
    "paper": "1F4C4",
    "pen": "1F58A",
    "back": "2B05",
    "next": "27A1",
    "undo": "21A9",
    "home": "1F3E0",
    # What is so.
    "law": "2696",
    "closed": "1F512",
    "wait": "23F3",
    "done": "2705",
    "calendar": "1F4C5",
    "question": "2753",
    "person": "1F464",
    "people": "1F465",
    "together": "1F9D1-200D-1F91D-200D-1F9D1",
}
# A drawing draws, and does nothing else.
MORE_THAN_DRAWN = re.compile(
    rb"<script|<style|<image|<use|<foreignObject|\bon\w+=|href"
)


def fetch(folder):
    """The package, if it is the one we looked at."""
    subprocess.run(
        ["npm", "pack", f"openmoji@{VERSION}", "--silent"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    package = (folder / f"openmoji-{VERSION}.tgz").read_bytes()
    found = base64.b64encode(hashlib.sha512(package).digest()).decode()
    if found != SHA512:
        raise SystemExit(f"openmoji {VERSION} is another package: sha512 {found}")
    return package


def main():
    with tempfile.TemporaryDirectory() as folder:
        package = fetch(Path(folder))
    with tarfile.open(fileobj=io.BytesIO(package)) as files:

        def content(path):
            return files.extractfile(f"package/{path}").read()

        drawings = {
            name: content(f"color/svg/{code}.svg") for name, code in PICTOGRAMS.items()
        }
        licence = content("LICENSE.txt")
    for name, drawing in drawings.items():
        if MORE_THAN_DRAWN.search(drawing):
            raise SystemExit(f"{name} is more than a drawing; look at it first.")
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    for name, drawing in drawings.items():
        (TARGET / f"{name}.svg").write_bytes(drawing.rstrip() + b"\n")
    (TARGET / "LICENSE.txt").write_bytes(licence)
    (TARGET / "VERSION").write_text(
        f"OpenMoji {VERSION}, https://openmoji.org, CC BY-SA 4.0\n"
    )


if __name__ == "__main__":
    main()
