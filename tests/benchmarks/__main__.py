"""Prints the tables one asks for, in Markdown: `make bench`, or `python -m tests.benchmarks --help`."""

import argparse

from tests import postgres
from tests.benchmarks import check_quality, engine, importing, serving, weight
from tests.benchmarks.measure import machine, say
from tests.benchmarks.store import Stores

PARTS = {
    "engine": engine.run,
    "check": check_quality.run,
    "http": serving.run,
    "import": importing.run,
    "pages": weight.run,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which tables; all unless stated")
    parser.add_argument("-n", type=int, nargs="+", default=[100_000], help="how many quotations; several show growth")
    parser.add_argument("--engine", action="append", choices=["sqlite", "postgresql"], help="one engine only")
    told = parser.parse_args()
    engines = told.engine or ["sqlite", "postgresql"]
    if "postgresql" in engines and not postgres.binaries():
        say("PostgreSQL is not installed (no initdb): nothing is measured on it.")
        engines.remove("postgresql")
    print(f"Measured on {machine()}.")
    with Stores(engines) as stores:
        for name in told.parts or PARTS:
            PARTS[name](stores, sorted(told.n))


if __name__ == "__main__":
    main()
