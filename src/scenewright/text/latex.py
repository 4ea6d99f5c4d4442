"""LaTeX read aloud: the common constructs in words, everything else left out rather than spelled."""

from __future__ import annotations

import re
from collections.abc import Callable

from scenewright.text.mathwords import CHARACTERS, COMMANDS, GREEK, MathWords, math_words
from scenewright.text.sentences import base

_TOKEN = re.compile(r"\\([A-Za-z]+\*?)|\\(.)|([A-Za-zÀ-ÿ]|\d+(?:[.,]\d+)*)|(\S)", re.DOTALL)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_STYLES = _set(
    "mathbf mathrm mathit mathcal mathbb mathsf mathfrak boldsymbol bm text textbf textit textrm operatorname mathop"
    " mbox hbox operatorname* textsf texttt mathtt boxed underbrace overbrace"
)
_ACCENTS = {
    "hat": "hat", "bar": "bar", "tilde": "tilde", "vec": "vec", "dot": "dot", "overline": "bar", "widehat": "hat",
    "widetilde": "tilde", "ddot": "dot", "underline": "bar",
}  # fmt: skip
_FENCES = _set("left right big Big bigg Bigg bigl bigr Bigl Bigr")
_DROPPED_WITH_ARGUMENT = _set("label tag color ref eqref vspace hspace begin end phantom")
_BIG = _set("sum prod int lim max min argmax argmin sup inf")
_APPLIED = _set("f g h p P L F G E H T O log exp max min")  # before a bracket: "f of x"
_OPEN = ("{",)
_DEPTH = 40  # nesting beyond this is hostile, not mathematics


def latex_words(latex: str, language: str) -> str:
    """Plain words on one line; never a backslash, brace or dollar sign."""
    reader = _Reader(latex, math_words(base(language)))
    said = re.sub(r"[\\{}$^_~#<>|`*]", " ", " ".join(reader.expression(lambda _: False)))
    said = re.sub(r"\s+", " ", said)
    return re.sub(r"\s+([,.;:!?）)])", r"\1", said).strip(" ,")


class _Reader:
    """Walks the tokens once, left to right."""

    def __init__(self, latex: str, words: MathWords) -> None:
        self._tokens = [found.group() for found in _TOKEN.finditer(latex)]
        self._at = 0
        self._depth = 0
        self._words = words

    def expression(self, ends: Callable[[str], bool]) -> list[str]:
        said: list[str] = []
        while (token := self._peek()) and not ends(token):
            self._at += 1
            atom = self._atom(token)
            said += self._scripted(atom, token)
            if self._applies(atom, token):
                said.append(self._word("of"))
        return [word for word in said if word]

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _group(self) -> str:
        """The next argument, spoken."""
        token = self._peek()
        if token in ("", "}"):
            return ""
        self._at += 1
        if token in _OPEN:
            return self._until("}")
        self._depth += 1
        said = self._atom(token) if self._depth < _DEPTH else ""
        self._depth -= 1
        return said

    def _until(self, closer: str) -> str:
        self._depth += 1
        if self._depth > _DEPTH:
            self._at = len(self._tokens)
        inner = " ".join(self.expression(lambda token: token == closer))
        self._depth -= 1
        if self._peek() == closer:
            self._at += 1
        return inner

    def _atom(self, token: str) -> str:
        if token in _OPEN:
            return self._until("}")
        if token.startswith("\\"):
            return self._command(token[1:])
        if token in CHARACTERS:
            return self._word(CHARACTERS[token])
        return self._letter(token) if token[0].isalnum() or token in set(",;:…") else ""

    def _command(self, name: str) -> str:
        if name in GREEK:
            return self._letter(GREEK[name])
        if name in COMMANDS:
            return self._word(COMMANDS[name])
        if name in ("frac", "dfrac", "tfrac", "cfrac"):
            top, bottom = self._group(), self._group()
            return self._say("frac_long" if len(top.split()) > 3 or len(bottom.split()) > 3 else "frac", top, bottom)
        if name == "sqrt":
            return self._root()
        if name in ("binom", "dbinom", "tbinom"):
            return self._say("binom", self._group(), self._group())
        if name in _STYLES:
            return self._name()
        if name in _DROPPED_WITH_ARGUMENT:
            self._group()
            return ""
        if name in _ACCENTS:
            return self._say(_ACCENTS[name], self._group())
        if name in _FENCES:
            if self._peek() in ("|", ".", ")", "[", "]", "\\{", "\\}", "\\|"):
                self._at += 1
            return ""
        if name == "%":
            return self._word("percent")
        return ","[: name == "\\"]  # a line break is a pause; unknown commands are silent

    def _name(self) -> str:
        """The argument of \\text and its like: letters stay together as one word."""
        if self._peek() != "{":
            return self._group()
        self._at += 1
        start = self._at
        said = self._until("}")
        inner = self._tokens[start : self._at - 1]
        if inner and all(len(token) == 1 and token.isalpha() for token in inner):
            return "".join(inner)
        return said

    def _root(self) -> str:
        if self._peek() == "[":
            self._at += 1
            degree = self._until("]")
            if degree == "3":
                return self._say("cube_root", self._group())
            return self._say("root", degree, self._group())
        return self._say("sqrt", self._group())

    def _scripted(self, atom: str, token: str) -> list[str]:
        sub = sup = ""
        while self._peek() in ("_", "^"):
            mark = self._peek()
            self._at += 1
            argument = self._group()
            if mark == "_":
                sub = argument
            else:
                sup = argument
        key = COMMANDS.get(token[1:], "") if token.startswith("\\") else CHARACTERS.get(token, "")
        if key in _BIG and (sub or sup):
            return [self._big(key, atom, sub, sup)]
        if sub:
            atom = self._say("sub", atom, sub)
        return [self._power(atom, sup) if sup else atom]

    def _big(self, key: str, atom: str, sub: str, sup: str) -> str:
        if key == "lim":
            sub = sub.replace(self._word("gives"), self._word("to"))
        if sub and sup:
            return self._say("range", atom, sub, sup)
        return self._say("limit" if key == "lim" else "under", atom, sub or sup)

    def _power(self, atom: str, sup: str) -> str:
        minus_one = f"{self._word('minus')} 1"
        special = {"2": "square", "3": "cube", "T": "transpose", minus_one: "inverse"}.get(sup)
        if special:
            return self._say(special, atom)
        if sup in (self._word("prime"), self._word("circ"), self._word("times")):
            return f"{atom} {sup}"
        return self._say("power", atom, sup)

    def _applies(self, atom: str, token: str) -> bool:
        """Whether what follows is the argument of what was just read."""
        opens = self._peek() == "(" or (self._peek() == "\\left" and self._tokens[self._at + 1 : self._at + 2] == ["("])
        named = token in ("\\mathrm", "\\text", "\\operatorname") and len(atom) > 2 and " " not in atom
        return opens and (atom in _APPLIED or named)

    def _word(self, key: str) -> str:
        return self._words.words.get(key, key)

    def _letter(self, letter: str) -> str:
        return self._words.letters.get(letter, letter)

    def _say(self, template: str, *arguments: str) -> str:
        return self._words.templates[template].format(*arguments)
