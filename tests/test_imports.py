"""Keeps the shape of the house: what may import what, read from the source."""

import ast
import graphlib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# From top to bottom: a module imports from its own layer and from those below, never from one above.
LAYERS = """
wsgi
app
api pages cli problems
transfer formats keys
quotations speakers outlets articles search check
ledger
index
models
query matches words wording
database text dates urls migrations
errors config
schemas
"""
DEPTH = {name: depth for depth, layer in enumerate(LAYERS.strip().splitlines()) for name in layer.split()}

# Where a library may appear: the domain knows neither HTTP nor how JSON is read.
ONLY_IN = {
    "flask": {"app", "api", "pages", "cli", "problems", "keys"},
    "marshmallow": {"schemas", "transfer", "problems"},
}

MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [ROOT / "wsgi.py", *ROOT.glob("attribution/**/*.py"), *ROOT.glob("schemas/**/*.py")]
)
every_module = pytest.mark.parametrize("module", MODULES)


def tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), module)


def imports(module: str) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of everything a module imports: `from attribution import text` is attribution.text."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            folders = Path(module).parts[: -node.level] if node.level else ()  # one dot is the module's own folder
            base = ".".join([*folders, *filter(None, [node.module])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def place(dotted: str) -> str | None:
    """Return the name in LAYERS that a module of ours belongs to, or None for anything else."""
    top, *rest = dotted.split(".")
    if top == "attribution":
        return rest[0] if rest else None
    return top if top in ("schemas", "wsgi") else None


def home(module: str) -> str | None:
    return place(module.removesuffix(".py").removesuffix("/__init__").replace("/", "."))


@every_module
def test_has_a_layer(module):
    assert module == "attribution/__init__.py" or home(module) in DEPTH, "new here? Give it a place in LAYERS"


@every_module
def test_opens_with_a_sentence(module):
    assert ast.get_docstring(tree(module))


@every_module
def test_imports_point_down(module):
    upward = [
        f"{module}:{line} imports {dotted}"
        for line, dotted in imports(module)
        if DEPTH.get(place(dotted), len(DEPTH)) < DEPTH.get(home(module), 0)
    ]
    assert not upward


def test_no_circles():
    graph = {name: set() for name in DEPTH}
    for module in MODULES:
        graph.get(home(module), set()).update(
            target for _, dotted in imports(module) if (target := place(dotted)) and target != home(module)
        )
    graphlib.TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


@every_module
def test_libraries_stay_where_they_belong(module):
    strays = [
        f"{module}:{line} imports {dotted}"
        for line, dotted in imports(module)
        for library, places in ONLY_IN.items()
        if dotted.split(".")[0].split("_")[0] == library and home(module) not in places
    ]
    assert not strays


@every_module
def test_nothing_imports_inside_a_function(module):
    inside = [
        f"{module}:{node.lineno}"
        for function in ast.walk(tree(module))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inside


def test_package_imports_nothing():
    assert not list(imports("attribution/__init__.py"))


def test_migrations_stand_alone():
    """A migration that imported a model would change with it, long after it has run."""
    ours = [
        f"{module}:{line} imports {dotted}"
        for module in MODULES
        if home(module) == "migrations"
        for line, dotted in imports(module)
        if place(dotted) not in (None, "migrations")
    ]
    assert not ours
