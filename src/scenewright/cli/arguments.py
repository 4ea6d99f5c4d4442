"""What people type, made into what the parser understands. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from scenewright.app.parallel import is_parallel

MAY_BE_ALONE = ("--parallel", "--voice-parallel")


def normalised(words: Sequence[str]) -> list[str]:
    """`--parallel` without a value means on: `make --parallel doc.md`, `make doc.md --parallel --yes`.

    The word after it is its value if it is one (off, on, a number, auto; also several, joined by commas); an empty
    word is a value, too, as a script writes it with an empty variable. A file with such a name is given as ./3.
    """
    done: list[str] = []
    left = list(words)
    while left:
        word = left.pop(0)
        if word == "--":
            return [*done, word, *left]
        if word in MAY_BE_ALONE:
            word += f"={left.pop(0)}" if left and _is_value(left[0]) else "=true"
        done.append(word)
    return done


def _is_value(word: str) -> bool:
    return not word.strip() or all(is_parallel(one) for one in word.split(","))
