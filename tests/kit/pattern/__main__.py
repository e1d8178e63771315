"""`make feature name=umbrella_loans`: lays the pattern out and says what comes next."""

import argparse
import sys
from pathlib import Path

from backend.app import catalogue
from tests.kit.pattern import lay_out
from tests.kit.pattern.naming import Named, named, spoken

ROOT = Path(__file__).parents[3]


def main() -> None:
    parser = argparse.ArgumentParser(prog="make feature", description=__doc__)
    parser.add_argument("name", help="the plural that people say, as umbrella_loans")
    parser.add_argument("--kind", help="one of them, where dropping the s does not give it")
    parser.add_argument("--zh", help="the word in Chinese, as 雨伞借用")
    asked = parser.parse_args()
    try:
        name = named(asked.name, asked.kind, asked.zh)
        if name.kind in catalogue().kinds:
            raise ValueError(f"there are records of the kind {name.kind} already: kind=…")
        made = lay_out(ROOT, name)
    except ValueError as wrong:
        sys.exit(f"make feature: {wrong}")
    for path in made:
        print(path.relative_to(ROOT))
    print(_next(name))


def _next(name: Named) -> str:
    return f"""
Next:
  make migration name="Add {spoken(name.plural)}"
  make generated
  make check
Then make it what it is to be: say in backend/features/{name.plural}/__init__.py what it is, in its
users' words, and in words.zh.ts and words.en.ts how the phone calls it."""


if __name__ == "__main__":
    main()
