"""PDF files to documents."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from scenewright.documents.outliner import Outliner
from scenewright.documents.pdf.assemble import Assembly
from scenewright.documents.pdf.extract import read_page
from scenewright.documents.pdf.headings import normal
from scenewright.documents.pdf.values import Page
from scenewright.documents.pictures import Pictures
from scenewright.documents.reading import Limits
from scenewright.documents.runs import literal
from scenewright.documents.webpage import bcp47
from scenewright.domain.document import Document
from scenewright.domain.errors import BadInput

_LOCK = threading.Lock()  # PDFium must not be used by two threads at once
_PASSWORD = 4  # PDFium's error code
_SCANNED = 25  # characters of text a page, on average; fewer, with pictures, is a scan
_OUTLINE = 5_000  # bookmarks looked at


def read_pdf(data: bytes, name: str, limits: Limits, pictures: Pictures) -> tuple[Document, list[str]]:
    """The document and warnings. Raises: BadInput: if it is damaged, protected, scanned, too long or empty."""
    with _LOCK, _opened(data, name) as pdf:
        count = len(pdf)
        if count > limits.max_pages:
            raise BadInput(f"{name} has {count} pages, more than {limits.max_pages}; split it and use a part of it.")
        pages, broken = _pages(pdf, count)
        _check_text(pages, name)
        out = Outliner(limits)
        assembly = Assembly(pages, _outline(pdf), out, limits, pictures, lambda number: pdf[number - 1])
        assembly.run()
        title = assembly.title or literal(_title(pdf))
        document = out.finish(name=name, title=title, language=_language(pdf))
    warnings = list(out.warnings)
    if broken:
        warnings.append(f"{broken} of the {count} pages of {name} are damaged and were left out.")
    unmapped = sum(page.unmapped for page in pages)
    if unmapped > 0.02 * sum(len(word.text) for page in pages for word in page.words):
        warnings.append(f"{name} does not tell what some of its characters mean; parts of the text may be unreadable.")
    return document, warnings


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Any]:
    # PDFium takes 50 ms to load
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as exc:
        if getattr(exc, "err_code", None) == _PASSWORD or "password" in str(exc).lower():
            raise BadInput(f"{name} is protected by a password; remove the password and try again.") from exc
        raise BadInput(f"{name} is damaged and cannot be opened; save or print it as PDF anew.") from exc
    try:
        yield pdf
    finally:
        pdf.close()


def _pages(pdf: Any, count: int) -> tuple[list[Page], int]:
    import pypdfium2

    pages: list[Page] = []
    broken = 0
    for index in range(count):
        try:
            page = pdf[index]
        except pypdfium2.PdfiumError:
            broken += 1
            continue
        try:
            pages.append(read_page(page, index + 1))
        finally:
            page.close()
    return pages, broken


def _check_text(pages: list[Page], name: str) -> None:
    characters = sum(len(word.text) for page in pages for word in page.words)
    if characters >= _SCANNED * max(1, len(pages)):
        return
    if any(image.area > 0.3 * page.width * page.height for page in pages for image in page.images):
        raise BadInput(
            f"{name} holds pictures of pages and no text; run text recognition on it (for example with ocrmypdf) first."
        )
    if characters == 0:
        raise BadInput(f"{name} has no text that can be read; check that it is the right file.")


def _outline(pdf: Any) -> dict[str, int]:
    """Titles of the bookmarks, normalised, with their levels from 1. A title that occurs at two levels is left out."""
    levels: dict[str, Counter[int]] = {}
    try:
        for number, mark in enumerate(pdf.get_toc(max_depth=8)):
            if number >= _OUTLINE:
                break
            key = normal(mark.get_title())
            if key:
                levels.setdefault(key, Counter())[mark.level + 1] += 1
    except Exception:  # a damaged outline is no reason to refuse the text
        return {}
    return {key: next(iter(counts)) for key, counts in levels.items() if len(counts) == 1}


def _title(pdf: Any) -> str:
    title = str(pdf.get_metadata_dict().get("Title") or "").strip()
    generic = r"(?i)(?:untitled|microsoft word.*|.*\.(?:docx?|dvi|tex|pdf|indd|ps|rtf|odt|qxd)|\(anonymous\))?"
    return "" if re.fullmatch(generic, title) else title


def _language(pdf: Any) -> str:
    """The language the file's catalogue declares."""
    import ctypes

    import pypdfium2.raw as raw

    size = raw.FPDFCatalog_GetLanguage(pdf, None, 0)
    if not 2 < size < 200:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFCatalog_GetLanguage(pdf, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return bcp47(buffer.raw.decode("utf-16-le", "replace").rstrip("\x00"))
