"""Every kind of finding can come up, and each that a review is to look for is told to the model."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import get_args

import scenewright.kinds.episode.measures as measures
from scenewright.domain.assessment import Kind
from scenewright.kinds.episode.llm.prompts import messages
from scenewright.kinds.episode.llm.review import KINDS

SOURCE = Path(measures.__file__).parent


def test_every_kind_is_measured_or_asked_for() -> None:
    written = {
        node.value
        for path in SOURCE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(get_args(Kind)) <= written | set(KINDS)


def test_a_model_is_told_what_each_kind_means() -> None:
    told = messages("review")[0].text
    assert not [kind for kind in KINDS if f'"{kind}"' not in told]
