"""How mathematics is said, as data. A template's {0}, {1} are its spoken arguments."""

# ruff: noqa: E501 -- tables read better wide

from __future__ import annotations

from dataclasses import dataclass, field

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "omicron": "ο", "pi": "π", "varpi": "π", "rho": "ρ", "varrho": "ρ", "sigma": "σ", "varsigma": "ς", "tau": "τ",
    "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
}  # fmt: skip
GREEK |= {name.capitalize(): letter.upper() for name, letter in GREEK.items() if not name.startswith("var")}
LETTER_NAMES = {letter: name for name, letter in GREEK.items() if not name.startswith("var")}

# Every spelling of the same thing leads to one key of `words`.
COMMANDS = {
    "cdot": "times", "times": "times", "ast": "times", "div": "over", "pm": "pm", "mp": "mp", "leq": "le", "le": "le",
    "leqslant": "le", "geq": "ge", "ge": "ge", "geqslant": "ge", "lt": "lt", "gt": "gt", "neq": "ne", "ne": "ne",
    "approx": "approx", "sim": "sim", "simeq": "approx", "cong": "cong", "equiv": "equiv", "propto": "propto",
    "ll": "ll", "gg": "gg", "to": "to", "rightarrow": "gives", "longrightarrow": "gives", "mapsto": "to", "gets": "gets",
    "leftarrow": "gets", "Rightarrow": "implies", "implies": "implies", "Longrightarrow": "implies", "iff": "iff",
    "Leftrightarrow": "iff", "leftrightarrow": "iff", "infty": "infty", "partial": "partial", "nabla": "nabla",
    "in": "in", "notin": "notin", "subset": "subset", "subseteq": "subset", "cup": "cup", "cap": "cap",
    "setminus": "minus", "emptyset": "empty", "varnothing": "empty", "forall": "forall", "exists": "exists",
    "land": "and", "wedge": "and", "lor": "or", "vee": "or", "neg": "not", "lnot": "not", "mid": "given",
    "sum": "sum", "prod": "prod", "int": "int", "oint": "int", "iint": "int", "lim": "lim", "max": "max", "min": "min",
    "argmax": "argmax", "argmin": "argmin", "sup": "sup", "inf": "inf", "log": "log", "ln": "ln", "exp": "exp",
    "sin": "sin", "cos": "cos", "tan": "tan", "det": "det", "ldots": "dots", "dots": "dots", "cdots": "dots",
    "vdots": "dots", "ddots": "dots", "prime": "prime", "circ": "circ", "oplus": "plus", "otimes": "times",
    "ell": "ell", "hbar": "hbar", "Pr": "prob", "bmod": "mod", "pmod": "mod", "mod": "mod", "perp": "perp",
}  # fmt: skip
CHARACTERS = {
    "=": "eq", "+": "plus", "-": "minus", "−": "minus", "*": "times", "×": "times", "·": "times", "/": "over",
    "<": "lt", ">": "gt", "≤": "le", "≥": "ge", "≠": "ne", "≈": "approx", "±": "pm", "→": "to", "⇒": "implies",
    "∞": "infty", "∑": "sum", "∏": "prod", "∫": "int", "∂": "partial", "∇": "nabla", "∈": "in", "∉": "notin",
    "∪": "cup", "∩": "cap", "⊂": "subset", "⊆": "subset", "∀": "forall", "∃": "exists", "'": "prime", "′": "prime",
    "|": "bar", "!": "factorial", "%": "percent", "∝": "propto", "≡": "equiv", "∼": "sim", "÷": "over", "←": "gets",
    "⇔": "iff", "√": "root",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class MathWords:
    words: dict[str, str]  # keys as in COMMANDS and CHARACTERS
    templates: dict[str, str] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)  # Greek letter -> name; empty = the letter itself


