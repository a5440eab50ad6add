"""`make lock`: write both lock files anew from pyproject.toml, with hashes.

uv chooses the versions, in an environment of its own, for Linux from Python 3.11 on.
"""

import subprocess
import venv

from machine import ROOT, VAR

UV = "uv==0.13.9"


def main():
    own = VAR / "uv"
    if not (own / "bin" / "uv").exists():
        venv.create(own, with_pip=True, clear=True)
        subprocess.run([own / "bin" / "pip", "install", "--quiet", UV], check=True)
    for target, group in (
        ("requirements.lock", []),
        ("requirements-dev.lock", ["--group", "dev"]),
    ):
        subprocess.run(
            [
                *(own / "bin" / "uv", "pip", "compile", "--quiet", "--universal"),
                *("--python-version", "3.11", "--generate-hashes", "--upgrade"),
                *("--no-emit-index-url", "--no-header", "--no-annotate"),
                *("pyproject.toml", *group, "-o", target),
            ],
            cwd=ROOT,
            check=True,
        )


if __name__ == "__main__":
    main()
