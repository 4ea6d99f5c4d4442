"""What a narrator says for the page's own terms, and which words mean a silence, in the languages we know them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """Words are lower case. `interiors`: "INT.", "EXT.", "INT./EXT." -> what is said; empty = nothing is."""

    interiors: Mapping[str, str] = field(default_factory=dict)
    acts: Mapping[str, str] = field(default_factory=dict)  # "ACT ONE" -> what is said; others are said as they stand
    number: str = ""  # said for "#"
    silences: frozenset[str] = frozenset()  # nouns: "beat"
    longer: frozenset[str] = frozenset()  # adjectives
    shorter: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()  # what else may stand beside them: articles, "after", "awkward"


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _acts(opening: str, tag: str, *acts: str) -> Mapping[str, str]:
    names = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX")
    return {"COLD OPEN": opening, "TEASER": opening, "TAG": tag} | {
        f"ACT {name}": act for name, act in zip(names, acts, strict=True)
    }


_ENGLISH = Tongue(
    interiors={"INT.": "Interior", "EXT.": "Exterior", "INT./EXT.": "Interior and exterior"},
    number="number",
    silences=_set("beat pause silence moment"),
    longer=_set("long longer lengthy endless extended"),
    shorter=_set("short shorter brief quick small tiny half"),
    around=_set(
        "a an another the one then and after of very more dead awkward tense heavy stunned terrible uncomfortable"
        " pregnant passes follows"
    ),
)
_TONGUES = {
    "en": _ENGLISH,
    "de": Tongue(
        interiors={"INT.": "Innen", "EXT.": "Außen", "INT./EXT.": "Innen und außen"},
        acts=_acts(
            "Vorspann",
            "Schluss",
            "Erster Akt",
            "Zweiter Akt",
            "Dritter Akt",
            "Vierter Akt",
            "Fünfter Akt",
            "Sechster Akt",
        ),
        number="Nummer",
        silences=_set("pause stille schweigen moment augenblick"),
        longer=_set("lang lange langer langes langen längere längerer längeres ewige ewiges"),
        shorter=_set("kurz kurze kurzer kurzes kurzen kleine"),
        around=_set(
            "ein eine einer eines einem einen noch die der das dann und nach sehr peinliche peinliches betretenes"
            " eisiges weitere"
        ),
    ),
    "fr": Tongue(
        interiors={"INT.": "Intérieur", "EXT.": "Extérieur", "INT./EXT.": "Intérieur et extérieur"},
        acts=_acts(
            "Prologue", "Épilogue", "Acte un", "Acte deux", "Acte trois", "Acte quatre", "Acte cinq", "Acte six"
        ),
        number="numéro",
        silences=_set("temps pause silence moment"),
        longer=_set("long longue interminable"),
        shorter=_set("court courte bref brève petit petite"),
        around=_set("un une le la autre encore puis et après très gêné pesant lourd de"),
    ),
    "es": Tongue(
        interiors={"INT.": "Interior", "EXT.": "Exterior", "INT./EXT.": "Interior y exterior"},
        acts=_acts(
            "Prólogo",
            "Epílogo",
            "Primer acto",
            "Segundo acto",
            "Tercer acto",
            "Cuarto acto",
            "Quinto acto",
            "Sexto acto",
        ),
        number="número",
        silences=_set("pausa silencio momento"),
        longer=_set("largo larga prolongado prolongada eterno"),
        shorter=_set("corto corta breve pequeña pequeño"),
        around=_set("un una el la otro otra y luego tras después de muy incómodo incómoda tenso"),
    ),
}


def tongue(language: str) -> Tongue:
    """`language`: BCP 47. One that we do not know says nothing of its own."""
    return _TONGUES.get(language.lower().replace("_", "-").partition("-")[0], Tongue())


def silent_in(language: str) -> tuple[Tongue, Tongue]:
    """Where words for a silence are looked up: "beat" is written in every language."""
    return tongue(language), _ENGLISH
