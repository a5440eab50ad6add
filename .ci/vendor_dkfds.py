"""Copy Det Fælles Designsystem out of its npm package into static/vendor/dkfds.

    npm pack dkfds@11.2.0 && tar xf dkfds-11.2.0.tgz
    python .ci/vendor_dkfds.py package static/vendor/dkfds

Run only when the version is raised; the result is committed, so nobody needs node.
We start from the borger.dk build, for its three greens are where a brand colour goes,
and make every colour a custom property. Fonts: woff2 alone, the five faces we use.
"""

import re
import shutil
import sys
from pathlib import Path

BRAND = {"#44831e": "brand", "#3c5c22": "brand-dark", "#233614": "brand-darker"}
COLOURS = {
    "#1a1a1a": "ink",
    "#454545": "gray-600",
    "#707070": "gray-500",
    "#8e8e8e": "gray-400",
    "#bfbfbf": "gray-300",
    "#dcdcdc": "gray-200",
    "#f5f5f5": "gray-100",
    "#cc0000": "red-700",
    "#ffe0e0": "red-100",
    "#ffeecc": "orange-100",
    "#febb30": "orange-700",
    "#e2f2fb": "blue-100",
    "#1b86c3": "blue-700",
    "#004d99": "blue-800",
    "#ddf7ce": "green-100",
    "#358000": "green-700",
    "#800080": "purple-700",
}
OURS = {"brand": "#00596b", "brand-dark": "#003f4d", "brand-darker": "#002a33"}
FACES = [
    ("Regular", 400, "normal"),
    ("Italic", 400, "italic"),
    ("Medium", 500, "normal"),
    ("SemiBold", 600, "normal"),
    ("Bold", 700, "normal"),
]
SUBSETS = {"Latin1": "", "Latin2": ";unicode-range:U+0100-024F,U+1E00-1EFF"}


def font_faces():
    return "".join(
        f'@font-face{{font-family:"IBM Plex Sans";font-style:{style};'
        f"font-weight:{weight};font-display:swap;"
        f'src:url("../fonts/IBMPlexSans-{name}-{subset}.woff2") format("woff2"){only}}}'
        for name, weight, style in FACES
        for subset, only in SUBSETS.items()
    )


def stylesheet(css):
    css = css.replace('@charset "UTF-8";', "")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", css)
    # 157 classes that draw an icon as a background; ours are drawn with <use>.
    css = re.sub(r"\.icon-[a-z0-9-]+:not\(a\)\s*\{[^}]*svg-icons[^}]*\}", "", css)
    css = css.replace("logo-borgerdk.svg", "logo-header-placeholder.png")
    css = re.sub("#f1f1f1", "white", css, flags=re.I)
    names = {**BRAND, **COLOURS}
    css = re.sub(
        r"(?<=[:\s,(])#[0-9a-fA-F]{6}\b",
        lambda m: f"var(--{names[m[0].lower()]})" if m[0].lower() in names else m[0],
        css,
    )
    css = re.sub(r"(?<=[:\s])white(?=[;\s}])", "var(--white)", css)
    css = re.sub(r"(?<=[:\s])black(?=[;\s}])", "var(--ink)", css)
    root = "".join(f"--{name}:{code};" for code, name in COLOURS.items())
    root += "".join(f"--{name}:{code};" for name, code in OURS.items())
    css = f":root{{{root}--white:#fff}}" + font_faces() + css
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};,])\s*", r"\1", css)


def main(package, target):
    package, target = Path(package), Path(target)
    dist = package / "dist"
    shutil.rmtree(target, ignore_errors=True)
    for folder in ("css", "img/svg-icons", "fonts"):
        (target / folder).mkdir(parents=True)
    css = stylesheet((dist / "css/dkfds-borgerdk.css").read_text())
    (target / "css/dkfds.css").write_text(css + "\n")
    for image in sorted(set(re.findall(r"\.\./img/([^\"')]+)", css))):
        shutil.copy(dist / "img" / image, target / "img" / image)
    shutil.copy(dist / "img/all-svg-icons.svg", target / "img")
    fonts = dist / "fonts/IBMPlexSans"
    for name, _weight, _style in FACES:
        for subset in SUBSETS:
            shutil.copy(
                fonts / f"split/woff2/IBMPlexSans-{name}-{subset}.woff2",
                target / "fonts",
            )
    shutil.copy(fonts / "complete/woff2/license.txt", target / "fonts/OFL.txt")
    shutil.copy(package / "LICENSE.md", target)
    (target / "VERSION").write_text("dkfds 11.2.0\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
