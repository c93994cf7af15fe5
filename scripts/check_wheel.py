"""Check that a wheel carries what a user needs beside the code: front end, catalogues, papers, data."""

import sys
import zipfile

NEEDED = (
    "anlan/site/static/built/manifest.json",
    "anlan/site/static/built/assets/",
    "anlan/site/locale/en/LC_MESSAGES/django.mo",
    "anlan/enforcement/paper/",
    "anlan/places/data/places.csv",
    "anlan/standards/data/sectors.csv",
    "anlan/hazards/templates/hazards/record.html",
)


def main(path: str) -> int:
    names = zipfile.ZipFile(path).namelist()
    missing = [need for need in NEEDED if not any(name.startswith(need) for name in names)]
    for need in missing:
        print(f"{path} lacks {need}")
    if any("/tests/" in name for name in names):
        print(f"{path} carries tests")
        return 1
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
