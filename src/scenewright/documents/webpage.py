"""HTML pages to documents."""

from __future__ import annotations

import re
from typing import Any

from scenewright.documents.htmlblocks import Blocks, LoadImage
from scenewright.documents.mathml import tag
from scenewright.documents.outliner import Outliner
from scenewright.documents.reading import Limits
from scenewright.documents.runs import literal
from scenewright.domain.document import Document
from scenewright.domain.errors import BadInput

_DEPTH = 2_000  # the parser drops what is nested more deeply
_NOTE = 5_000  # characters; what is longer is no footnote
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def read_html(
    text: str, name: str, limits: Limits, load_image: LoadImage, *, title: str = "", language: str = ""
) -> tuple[Document, list[str]]:
    """The document and warnings. `title` and `language` win over what the page declares.

    Raises: BadInput: if the page has no text, or is nested too deeply.
    """
    page = parse(text, name)
    out = Outliner(limits)
    notes = _footnotes(page)
    root = _main(page)
    Blocks(out, limits, load_image, notes).walk(root)
    declared = next((literal("".join(one.itertext())) for one in page.iter("title")), "")
    document = out.finish(name=name, title=literal(title), language=bcp47(language or page.get("lang") or ""))
    if not document.title and declared:
        document = document.model_copy(update={"title": _bare_title(declared)})
    return document, out.warnings


def parse(text: str, name: str) -> Any:
    """The <html> element. Raises: BadInput."""
    # lxml takes 40 ms to import; only sources that need it pay
    import lxml.etree
    import lxml.html

    # huge_tree lifts libxml2's depth from 256, where it would silently drop the rest of a page, to 2048
    parser = lxml.html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    data = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        page = lxml.html.document_fromstring(data, parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as exc:
        raise BadInput(f"{name} has no text that can be read; check that it is the right file.") from exc
    if _is_too_deep(page):
        raise BadInput(f"{name} is nested too deeply to be a page; save it anew from a browser or as plain text.")
    return page


def bcp47(value: str) -> str:
    """A language tag as declared, or "" if it is none."""
    value = value.strip().replace("_", "-")
    return value if _LANGUAGE.fullmatch(value) else ""


def _is_too_deep(page: Any) -> bool:
    depth, element = 0, page
    todo = [(page, 0)]
    while todo:
        element, depth = todo.pop()
        if depth > _DEPTH:
            return True
        todo += [(child, depth + 1) for child in element]
    return False


def _main(page: Any) -> Any:
    """The element that holds the text proper, if the page says which: <main>, role=main, or its only <article>."""
    body = next(page.iter("body"), page)
    candidates = [one for one in body.iter() if tag(one) == "main" or one.get("role") == "main"]
    articles = list(body.iter("article"))
    if len(articles) == 1:
        candidates.append(articles[0])
    for head in [one for one in body.iter("div") if one.get("class") == "header" and _is_links(one)]:
        head.drop_tree()
    whole = _length(body)
    for candidate in candidates:
        if _length(candidate) * 3 >= whole:
            _drop(candidate, ("nav", "footer"))
            return candidate
    _drop(body, ("nav", "aside", "footer"))
    return body


def _is_links(element: Any) -> bool:
    """A line of links to the next and the previous page."""
    links = sum(_length(link) for link in element.iter("a"))
    return (
        links > 0
        and _length(element) < 400
        and any(link.get("accesskey") or link.get("rel") for link in element.iter("a"))
    )


def _length(element: Any) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _drop(root: Any, names: tuple[str, ...]) -> None:
    for element in list(root.iter(*names)):
        of_a_quote = element.tag == "footer" and any(True for _ in element.iterancestors("blockquote"))
        if element is not root and element.getparent() is not None and not of_a_quote:
            element.drop_tree()


def _footnotes(page: Any) -> dict[str, Any]:
    """Footnotes by id, taken out of the page: what a raised link "[1]" points at."""
    targets = {
        link.get("href")[1:]
        for raised in page.iter("sup")
        for link in raised.iter("a")
        if (link.get("href") or "").startswith("#")
    }
    notes = {
        element.get("id"): element
        for element in page.iter("li", "aside", "p", "div")
        if element.get("id") in targets and _length(element) < _NOTE
    }
    for element in notes.values():
        if element.getparent() is not None:
            element.drop_tree()
    return notes


def _bare_title(title: str) -> str:
    """Without the site's name after a dash or bar: "Lists — Python 3 documentation"."""
    head = re.split(r"\s+[—|·–-]\s+", title)[0]
    return head if len(head) >= 3 else title
