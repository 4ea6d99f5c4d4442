"""One source, or a folder of them, to a reading."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from scenewright.documents.decode import decode
from scenewright.documents.htmlblocks import LoadImage
from scenewright.documents.outliner import slug
from scenewright.documents.pictures import Pictures
from scenewright.documents.reading import Limits, Reading
from scenewright.documents.sniff import ACCEPTED, SUFFIXES, Form, form_of, suffix_of
from scenewright.domain.document import Document
from scenewright.domain.errors import BadInput

Read = tuple[Document, list[str]]


def read_path(path: Path, limits: Limits | None = None) -> Reading:
    """A file, or a folder of files in natural order ("2" before "10").

    In a folder, hidden files, unknown types and files that cannot be read are skipped with a warning, and section
    ids begin with the file's name. Raises: BadInput: if nothing can be read.
    """
    limits = limits or Limits()
    try:
        if path.is_dir():
            return _read_folder(path, limits)
        if not path.exists():
            raise BadInput(f"There is no file {path}; check the name.")
        if not path.is_file():
            raise BadInput(f"{path} is not a regular file; give a file or a folder.")
        return _read(_contents(path, limits), path.name, "", limits, path.parent)
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or "its name is not usable"
        raise BadInput(f"{path} cannot be read: {reason}.") from exc


def read_bytes(data: bytes, name: str, media_type: str = "", limits: Limits | None = None) -> Reading:
    """Bytes from standard input or the network. `name`: what the person calls it; its suffix counts, its path does not.

    Raises: BadInput.
    """
    return _read(data, name, media_type, limits or Limits(), None)


def _read(data: bytes, name: str, media_type: str, limits: Limits, folder: Path | None) -> Reading:
    if len(data) > limits.max_bytes:
        raise BadInput(f"{name} is larger than {limits.max_bytes // 2**20} MB; split it and use a part of it.")
    form = form_of(data, name, media_type)
    pictures = Pictures(limits)
    try:
        document, notes = _READERS[form](data, name, media_type, limits, pictures, folder)
    except RecursionError as exc:
        raise BadInput(f"{name} is nested too deeply to be read; simplify it and try again.") from exc
    used = {block.asset for section in document.sections for block in section.blocks if block.type == "image"}
    assets = {asset: content for asset, content in pictures.assets.items() if asset in used}
    return Reading(documents=(document,), assets=assets, warnings=(*notes, *pictures.warnings()))


def _text(data: bytes, name: str, media_type: str, limits: Limits, pictures: Pictures, folder: Path | None) -> Read:
    from scenewright.documents.plaintext import read_text

    text, notes = decode(data, name, _charset(media_type))
    document, more = read_text(text, name, limits)
    return document, [*notes, *more]


def _markdown(data: bytes, name: str, media_type: str, limits: Limits, pictures: Pictures, folder: Path | None) -> Read:
    from scenewright.documents.markdown import read_markdown

    text, notes = decode(data, name, _charset(media_type))
    document, more = read_markdown(text, name, limits, image_loader(pictures, limits, folder))
    return document, [*notes, *more]


def _html(data: bytes, name: str, media_type: str, limits: Limits, pictures: Pictures, folder: Path | None) -> Read:
    from scenewright.documents.webpage import read_html

    text, notes = decode(data, name, _charset(media_type))
    document, more = read_html(text, name, limits, image_loader(pictures, limits, folder))
    return document, [*notes, *more]


def _pdf(data: bytes, name: str, media_type: str, limits: Limits, pictures: Pictures, folder: Path | None) -> Read:
    from scenewright.documents.pdf import read_pdf

    return read_pdf(data, name, limits, pictures)


def _docx(data: bytes, name: str, media_type: str, limits: Limits, pictures: Pictures, folder: Path | None) -> Read:
    from scenewright.documents.word import read_docx

    return read_docx(data, name, limits, pictures)


def _pptx(data: bytes, name: str, media_type: str, limits: Limits, pictures: Pictures, folder: Path | None) -> Read:
    from scenewright.documents.slideshow import read_pptx

    return read_pptx(data, name, limits, pictures)


# readers are imported when used: each brings a heavy library, and one command reads one sort of file
_READERS: dict[Form, Callable[[bytes, str, str, Limits, Pictures, Path | None], Read]] = {
    "text": _text,
    "markdown": _markdown,
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
    "pptx": _pptx,
}


def image_loader(pictures: Pictures, limits: Limits, folder: Path | None) -> LoadImage:
    """Loads data: addresses, and files inside `folder` (None = no files). Nothing is ever fetched."""

    def load(source: str) -> str | None:
        source = source.strip()
        if source[:5].lower() == "data:":
            return _from_data(source, pictures)
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:|//", source) or folder is None:
            pictures.drop("pictures on the web are not fetched")
            return None
        return _from_folder(source, pictures, limits, folder)

    return load


def _from_data(source: str, pictures: Pictures) -> str | None:
    head, _, body = source.partition(",")
    try:
        data = base64.b64decode(unquote(body)) if head.endswith(";base64") else unquote_to_bytes(body)
    except (binascii.Error, ValueError):
        pictures.drop("damaged or not PNG, JPEG, GIF or WebP")
        return None
    return pictures.add(data, media_type=head[5:].lower())


def _from_folder(source: str, pictures: Pictures, limits: Limits, folder: Path) -> str | None:
    try:
        home = folder.resolve()
        path = (home / unquote(re.split(r"[?#]", source, maxsplit=1)[0])).resolve()
        if not path.is_relative_to(home):
            pictures.drop("outside the document's folder")
            return None
        if not path.is_file():
            pictures.drop("the file is missing")
            return None
        if path.stat().st_size > limits.max_image_bytes:
            pictures.drop(f"larger than {limits.max_image_bytes // 2**20} MB")
            return None
        return pictures.add(path.read_bytes(), media_type="svg" if path.suffix.lower() == ".svg" else "")
    except (OSError, ValueError):
        pictures.drop("the file cannot be read")
        return None


def _read_folder(folder: Path, limits: Limits) -> Reading:
    readings: list[tuple[str, Reading]] = []
    warnings: list[str] = []
    left = limits.max_images
    for path in _files(folder, limits, warnings):
        name = path.relative_to(folder).as_posix()
        try:
            data = _contents(path, limits)
            reading = _read(data, name, "", replace(limits, max_images=left), path.parent)
        except BadInput as exc:
            warnings.append(f"Skipped: {exc}")
            continue
        left -= len(reading.assets)
        readings.append((name, reading))
    if not readings:
        why = f" {warnings[0]}" if warnings else ""
        raise BadInput(f"The folder {folder} has no document that can be read ({ACCEPTED}).{why}")
    return _together(readings, warnings)


def _files(folder: Path, limits: Limits, warnings: list[str]) -> list[Path]:
    home = folder.resolve()
    found, skipped = [], []
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if any(part.startswith((".", "~$")) for part in parts) or not path.is_file():
            continue
        if suffix_of(path.name) in SUFFIXES and path.resolve().is_relative_to(home):
            found.append(path)
        elif suffix_of(path.name) not in (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"):
            skipped.append(path.relative_to(folder).as_posix())
    if skipped:
        skipped.sort(key=_natural)
        rest = f" and {len(skipped) - 3} more" if len(skipped) > 3 else ""
        warnings.append(f"Skipped, as their types are not read: {', '.join(skipped[:3])}{rest}.")
    if len(found) > limits.max_files:
        raise BadInput(f"{folder} has {len(found)} documents, more than {limits.max_files}; give a smaller folder.")
    return sorted(found, key=lambda path: _natural(path.relative_to(folder).as_posix()))


def _natural(name: str) -> list[tuple[int, int, str]]:
    parts = re.split(r"(\d+)", name.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _together(readings: list[tuple[str, Reading]], warnings: list[str]) -> Reading:
    documents: list[Document] = []
    assets: dict[str, bytes] = {}
    taken: set[str] = set()
    for name, reading in readings:
        prefix = base = slug(name.rsplit(".", 1)[0].replace("/", " "))
        number = 1
        while prefix in taken:
            number += 1
            prefix = f"{base}-{number}"
        taken.add(prefix)
        documents += [_prefixed(document, prefix, len(readings) > 1) for document in reading.documents]
        assets.update(reading.assets)
        warnings += [note if name in note else f"{name}: {note}" for note in reading.warnings]
    return Reading(documents=tuple(documents), assets=assets, warnings=tuple(warnings))


def _prefixed(document: Document, prefix: str, needed: bool) -> Document:
    if not needed:
        return document
    sections = tuple(s.model_copy(update={"id": f"{prefix}/{s.id}"}) for s in document.sections)
    return document.model_copy(update={"sections": sections})


def _contents(path: Path, limits: Limits) -> bytes:
    with path.open("rb") as file:
        data = file.read(limits.max_bytes + 1)
    if len(data) > limits.max_bytes:
        raise BadInput(f"{path.name} is larger than {limits.max_bytes // 2**20} MB; split it and use a part of it.")
    return data


def _charset(media_type: str) -> str:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", media_type, re.I)
    return found[1] if found else ""