_EN = MathWords(
    words={
        "eq": "equals", "plus": "plus", "minus": "minus", "times": "times", "over": "over", "pm": "plus or minus",
        "mp": "minus or plus", "le": "is at most", "ge": "is at least", "lt": "is less than", "gt": "is greater than",
        "ne": "is not equal to", "approx": "is approximately", "sim": "is distributed as", "cong": "is congruent to",
        "equiv": "is equivalent to", "propto": "is proportional to", "ll": "is much less than",
        "gg": "is much greater than", "to": "goes to", "gives": "gives", "gets": "becomes", "implies": "implies",
        "iff": "if and only if", "infty": "infinity", "partial": "partial", "nabla": "nabla", "in": "in",
        "notin": "not in", "subset": "is a subset of", "cup": "union", "cap": "intersection", "empty": "the empty set",
        "forall": "for all", "exists": "there exists", "and": "and", "or": "or", "not": "not", "given": "given",
        "sum": "the sum", "prod": "the product", "int": "the integral", "lim": "the limit", "max": "the maximum",
        "min": "the minimum", "argmax": "the argument of the maximum", "argmin": "the argument of the minimum",
        "sup": "the supremum", "inf": "the infimum", "log": "log", "ln": "the natural log of", "exp": "the exponential",
        "sin": "sine", "cos": "cosine", "tan": "tangent", "det": "the determinant of", "dots": "and so on",
        "prime": "prime", "circ": "degrees", "ell": "l", "hbar": "h bar", "prob": "the probability of",
        "mod": "modulo", "perp": "is perpendicular to", "bar": "given", "factorial": "factorial", "percent": "percent",
        "root": "the square root of", "of": "of",
    },
    templates={
        "frac": "{0} over {1}", "frac_long": "the fraction {0}, over {1}", "sqrt": "the square root of {0}",
        "root": "the {0}th root of {1}", "cube_root": "the cube root of {0}",
        "square": "{0} squared", "cube": "{0} cubed",
        "power": "{0} to the power of {1}",
        "sub": "{0} {1}", "range": "{0} from {1} to {2} of", "under": "{0} over {1} of", "limit": "{0} as {1} of",
        "transpose": "{0} transposed", "inverse": "{0} inverse", "hat": "{0} hat", "bar": "{0} bar",
        "tilde": "{0} tilde", "vec": "vector {0}", "dot": "{0} dot", "binom": "{0} choose {1}",
    },
    letters=LETTER_NAMES,
)  # fmt: skip
_DE = MathWords(
    words={
        "eq": "ist gleich", "plus": "plus", "minus": "minus", "times": "mal", "over": "durch",
        "pm": "plus oder minus", "mp": "minus oder plus", "le": "ist höchstens", "ge": "ist mindestens",
        "lt": "ist kleiner als", "gt": "ist größer als", "ne": "ist ungleich", "approx": "ist ungefähr",
        "sim": "ist verteilt wie", "cong": "ist kongruent zu", "equiv": "ist äquivalent zu",
        "propto": "ist proportional zu", "ll": "ist viel kleiner als", "gg": "ist viel größer als", "to": "geht gegen", "gives": "ergibt",
        "gets": "wird zu", "implies": "daraus folgt", "iff": "genau dann, wenn", "infty": "unendlich",
        "partial": "partiell", "nabla": "Nabla", "in": "aus", "notin": "nicht aus", "subset": "ist Teilmenge von",
        "cup": "vereinigt mit", "cap": "geschnitten mit", "empty": "die leere Menge", "forall": "für alle",
        "exists": "es gibt", "and": "und", "or": "oder", "not": "nicht", "given": "gegeben", "sum": "die Summe",
        "prod": "das Produkt", "int": "das Integral", "lim": "der Grenzwert", "max": "das Maximum",
        "min": "das Minimum", "argmax": "das Argument des Maximums", "argmin": "das Argument des Minimums",
        "sup": "das Supremum", "inf": "das Infimum", "log": "Logarithmus", "ln": "natürlicher Logarithmus von",
        "exp": "die Exponentialfunktion", "sin": "Sinus", "cos": "Kosinus", "tan": "Tangens",
        "det": "die Determinante von", "dots": "und so weiter", "prime": "Strich", "circ": "Grad", "ell": "l",
        "hbar": "h quer", "prob": "die Wahrscheinlichkeit von", "mod": "modulo", "perp": "ist senkrecht zu",
        "bar": "gegeben", "factorial": "Fakultät", "percent": "Prozent", "root": "die Wurzel aus",
        "of": "von",
    },
    templates={
        "frac": "{0} durch {1}", "frac_long": "der Bruch {0}, durch {1}", "sqrt": "die Wurzel aus {0}",
        "root": "die {0}-te Wurzel aus {1}", "cube_root": "die dritte Wurzel aus {0}",
        "square": "{0} Quadrat", "cube": "{0} hoch drei", "power": "{0} hoch {1}",
        "sub": "{0} {1}", "range": "{0} von {1} bis {2} über", "under": "{0} über {1} von", "limit": "{0} für {1} von",
        "transpose": "{0} transponiert", "inverse": "{0} invers", "hat": "{0} Dach", "bar": "{0} quer",
        "tilde": "{0} Tilde", "vec": "Vektor {0}", "dot": "{0} Punkt", "binom": "{0} über {1}",
    },
    letters={letter: name.capitalize() for letter, name in LETTER_NAMES.items()}
    | {"μ": "My", "ν": "Ny", "υ": "Ypsilon", "κ": "Kappa", "ο": "Omikron"},
)  # fmt: skip
_ZH = MathWords(
    words={
        "eq": "等于", "plus": "加", "minus": "减", "times": "乘以", "over": "除以", "pm": "正负", "mp": "负正",
        "le": "小于等于", "ge": "大于等于", "lt": "小于", "gt": "大于", "ne": "不等于", "approx": "约等于",
        "sim": "服从", "cong": "全等于", "equiv": "恒等于", "propto": "正比于", "ll": "远小于", "gg": "远大于",
        "to": "趋于", "gives": "得到", "gets": "变为", "implies": "推出", "iff": "当且仅当", "infty": "无穷大", "partial": "偏",
        "nabla": "梯度", "in": "属于", "notin": "不属于", "subset": "包含于", "cup": "并", "cap": "交",
        "empty": "空集", "forall": "对任意", "exists": "存在", "and": "且", "or": "或", "not": "非",
        "given": "给定", "sum": "求和", "prod": "求积", "int": "积分", "lim": "极限", "max": "最大值",
        "min": "最小值", "argmax": "使之最大的参数", "argmin": "使之最小的参数", "sup": "上确界", "inf": "下确界",
        "log": "对数", "ln": "自然对数", "exp": "指数函数", "sin": "正弦", "cos": "余弦", "tan": "正切",
        "det": "行列式", "dots": "等等", "prime": "撇", "circ": "度", "ell": "l", "hbar": "约化普朗克常数",
        "prob": "概率", "mod": "模", "perp": "垂直于", "bar": "给定", "factorial": "的阶乘", "percent": "百分号",
        "root": "根号", "of": "",
    },
    templates={
        "frac": "{1} 分之 {0}", "frac_long": "分数，分子 {0}，分母 {1}，", "sqrt": "根号 {0}", "root": "{1} 的 {0} 次方根",
        "cube_root": "{0} 的立方根",
        "square": "{0} 的平方", "cube": "{0} 的立方", "power": "{0} 的 {1} 次方", "sub": "{0} {1}",
        "range": "从 {1} 到 {2} {0}", "under": "对 {1} {0}", "limit": "当 {1} 时的{0}", "transpose": "{0} 的转置",
        "inverse": "{0} 的逆", "hat": "{0} 帽", "bar": "{0} 拔", "tilde": "{0} 波浪", "vec": "向量 {0}",
        "dot": "{0} 点", "binom": "{0} 中取 {1}",
    },
    letters={
        "α": "阿尔法", "β": "贝塔", "γ": "伽马", "δ": "德尔塔", "ε": "艾普西隆", "θ": "西塔", "λ": "兰姆达",
        "μ": "缪", "π": "派", "ρ": "柔", "σ": "西格马", "τ": "陶", "φ": "斐", "χ": "卡方", "ψ": "普西", "ω": "欧米伽",
        "Σ": "西格马", "Δ": "德尔塔", "Ω": "欧米伽", "Φ": "斐", "η": "伊塔", "ξ": "克西", "ζ": "泽塔", "κ": "卡帕",
    },
)  # fmt: skip
# Elsewhere the signs themselves: every voice knows them in its own language.
_SIGNS = MathWords(
    words={
        "eq": "=", "plus": "+", "minus": "−", "times": "×", "over": "/", "pm": "±", "mp": "±", "le": "≤", "ge": "≥",
        "lt": "<", "gt": ">", "ne": "≠", "approx": "≈", "sim": "∼", "cong": "≅", "equiv": "≡", "propto": "∝",
        "ll": "<", "gg": ">", "to": "→", "gives": "→", "gets": "←", "implies": "⇒", "iff": "⇔", "infty": "∞", "partial": "∂",
        "nabla": "∇", "in": "∈", "notin": "∉", "subset": "⊂", "cup": "∪", "cap": "∩", "empty": "∅", "forall": "∀",
        "exists": "∃", "and": "∧", "or": "∨", "not": "¬", "given": ",", "sum": "∑", "prod": "∏", "int": "∫",
        "argmax": "arg max", "argmin": "arg min", "dots": "…", "prime": "′", "circ": "°", "ell": "l", "hbar": "ℏ",
        "prob": "P", "perp": "⊥", "bar": ",", "factorial": "!", "percent": "%", "root": "√", "of": "",
    },
    templates={
        "frac": "{0} / {1}", "frac_long": "{0} / {1}", "sqrt": "√ {0}", "root": "√ {1}", "cube_root": "√ {0}",
        "square": "{0}²", "cube": "{0}³", "power": "{0} ^ {1}", "sub": "{0} {1}", "range": "{0} {1} … {2}",
        "under": "{0} {1}",
        "limit": "{0} {1}", "transpose": "{0} T", "inverse": "1 / {0}", "hat": "{0}", "bar": "{0}", "tilde": "{0}",
        "vec": "{0}", "dot": "{0}", "binom": "{0}, {1}",
    },
)  # fmt: skip

_TABLES = {"en": _EN, "de": _DE, "zh": _ZH}


def math_words(language: str) -> MathWords:
    """For a two-letter language code."""
    return _TABLES.get(language, _SIGNS)
