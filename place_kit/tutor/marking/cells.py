"""Run the cells of the course's own notebook in this process, as a kernel would show them.

A kernel for each submission keeps what one learner's code does from the next. Here no
learner's code is run at all: the notebook is ours and an answer is data, so a kernel buys
nothing, and takes nine tenths of the time. What one run leaves behind for the next is
kept away all the same: each has a namespace, a folder and warnings of its own.
"""

from __future__ import annotations

import ast
import io
import json
import os
import traceback
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from nbformat import NotebookNode, from_dict

Outputs = list[NotebookNode]
"""As nbformat holds them; they are validated with the whole notebook."""


def run(sources: Sequence[str], folder: Path) -> list[Outputs]:
    """Run cells one after another in a folder, and give the outputs of each.

    As in a notebook, an error is an output of its cell and the next cell is run. Magics and
    ``display`` are a kernel's, and not to be had here; the course's exercises use neither.

    Parameters
    ----------
    sources
        The code of each cell.
    folder
        The folder to run in: the answers lie there.
    """
    namespace = ModuleType("__main__").__dict__
    # Entering this also makes Python forget which warnings it has shown already.
    with _at_work_in(folder), warnings.catch_warnings():
        return [_cell(source, namespace, count) for count, source in enumerate(sources, start=1)]


@contextmanager
def _at_work_in(folder: Path) -> Iterator[None]:
    here, before = Path.cwd(), os.environ.get("NBGRADER_EXECUTION")
    os.chdir(folder)
    os.environ["NBGRADER_EXECUTION"] = "autograde"  # as nbgrader says to what it runs
    try:
        yield
    finally:
        os.chdir(here)
        if before is None:
            del os.environ["NBGRADER_EXECUTION"]
        else:
            os.environ["NBGRADER_EXECUTION"] = before


def _cell(source: str, namespace: dict[str, Any], count: int) -> Outputs:
    outputs: Outputs = []
    with redirect_stdout(_Stream("stdout", outputs)), redirect_stderr(_Stream("stderr", outputs)):
        try:
            result = _value(source, namespace)
            if result is not None:
                outputs.append(_result(result, count))
        except (Exception, SystemExit) as error:
            outputs.append(_error(error))
    return outputs


def _result(result: Any, count: int) -> NotebookNode:
    data, metadata = _formatter().format(result)
    shown = {
        "output_type": "execute_result",
        "execution_count": count,
        "data": data,
        "metadata": metadata,
    }
    return from_dict(json.loads(json.dumps(shown)))  # as it comes over the wire from a kernel


def _error(error: BaseException) -> NotebookNode:
    return from_dict(
        {
            "output_type": "error",
            "ename": type(error).__name__,
            "evalue": str(error),
            "traceback": traceback.format_exception(error),
        }
    )


def _value(source: str, namespace: dict[str, Any]) -> Any:
    """The value of a cell: that of its last line, if it is an expression and shown."""
    body, last = _compiled(source)
    exec(body, namespace)
    return eval(last, namespace) if last else None


@cache
def _compiled(source: str) -> tuple[Any, Any]:
    tree = ast.parse(source)
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        expression = tree.body.pop()
        if not source.rstrip().endswith(";"):
            last = compile(ast.Expression(expression.value), "<cell>", "eval")  # type: ignore[attr-defined]
        else:
            tree.body.append(expression)
    return compile(tree, "<cell>", "exec"), last


@cache
def _formatter() -> Any:
    from IPython.core.formatters import DisplayFormatter

    return DisplayFormatter()


class _Stream(io.TextIOBase):
    """What is printed, as the notebook's outputs hold it: in order, neighbours joined."""

    def __init__(self, name: Literal["stdout", "stderr"], outputs: Outputs) -> None:
        self.name = name
        self.outputs = outputs

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        last = self.outputs[-1] if self.outputs else None
        if last is not None and last.output_type == "stream" and last.name == self.name:
            last.text += text
        elif text:
            stream = {"output_type": "stream", "name": self.name, "text": text}
            self.outputs.append(from_dict(stream))
        return len(text)
