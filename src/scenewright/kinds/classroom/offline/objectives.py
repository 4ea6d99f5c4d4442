"""What a listener can do after a scene, as its material suggests."""

from __future__ import annotations

from collections.abc import Sequence

from scenewright.domain.document import Table
from scenewright.kinds.classroom.offline.definitions import Definition, definitions, titular
from scenewright.kinds.classroom.offline.material import Unit
from scenewright.kinds.classroom.offline.phrases import phrases, pick
from scenewright.kinds.classroom.offline.procedures import is_procedure
from scenewright.kinds.classroom.offline.tables import columns
from scenewright.text import inline


def objective(title: str, found: Sequence[Unit], language: str) -> str:
    """One line of plain text."""
    say = phrases(language)
    kinds = [unit.kind for unit in found]
    defined = sorted(definitions(found, language), key=lambda d: (not _own(d, title, language), not d.marked))
    if defined and len(defined[0].name) < 40:
        return inline.plain(pick(say.goal_term, title).format(term=defined[0].name, title=title))
    if len(steps := [unit for unit in found if unit.ordered]) >= 3 and is_procedure(steps, language):
        variants = say.goal_steps
    elif "formula" in kinds:
        variants = say.goal_formula
    elif any(isinstance(unit.block, Table) and columns(unit.block, language) for unit in found):
        variants = say.goal_table
    elif "code" in kinds:
        variants = say.goal_code
    else:
        variants = say.goal_main
    return pick(variants, title).format(title=title)


def _own(definition: Definition, title: str, language: str) -> bool:
    return titular(definition.sentence, title, language)
