"""What stands between {{ and }}: codes with narrowings, cells, numbers, + - * / and brackets. Pure."""

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from anlan.kernel.words import Reason, Refused

HOLE = re.compile(r"\{\{(.*?)\}\}", re.S)
_TERM = re.compile(
    r"(?P<code>[a-z][a-z0-9_]*(?:\s*\|\s*[a-z]+\s*=\s*[\w,.-]+)*)|(?P<cell>\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6})"
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<sign>[-+*/()])|(?P<space>\s+)|(?P<strange>.)"
)
Value = float | int | None


@dataclass(frozen=True, slots=True)
class Term:
    """A code and what narrows it: dimension → values; `place` and `period` are names of their own."""

    code: str
    narrowed: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Expression:
    """Terms and cells by the names that stand for them in the arithmetic."""

    arithmetic: ast.expr
    terms: Mapping[str, Term]
    cells: Mapping[str, str]


def parse(text: str, *, at: str) -> Expression:
    """Raises Refused, naming the cell, for what cannot be read."""
    terms: dict[str, Term] = {}
    cells: dict[str, str] = {}
    pieces = []
    for found in _TERM.finditer(text.strip()):
        kind, said = str(found.lastgroup), found[0]
        if kind == "strange":
            raise Refused(
                Reason("%(at)s:“%(text)s”不是指标代码或算式", {"at": at, "text": text.strip()[:60]})
            )
        if kind in ("code", "cell"):
            name = f"v{len(terms) + len(cells)}"
            if kind == "code":
                terms[name] = _term(said)
            else:
                cells[name] = said.replace("$", "")
            said = name
        pieces.append(said)
    try:
        arithmetic = ast.parse("".join(pieces), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        arithmetic = ast.Tuple([], ast.Load())
    if not _is_plain(arithmetic):
        raise Refused(Reason("%(at)s:“%(text)s”不是指标代码或算式", {"at": at, "text": text.strip()[:60]}))
    return Expression(arithmetic, terms, cells)


def _term(said: str) -> Term:
    code, *narrowings = (part.strip() for part in said.split("|"))
    pairs = [n.split("=", 1) for n in narrowings]
    return Term(
        code, tuple((d.strip(), tuple(v for v in values.strip().split(",") if v)) for d, values in pairs)
    )


def _is_plain(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return (
            isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div)
            and _is_plain(node.left)
            and _is_plain(node.right)
        )
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub | ast.UAdd) and _is_plain(node.operand)
    return isinstance(node, ast.Name) or (
        isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    )


def worked_out(e: Expression, *, term: Callable[[Term], Value], cell: Callable[[str], Value]) -> Value:
    """The value; None where something is not reported or divided by nothing."""
    return _value(e.arithmetic, lambda name: term(e.terms[name]) if name in e.terms else cell(e.cells[name]))


def _value(node: ast.expr, named: Callable[[str], Value]) -> Value:
    if isinstance(node, ast.Constant):
        return node.value  # type: ignore[return-value]
    if isinstance(node, ast.Name):
        return named(node.id)
    if isinstance(node, ast.UnaryOp):
        n = _value(node.operand, named)
        return None if n is None else -n if isinstance(node.op, ast.USub) else n
    assert isinstance(node, ast.BinOp)
    left, right = _value(node.left, named), _value(node.right, named)
    if left is None or right is None:
        return None
    if isinstance(node.op, ast.Div):
        return left / right if right else None
    return (
        left + right
        if isinstance(node.op, ast.Add)
        else left - right
        if isinstance(node.op, ast.Sub)
        else left * right
    )
