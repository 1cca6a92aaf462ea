#!/usr/bin/env python3
"""Writes Sources/CArchivePages/pages.h: what every archive carries, by name. To be run when a format page or a golden file comes or goes.

With --check it writes nothing; exit status 1 where the list is another.
"""
import pathlib, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = {"formats": ("Docs/Formats", "*.md"), "vectors": ("Tests/VectorTests/Vectors", "*.json")}
FILES = {"verify.py": "Tests/Verifier/archive.py"}


def text():
    pages = dict(FILES)
    for name, (folder, pattern) in FOLDERS.items():
        for path in (ROOT / folder).rglob(pattern):
            pages[f"{name}/{path.relative_to(ROOT / folder)}"] = str(path.relative_to(ROOT))
    order = sorted(pages, key=str.encode)
    out = "// Made by Tests/Tools/archive_pages.py; not to be edited.\n"
    for i, name in enumerate(order): out += f'static const unsigned char page_{i}[] = {{\n#embed "../../{pages[name]}"\n}};\n'
    out += "static const struct tk_archive_page tk_archive_pages[] = {\n"
    for i, name in enumerate(order): out += f'    {{"{name}", page_{i}, sizeof page_{i}}},\n'
    return out + "};\n"


def main():
    path = ROOT / "Sources/CArchivePages/pages.h"
    if "--check" in sys.argv[1:]: return 0 if path.read_text() == text() else 1
    path.write_text(text())
    return 0


if __name__ == "__main__": sys.exit(main())
