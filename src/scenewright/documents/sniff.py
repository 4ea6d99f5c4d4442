"""What sort of source the bytes are: by their first bytes, then by name, then by the declared media type."""

from __future__ import annotations

import re
from typing import Literal

from scenewright.domain.errors import BadInput

Form = Literal["markdown", "text", "html", "pdf", "docx", "pptx"]

SUFFIXES: dict[str, Form] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".pptx": "pptx",
}
_MEDIA_TYPES: dict[str, Form] = {
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
}
_UNKNOWN_MEDIA_TYPES = ("", "text/plain", "application/octet-stream", "binary/octet-stream")
ACCEPTED = ".md, .txt, .html, .pdf, .docx or .pptx"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (  # first bytes of what is often handed in by mistake
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"%!PS", "a PostScript file"),
    (b"\x7fELF", "a program"),
    (b"ID3", "a recording"),
    (b"SQLite format 3", "a database"),
)
_MARKDOWN = re.compile(r"^#{1,6} \S|^```|\[[^\]\n]*\]\([^)\n]+\)|^\|.*\|$", re.M)
_PERHAPS_MARKDOWN = re.compile(r"^\s*[-*] \S|^(?:===+|---+)$|\*\*\S", re.M)
_HTML = re.compile(rb"^\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)


def form_of(data: bytes, name: str, media_type: str = "") -> Form:
    """Raises: BadInput: if it is empty, or of a type that is not read."""
    if not data.strip():
        raise BadInput(f"{name} is empty; choose a file with text in it.")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _in_zip(data, name)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise BadInput(f"{name} is protected by a password; remove the password and try again.")
        raise BadInput(f"{name} is in the old format of Office 97; save it as .docx or .pptx and try again.")
    for magic, what in _OTHERS:
        if data.startswith(magic):
            raise BadInput(f"{name} is {what}; give a document ({ACCEPTED}).")
    return _textual(data, name, media_type)


def suffix_of(name: str) -> str:
    """The suffix in lower case with its dot, without the query of an address; "" if there is none."""
    base = re.split(r"[?#]", name, maxsplit=1)[0].replace("\\", "/").rsplit("/", 1)[-1]
    found = re.search(r".(\.[A-Za-z][A-Za-z0-9]{0,8})$", base)
    return found[1].lower() if found else ""


def _textual(data: bytes, name: str, media_type: str) -> Form:
    suffix = suffix_of(name)
    media_type = media_type.split(";")[0].strip().lower()
    wanted = _MEDIA_TYPES.get(media_type) or SUFFIXES.get(suffix)
    if wanted == "html" and SUFFIXES.get(suffix) in ("markdown", "text") and not _HTML.search(data[:4096]):
        wanted = SUFFIXES[suffix]  # servers say text/html of anything
    if wanted in ("pdf", "docx", "pptx"):
        raise BadInput(f"{name} is not a {wanted.upper()} file inside, or it is damaged; save it anew and try again.")
    if wanted:
        return wanted
    if media_type not in _UNKNOWN_MEDIA_TYPES and not media_type.startswith("text/"):
        raise BadInput(f"{name} is of the type {media_type}, which is not read; give {ACCEPTED}.")
    if _is_file_name(name, suffix) and not media_type:
        raise BadInput(f"{name} is of a type that is not read ({suffix}); give {ACCEPTED}.")
    if _HTML.search(data[:4096]):
        return "html"
    head = data[:50_000].decode("utf-8", "replace")
    return "markdown" if _MARKDOWN.search(head) or len(_PERHAPS_MARKDOWN.findall(head)) >= 2 else "text"


def _is_file_name(name: str, suffix: str) -> bool:
    return bool(suffix) and "://" not in name


def _in_zip(data: bytes, name: str) -> Form:
    # the names of a zip's parts stand in it uncompressed
    if b"word/document" in data:
        return "docx"
    if b"ppt/presentation" in data:
        return "pptx"
    for part, what in ((b"xl/workbook", "a spreadsheet"), (b"mimetypeapplication/", "an OpenDocument or EPUB file")):
        if part in data:
            raise BadInput(f"{name} is {what}; save it as .docx, .pptx or .pdf and try again.")
    if SUFFIXES.get(suffix_of(name)) in ("docx", "pptx"):
        raise BadInput(f"{name} is damaged: its main part is missing; save it anew and try again.")
    raise BadInput(f"{name} is a zip archive; unpack it and give the folder, or one document ({ACCEPTED}).")
