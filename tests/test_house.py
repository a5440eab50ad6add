"""The repository itself: what no single page or function can promise."""

import ast
import importlib
import os
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".git", ".venv", "var", "vendor", "__pycache__", "node_modules"}
APPS = [
    "portal",
    "residents",
    "relatives",
    "consent",
    "meetings",
    "news",
    "community",
    "knowledge",
]


def files_of_ours():
    for folder, inside, names in os.walk(ROOT):
        # Pruned in place: what is not in git, and what others wrote.
        inside[:] = set(inside) - NOT_OURS
        yield from (Path(folder) / name for name in names)


OURS = sorted(files_of_ours())
CODE = [
    path
    for path in OURS
    if path.suffix == ".py"
    and path.relative_to(ROOT).parts[0] in APPS
    and "migrations" not in path.parts
]
TEMPLATES = [path for path in OURS if ROOT / "templates" in path.parents]
PAGES = [
    path
    for path in TEMPLATES
    if path.suffix == ".html" and path.parent.name not in ("pdf", "mail")
]


def at(path, number):
    return f"{path.relative_to(ROOT)}:{number}"


def lines(paths, pattern):
    """Where the pattern stands: "file:line: text"."""
    found = re.compile(pattern)
    return [
        f"{at(path, number)}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if found.search(line)
    ]


# Pages


def test_no_page_has_script_or_style_of_its_own():
    # What scripts read is no script: a browser runs no JSON.
    inline = r"<script(?![^>]*(\bsrc=|type=.application/json))|<style|\sstyle=|\son[a-z]+=|javascript:"

    assert lines(PAGES, inline) == []


def test_nothing_on_a_page_comes_from_elsewhere():
    elsewhere = r"""(?:src|href|action)=["'](?:https?:)?//"""

    assert lines(PAGES, elsewhere) == []


# Django and allauth look for these by name.
CALLED_BY_NAME = re.compile(
    r"\d{3}(_csrf)?\.html|(account|mfa|socialaccount|allauth|django|registration)/.*|forms/.*"
)


def test_every_template_is_used():
    words = "\n".join(path.read_text() for path in CODE + TEMPLATES)

    unused = []
    for path in TEMPLATES:
        name = path.relative_to(ROOT / "templates").as_posix()
        # Mails are posted by their bare name.
        names = [name, path.stem] if name.startswith("mail/") else [name]
        used = any(re.search(rf"""["'/]{re.escape(one)}["']""", words) for one in names)
        if not used and not CALLED_BY_NAME.fullmatch(name):
            unused.append(name)
    assert unused == []


# Code

DANISH = re.compile(
    r"[æøåÆØÅ]|\b(og|ikke|eller|skal|kan ikke|hvis|fra|til|dine?|dette|borger|pårørende)\b"
)
# Danish that is data, not something the code says: where and why.
DANISH_DATA = {
    "templates/_footer.html": "the name of the other language, in that language",
    "portal/danish.py": "the letters and the endings of the language",
    "knowledge/glossary.py": "the order of the Danish letters",
    "portal/passwords.py": "what anybody would try as a password here",
    "portal/typography.py": "the units that a number does not part from",
    "relatives/register/": "what care systems write in their spreadsheets",
    "templates/500.html": "drawn when nothing works, the catalogue included",
    "templates/503.html": "drawn when nothing works, the catalogue included",
}


def is_data(path):
    return path.relative_to(ROOT).as_posix().startswith(tuple(DANISH_DATA))


def strings(path):
    """The strings of a module that are not docstrings: (line, text)."""
    tree = ast.parse(path.read_text())
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(
            node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        )
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
        ):
            yield node.lineno, node.value


def test_code_is_in_english_and_danish_in_the_catalogue():
    spoken = [
        f"{at(path, number)}: {text[:60]}"
        for path in CODE
        for number, text in strings(path)
        if DANISH.search(text) and not is_data(path)
    ]
    drawn = [
        f"{at(path, number)}: {line.strip()}"
        for path in TEMPLATES
        if not is_data(path)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if DANISH.search(line)
    ]

    assert spoken + drawn == []


