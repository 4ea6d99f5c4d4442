"""Unicode mathematics to LaTeX, shared by the readers of MathML and of Word's equations."""

from __future__ import annotations

import unicodedata

_NAMES = (
    "αalpha βbeta γgamma δdelta ϵepsilon εvarepsilon ζzeta ηeta θtheta ϑvartheta ιiota κkappa λlambda μmu νnu ξxi πpi "
    "ϖvarpi ρrho ϱvarrho σsigma ςvarsigma τtau υupsilon ϕphi φvarphi χchi ψpsi ωomega ΓGamma ΔDelta ΘTheta ΛLambda ΞXi "
    "ΠPi ΣSigma ΥUpsilon ΦPhi ΨPsi ΩOmega ∂partial ∇nabla ∞infty ∑sum ∏prod ∫int ∬iint ∭iiint ∮oint ⋃bigcup ⋂bigcap "
    "⋁bigvee ⋀bigwedge ⨁bigoplus ⨂bigotimes ∐coprod ±pm ∓mp ×times ÷div ·cdot ⋅cdot ∘circ ∙bullet ∗ast ⋆star ⊕oplus "
    "⊗otimes ⊙odot ⊖ominus ∪cup ∩cap ∖setminus ∧wedge ∨vee ¬neg ∀forall ∃exists ∄nexists ∈in ∉notin ∋ni ⊂subset "
    "⊃supset ⊆subseteq ⊇supseteq ∅emptyset ≤leq ≥geq ≠neq ≈approx ≡equiv ∼sim ≃simeq ≅cong ∝propto ≪ll ≫gg ≺prec "
    "≻succ ⊥perp ∥parallel ∣mid →to ←leftarrow ↔leftrightarrow ⇒Rightarrow ⇐Leftarrow ⇔Leftrightarrow ↦mapsto "
    "⟶longrightarrow ⟵longleftarrow ⟹Longrightarrow ↑uparrow ↓downarrow ⟨langle ⟩rangle ⌊lfloor ⌋rfloor ⌈lceil ⌉rceil "
    "‖Vert …ldots ⋯cdots ⋮vdots ⋱ddots ℏhbar ℓell ℜRe ℑIm ℵaleph ∠angle △triangle □square ⊢vdash ⊨models √surd "
    "′prime ″prime\\prime †dagger ‡ddagger ⟂perp ⊤top ≜triangleq ≔coloneqq ∴therefore ∵because"
)
_LATEX = {entry[0]: "\\" + entry[1:] for entry in _NAMES.split()}
_PLAIN = {"−": "-", "–": "-", "\u2061": "", "\u2062": "", "\u2063": "", "\u2064": "", "\u200b": "", "\xa0": "~"}
_SPECIAL = {"{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "&": r"\&", "$": r"\$", "_": r"\_", "\\": r"\backslash "}
_ALPHABETS = {
    "DOUBLE-STRUCK": "mathbb",
    "FRAKTUR": "mathfrak",
    "BLACK-LETTER": "mathfrak",
    "SCRIPT": "mathcal",
    "BOLD": "mathbf",
    "MONOSPACE": "mathtt",
    "SANS-SERIF": "mathsf",
}
_FUNCTIONS_NAMES = (
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth log ln lg exp lim limsup liminf max min sup inf "
    "det dim ker gcd arg deg hom Pr"
)
FUNCTIONS = frozenset(_FUNCTIONS_NAMES.split())
ACCENTS = {
    "^": "hat", "̂": "hat", "ˆ": "hat", "~": "tilde", "̃": "tilde", "˜": "tilde", "¯": "bar", "̅": "bar", "̄": "bar",
    "‾": "overline", "→": "vec", "⃗": "vec", "˙": "dot", "̇": "dot", "¨": "ddot", "̈": "ddot", "ˇ": "check",
    "̌": "check", "˘": "breve", "̆": "breve", "´": "acute", "́": "acute", "`": "grave", "̀": "grave", "_": "underline",
    "⏞": "overbrace", "⏟": "underbrace",
}  # fmt: skip


def latex(text: str) -> str:
    """The characters as LaTeX mathematics; what LaTeX has no name for stays as it is."""
    out: list[str] = []
    for char in text:
        piece = _char(char)
        if out and out[-1].startswith("\\") and out[-1][-1].isalpha() and piece[:1].isalpha():
            out.append(" ")
        out.append(piece)
    return "".join(out)


def word(text: str) -> str:
    """A name of several letters: a function (`\\sin`), or upright text."""
    bare = text.strip()
    if bare in FUNCTIONS:
        return "\\" + bare
    return f"\\mathrm{{{latex(bare)}}}" if bare.isalpha() and bare.isascii() else latex(bare)


def quoted(text: str) -> str:
    """Words inside a formula."""
    kept = "".join(char for char in text if char not in "\\{}$%#&_^~")
    return f"\\text{{{kept}}}" if kept.strip() else " "


def join(parts: list[str]) -> str:
    """Pieces of LaTeX side by side, so that `\\alpha` and `x` do not become `\\alphax`."""
    out = ""
    for part in parts:
        if not part:
            continue
        command = out.rsplit("\\", 1)[-1] if "\\" in out else ""
        if command.isalpha() and part[0].isalpha():
            out += " "
        out += part
    return out


def _char(char: str) -> str:
    for table in (_LATEX, _PLAIN, _SPECIAL):
        if char in table:
            return table[char]
    if ord(char) < 0x2100:
        return char
    name = unicodedata.name(char, "")
    if "MATHEMATICAL" not in name and ord(char) > 0x214F:
        return char
    base = unicodedata.normalize("NFKC", char)
    if base == char or not base.isalnum():
        return char
    for word_, command in _ALPHABETS.items():
        if word_ in name:
            return f"\\{command}{{{_LATEX.get(base, base)}}}"
    return _LATEX.get(base, base)
