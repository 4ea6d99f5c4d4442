"""Titles: of the whole, of scenes that join several sections, and of the parts of a long one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from scenewright.domain.document import Document, Section
from scenewright.kinds.classroom.offline.definitions import definitions
from scenewright.kinds.classroom.offline.grouping import Atom
from scenewright.kinds.classroom.offline.material import Unit, units
from scenewright.kinds.classroom.offline.phrases import phrases
from scenewright.kinds.classroom.offline.tidy import capital, title_text

_ARTICLE = re.compile(r"(?:Der|Die|Das|Ein|Eine|The|A|An)(?=\s)")
_MOST = 60  # characters of a joined title


def document_title(documents: Sequence[Document], language: str) -> str:
    """The title of the (first) document; several are joined."""
    titles = list(dict.fromkeys(_own_title(document, language) for document in documents))
    if len(titles) == 2 and sum(map(len, titles)) < _MOST * 1.5:
        return phrases(language).joined.format(first=titles[0], last=titles[1])
    return titles[0]


def _own_title(document: Document, language: str) -> str:
    title = title_text(document.title)
    if title and not _is_only_a_section(title, document.sections):
        return title
    if defined := definitions(units(document.sections[:1], language), language) if title else ():
        return capital(defined[0].name)
    if title and re.fullmatch(
        r"(?i)readme|index|metadata|main|untitled|document|topic|-", PurePath(document.name).stem
    ):
        return title
    tops = [title_text(s.title) for s in document.sections if s.title and s.level <= 1]
    if len(tops) == 1 and tops[0]:
        return tops[0]
    stem = PurePath(document.name).stem if re.search(r"\.\w{1,5}$", document.name) else document.name
    stem = re.sub(r"[._-](?:[a-z]{2}|zh[-_]?(?:cn|tw|hans|hant)|pt[-_]?br)$", "", stem)
    return capital(re.sub(r"[_-]+", " ", stem).strip()) or "…"


def _is_only_a_section(title: str, sections: Sequence[Section]) -> bool:
    """Whether the title was taken from the first of several headings of the same level."""
    levels = [section.level for section in sections if section.title and section.level > 0]
    first = next((section for section in sections if section.title and section.level > 0), None)
    return bool(
        first and title_text(first.title) == title and levels.count(min(levels)) > 2 and first.level == min(levels)
    )


def chapter_paths(sections: Sequence[Section]) -> list[tuple[str, ...]]:
    """For each section the titles above it."""
    stack: list[tuple[int, str]] = []
    paths = []
    for section in sections:
        while stack and stack[-1][0] >= section.level:
            stack.pop()
        paths.append(tuple(title for _, title in stack))
        if section.level > 0:
            stack.append((section.level, title_text(section.title)))
    return paths


def group_title(atoms: Sequence[Atom], whole: str, language: str) -> str:
    """The one title, the chapter that holds all, or the first and the last."""
    say = phrases(language)
    titles = list(
        dict.fromkeys(a.title or (a.chapter[-1] if a.chapter else "") or say.overview or whole for a in atoms)
    )
    titles = [say.overview or title if title == whole else title for title in titles]
    if len(titles) == 1:
        return titles[0]
    chapter = _common(atoms)
    if chapter and chapter != whole:
        return chapter
    own = atoms[0].title
    if own and own != whole and all(a.chapter[-1:] == (own,) for a in atoms[1:]):
        return own  # a section and what stands under it
    last = (
        _ARTICLE.sub(lambda found: found[0].lower(), titles[-1], count=1) if _ARTICLE.match(titles[-1]) else titles[-1]
    )
    joined = say.joined.format(first=titles[0], last=last)
    if len(titles) == 2 and len(joined) <= _MOST:
        return joined
    heaviest = max(atoms, key=lambda atom: atom.weight)
    return heaviest.title or titles[0] if len(joined) > _MOST else joined


def _common(atoms: Sequence[Atom]) -> str:
    shortest = min((atom.chapter for atom in atoms), key=len)
    for depth in range(len(shortest), 0, -1):
        if len({atom.chapter[:depth] for atom in atoms}) == 1:
            return shortest[depth - 1]
    return ""


def part_title(title: str, part: int, found: Sequence[Unit], language: str) -> str:
    """The first part keeps the title; later ones add what they explain, where they define something."""
    if part == 1:
        return title
    defined = definitions(found, language)
    if defined and len(defined[0].name) <= 30 and defined[0].name.lower() not in title.lower():
        return f"{title}: {defined[0].name}"
    return unlike(title, part, language)


def stem(title: str, language: str) -> str:
    """A title without the number of its part."""
    template = phrases(language).part
    ending = re.escape(template.format(title="", part="@").strip()).replace("@", r"\d+")
    return re.sub(rf"\s*{ending}$", "", title) or title


def unlike(title: str, number: int, language: str) -> str:
    return phrases(language).part.format(title=title, part=number)
