"""Plain and inline text as Markdown (CommonMark with GitHub's additions) that shows just that text."""

from __future__ import annotations

import re

from scenewright.text import inline

_SPECIAL = re.compile(r"([\\`*_{}\[\]|~$])")
_STARTS = re.compile(r"^(#|[-+=>:](?=\s|$|[-+=:])|\d{1,9}(?=[.)]))")  # what would begin a block
_ADDRESS = re.compile(r"(?i)(?<=[a-z])(:)(?=//)|(?<=www)(\.)|(?<=\S)(@)(?=\S)|(?<=mailto)(:)|(?<=xmpp)(:)")


def words(text: str) -> str:
    """Plain text on one line."""
    flat = " ".join(text.replace("\0", "\ufffd").split())
    return _start(_escape(flat))


def line(text: str) -> str:
    """Inline text (see domain/document.py) on one line; formulas show their LaTeX as code."""
    return _start("".join(_span(span) for span in inline.parse(" ".join(text.replace("\0", "\ufffd").split()))))


def code_span(text: str) -> str:
    flat = " ".join(text.split())
    if not flat:
        return ""
    ticks = "`" * (_longest_run(flat) + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{ticks}{pad}{flat}{pad}{ticks}"


def fence(text: str, language: str = "") -> str:
    """A fenced code block that the text cannot end."""
    ticks = "`" * max(3, _longest_run(text) + 1)
    name = language if re.fullmatch(r"[A-Za-z0-9+#.-]{0,30}", language) else ""
    body = text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return f"{ticks}{name}\n{body}\n{ticks}"


def cell(text: str) -> str:
    """Inline text in a table's cell; there a bar ends the cell even in code."""
    plain = " ".join(inline.plain(text.replace("\0", "\ufffd")).split())
    return _escape(plain) or " "


def _span(span: inline.Span) -> str:
    if span.code or span.math:
        return code_span(span.text)
    text = _escape(span.text)
    core = text.strip()
    if not core or not (span.bold or span.italic):
        return text
    mark = ("**" if span.bold else "") + ("_" if span.italic and span.bold else "*" if span.italic else "")
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead}{mark}{core}{mark[::-1]}{tail}"


def _escape(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    return _ADDRESS.sub(lambda found: "\\" + found.group(), escaped)


def _start(text: str) -> str:
    """What stands first in a line must not begin a heading, list, rule or quotation."""
    return _STARTS.sub(lambda found: found.group() + "\\" if found.group().isdigit() else "\\" + found.group(), text)


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall(r"`+", text)), default=0)
