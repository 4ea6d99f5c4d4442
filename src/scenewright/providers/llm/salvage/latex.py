"""LaTeX inside JSON strings, as models write it: with one backslash where JSON wants two.

`"\\beta"` with a single backslash is legal JSON and means a backspace and "eta". What was meant has to be decided from
the word that follows, from where it stands, and from how the rest of the string is written. Pure.
"""

from __future__ import annotations

import json
import re

# Commands that begin with a letter of a JSON escape which people also mean (\n, \r, \t). \b and \f need no list:
# nobody means a backspace or a form feed.
_COMMANDS = {
    "n": """nabla natural ncong ne nearrow neg neq newcommand newline nexists ngeq ngeqslant ngtr ni nicefrac nleftarrow
        nleq nleqslant nless nmid nobreak nocite noindent nolimits nonumber norm normalsize not notag notin nparallel
        nprec npreceq nrightarrow nRightarrow nsim nsubseteq nsucc nsucceq nsupseteq ntriangleleft ntriangleright nu
        num nvdash nvDash nwarrow""",
    "r": """raggedright raisebox rangle rbrace rbrack rceil ref relax renewcommand rfloor rgroup rho right rightarrow
        rightarrowtail rightharpoondown rightharpoonup rightleftarrows rightleftharpoons rightrightarrows
        rightsquigarrow rightthreetimes risingdotseq rm rmoustache root rtimes rule rvert rVert""",
    "t": """tableofcontents tag tan tanh tau tbinom tensor text textasciitilde textbackslash textbf textcolor textit
        textnormal textrm textsc textsf textstyle textsubscript textsuperscript texttt textwidth tfrac therefore theta
        thetasym thickapprox thicksim thickspace thinspace tilde times tiny title to top toprule triangle triangledown
        triangleleft trianglelefteq triangleq triangleright trianglerighteq tt twoheadleftarrow twoheadrightarrow""",
}
_KNOWN = {letter: frozenset(words.split()) for letter, words in _COMMANDS.items()}

# What these leave without their first letter is a word or a variable ("u", "o", "an", "ext"), so a line break or a tab
# before it is as likely: decided by where they stand.
_DOUBTFUL = frozenset(
    {"ne", "ni", "nu", "neg", "not", "norm", "num", "tag", "tan", "text", "title", "to", "top", "tt", "root", "rm"}
)
_TAKES_AN_ARGUMENT = frozenset({"norm", "num", "tag", "text", "title", "root"})

_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)
_WORD = re.compile(r"[A-Za-z]+")
_DOUBLED = re.compile(r"\\\\[A-Za-z]{2,}")
_DOLLARS = re.compile(r"(?<!\\)\$\$.+?\$\$|(?<!\\)\$(?![\s$])(?:\\.|[^$\\])+?(?<!\s)\$(?!\d)", re.DOTALL)
_MATH_KEYS = frozenset({"latex", "tex", "math", "formula", "equation", "formulas", "equations"})
_CODE_KEYS = frozenset({"code", "source", "snippet"})
_BEFORE_MATH = frozenset(" \t=+-*/^_({[,|<>$}\\&~:")


def unescape(raw: str, key: str = "") -> str:
    """The text that a JSON string stands for. `raw`: what is between its quotes; `key`: the member it belongs to.

    A string that escapes its LaTeX properly comes out as strict JSON would have it.
    """
    if "\\" not in raw:
        return raw
    return str(json.loads(f'"{mended(raw, key)}"', strict=False))


def mended(raw: str, key: str = "") -> str:
    """The same string with the backslashes doubled that were meant as backslashes."""
    found = list(_ESCAPE.finditer(raw))
    manner = _Manner(raw, [escape[0] for escape in found], key)
    out: list[str] = []
    end = 0
    for escape in found:
        out.append(raw[end : escape.start()])
        out.append("\\" + escape[0] if manner.is_backslash(escape) else escape[0])
        end = escape.end()
    out.append(raw[end:])
    text = "".join(out)
    # A lone backslash at the very end escapes nothing.
    return text + "\\" if (len(text) - len(text.rstrip("\\"))) % 2 else text


class _Manner:
    """How one string is written."""

    def __init__(self, raw: str, escapes: list[str], key: str) -> None:
        self._raw = raw
        self._code = key.lower() in _CODE_KEYS
        self._math = key.lower() in _MATH_KEYS
        self._careful = bool(_DOUBLED.search(raw))  # escapes properly, at least somewhere
        self._sloppy = any(_illegal(escape) for escape in escapes)  # does not, at least somewhere
        self._dollars = _inside_dollars(raw) if "$" in raw else ()

    def is_backslash(self, escape: re.Match[str]) -> bool:
        """Whether this escape's backslash was meant as one."""
        letter = escape[0][1]
        if _illegal(escape[0]) or letter in "bf":
            return True
        if letter not in _KNOWN:
            return False
        word = _WORD.match(self._raw, escape.start() + 1)
        name = word[0] if word else ""
        after = self._raw[word.end() : word.end() + 1] if word else ""
        if name not in _KNOWN[letter] or after.isalpha():
            return False
        return self._is_command(name, after, escape.start())

    def _is_command(self, name: str, after: str, at: int) -> bool:
        if any(start < at < end for start, end in self._dollars):
            return True
        if self._careful and not self._sloppy:
            return False
        if self._code:
            return name[0] == "r" and name not in _DOUBTFUL
        if name not in _DOUBTFUL or self._math:
            return True
        if name in _TAKES_AN_ARGUMENT and after == "{":
            return True
        return self._sloppy and self._raw[at - 1 : at] in _BEFORE_MATH and at > 0


def _illegal(escape: str) -> bool:
    return escape[1] not in '"\\/bfnrtu' or (escape[1] == "u" and len(escape) == 2)


def _inside_dollars(raw: str) -> tuple[tuple[int, int], ...]:
    """Where `$...$` and `$$...$$` run, as inline text reads them: no blank inside the marks, no digit after."""
    return tuple(
        found.span()
        for found in re.finditer(
            r"(?<!\\)\$\$.+?\$\$|(?<!\\)\$(?![\s$])(?:\\.|[^$\\])+?(?<!\s)\$(?!\d)", raw, re.DOTALL
        )
    )