# One file for all that differs between machines.
MAY_BE_LONG = {"portal/settings.py"}


def test_no_module_is_two_subjects():
    long = {
        str(path.relative_to(ROOT)): count
        for path in CODE
        if (count := len(path.read_text().splitlines())) > 250
    }

    assert long.keys() <= MAY_BE_LONG


def test_no_page_shows_the_marks_of_a_merge():
    marked = [
        str(path)
        for path in (*TEMPLATES, *CODE)
        if re.search(r"^(<<<<<<<|=======$|>>>>>>>)", path.read_text(), re.MULTILINE)
    ]

    assert marked == []


def test_nothing_names_a_place_on_somebodys_machine():
    texts = [path for path in OURS if path.suffix in TEXT or path.name in TEXT]

    assert lines(texts, r"(?<![\w.])/(home|root|Users|mnt|work|opt)/\w") == []


TEXT = {".py", ".html", ".md", ".txt", ".css", ".js", ".toml", ".json", ".po"} | {
    "Makefile",
    "run",
}


# Settings and packages


def variables():
    """The environment variables that settings.py reads."""
    for node in ast.walk(ast.parse((ROOT / "portal" / "settings.py").read_text())):
        if isinstance(node, ast.Call) and node.args:
            match node.func:
                case (
                    ast.Name(id="env" | "needed")
                    | ast.Attribute(value=ast.Name(id="env"))
                ):
                    if isinstance(node.args[0], ast.Constant):
                        yield node.args[0].value


def test_every_variable_is_explained():
    manual = ROOT / "docs" / "operations.md"
    assert "SECRET_KEY" in set(variables())

    if not manual.exists():
        pytest.skip("docs/operations.md is not there yet")
    text = manual.read_text()
    assert {name for name in variables() if f"`{name}`" not in text} == set()


def locked(name):
    """The packages of a lock file and their versions."""
    pinned = re.findall(
        r"^([\w.-]+)(?:\[[\w,]+\])?==([^\s;\\]+)", (ROOT / name).read_text(), re.M
    )
    return {canonicalize_name(package): version for package, version in pinned}


@pytest.mark.parametrize(
    ("lock", "groups"),
    [("requirements.lock", []), ("requirements-dev.lock", ["dev"])],
)
def test_the_locks_are_in_step_with_the_project(lock, groups):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = project["project"]["dependencies"] + [
        line for group in groups for line in project["dependency-groups"][group]
    ]
    versions = locked(lock)

    out_of_step = [
        line
        for line in asked
        if (wish := Requirement(line))
        and not wish.specifier.contains(
            versions.get(canonicalize_name(wish.name), "0"), prereleases=True
        )
    ]
    assert out_of_step == []


def test_the_tests_run_on_the_versions_that_are_served():
    served, tested = locked("requirements.lock"), locked("requirements-dev.lock")

    assert served.items() <= tested.items()


def test_every_package_is_there_for_a_reason():
    text = (ROOT / "pyproject.toml").read_text().splitlines()
    unexplained = [
        line.strip()
        for before, line in zip(text, text[1:], strict=False)
        if re.fullmatch(r'    "[\w\[\]-]+(~=|==|>=).*",', line)
        and not before.strip().startswith(("#", '"'))
    ]

    assert unexplained == []


def test_every_mutant_breaks_what_is_there(monkeypatch):
    """Code moves on, and a mutant that fits nowhere would be found in an hour's run."""
    monkeypatch.syspath_prepend(ROOT / ".ci")
    mutants = importlib.import_module("mutants").MUTANTS

    lost = [
        name
        for name, file, old, _new in mutants
        if not (ROOT / file).exists() or old not in (ROOT / file).read_text()
    ]

    assert lost == []
    assert len({name for name, *_rest in mutants}) == len(mutants) == 200
