"""Every link of the documentation that stays in the repository leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page
    for page in (
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("changelog/*.md"),
        ROOT / "examples/README.md",
    )
    if page.is_file()
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
NOT_FOR_READERS = re.compile(
    r"/(?:work|root|tmp|home)/|\.org/simple\b|\bregistry\.\w|\bissue \d|\bTODO\b|\bFIXME\b", re.IGNORECASE
)


def prose(page: Path) -> str:
    """Without fenced code, where brackets mean something else."""
    return re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


def links(page: Path) -> Iterator[tuple[str, str]]:
    for target in LINK.findall(prose(page)):
        path, _, fragment = target.partition("#")
        if "://" not in target and not target.startswith("mailto:"):
            yield path, fragment


def anchors(page: Path) -> set[str]:
    """As they are made of headings: lower case, words joined by hyphens, no other marks."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for path, fragment in links(page):
        target = (page.parent / path).resolve() if path else page
        assert target.is_relative_to(ROOT), f"{path} leaves the repository"
        assert target.exists(), f"{path} is not there"
        if fragment:
            assert fragment in anchors(target), f"{path}#{fragment} is no heading there"


def test_the_links_are_found() -> None:
    assert ("docs/concepts.md", "") in set(links(ROOT / "README.md"))
    assert ("../documents.md", "notes-why-these-libraries") in set(links(ROOT / "docs/design/decisions.md"))


def test_the_index_leads_to_every_page() -> None:
    index = ROOT / "docs" / "README.md"
    reached = {(index.parent / path).resolve() for path, _ in links(index)}
    assert {page for page in (ROOT / "docs").rglob("*.md") if page != index} <= reached


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_pages_are_for_readers_anywhere(page: Path) -> None:
    assert not NOT_FOR_READERS.findall(page.read_text("utf-8"))


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "docs" / "pictures").iterdir())
    assert pictures
    assert all(picture.stat().st_size < 250_000 for picture in pictures)
