"""What is wrong with a file, in a sentence that names file, line and field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from scenewright.domain.errors import BadInput
from scenewright.kinds.episode.source.forms import EpisodeForm, VoiceForm
from scenewright.kinds.episode.source.names import Wrong, listed, nearest
from scenewright.kinds.episode.source.tree import Node, Place, canonical, find

_PLAIN = {
    "missing": "is missing; add it",
    "string_type": "must be a text; put it into one line, or in quotes",
    "string_too_short": "is empty; write something, or leave the field out if it may be left out",
    "tuple_type": "must be a list; write its items below each other, each after a hyphen",
    "dict_type": "must be a mapping; write `name: text` below it",
    "model_type": "must be a mapping of fields; write `field: value` below it",
    "model_attributes_type": "must be a mapping of fields; write `field: value` below it",
    "float_parsing": "must be a number; write digits, for example 22 or 8.5",
    "int_parsing": "must be a whole number; write digits only",
    "int_from_float": "must be a whole number; write digits only",
    "float_type": "must be a number; write digits, for example 22 or 8.5",
    "int_type": "must be a whole number; write digits only",
    "finite_number": "must be a number that ends; write digits, for example 22",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "string_pattern_mismatch": (
        "must be an id: lower-case letters a-z, digits, - and _, beginning with a letter or a digit; mend it, or leave "
        "it out to have one made of the name"
    ),
}


def of_wrong(name: str, root: Node, exc: Wrong) -> BadInput:
    return _bad(name, root, exc.place, exc.what)


def of_validation(name: str, root: Node, exc: ValidationError) -> BadInput:
    """The first in the file; how many more there are is said."""
    errors = exc.errors(include_url=False, include_input=False)
    found = [(find(root, _place(error))[0], at, error) for at, error in enumerate(errors)]
    _, _, first = min(found, key=lambda each: each[:2])
    more = f" ({len(errors) - 1} more to mend below)" if len(errors) > 1 else ""
    return _bad(name, root, _place(first), _sentence(first) + more)


def first_of(exc: ValidationError) -> tuple[Place, str]:
    """The first error: its place, and the rest of the sentence."""
    first = exc.errors(include_url=False, include_input=False)[0]
    return _place(first), _sentence(first)


def sentence(text: str) -> str:
    """With a full stop, unless it ends with a question."""
    return text if text.endswith("?") else f"{text}."


def _bad(name: str, root: Node, place: Place, what: str) -> BadInput:
    line, path = find(root, place)
    return BadInput(sentence(f"{name}, line {line}: {f'`{path}`' if path else 'the file'} {what}"))


def _place(error: Mapping[str, Any]) -> Place:
    place = tuple(step for step in error["loc"] if step != "[key]")  # a name that is wrong is its own place
    return (*place, str(error["ctx"]["field"])) if error["type"] in ("unknown", "twice") else place


def _sentence(error: Mapping[str, Any]) -> str:
    context: Mapping[str, Any] = error.get("ctx", {})
    match error["type"]:
        case "unknown":
            return _unknown(str(context["field"]), context["known"])
        case "twice":
            return f"says `{context['same']}` again in other words; leave one of the two"
        case "plain":
            return str(error["msg"])
        case "literal_error":
            expected = str(context["expected"]).removeprefix("'', ")
            return f"must be {'one of these: ' if ' or ' in expected else ''}{expected}"
        case "greater_than" | "greater_than_equal":
            bound = context.get("gt", context.get("ge"))
            return f"must be {'more than' if 'gt' in context else 'at least'} {bound:g}"
        case "less_than" | "less_than_equal":
            bound = context.get("lt", context.get("le"))
            return f"must be {'less than' if 'lt' in context else 'at most'} {bound:g}"
        case "too_long" | "string_too_long":
            return f"is too long; {context['max_length']:,} are the most that it may have"
        case kind:
            return _PLAIN.get(kind, f"cannot be used ({error['msg']}); mend it")


def _unknown(field: str, known: Sequence[str]) -> str:
    near = nearest(field.replace(" ", "_").replace("-", "_"), known)
    hint = _elsewhere(field, known) or (f"did you mean `{near}`?" if near else f"there are {listed(known, 40)}")
    return f"is no field that is known here; {hint}"


def _elsewhere(field: str, known: Sequence[str]) -> str:
    """For a field that is right, and one level too high: where it belongs."""
    for inside, form in (("episode", EpisodeForm), ("voice", VoiceForm)):
        if inside in known and canonical(field) in form.model_fields:
            return f"it stands under `{inside}:`, indented"
    return ""
