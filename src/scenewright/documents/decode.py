"""Bytes of a text file to text, without guessing silently."""

from __future__ import annotations

import codecs
import re

from scenewright.domain.errors import BadInput

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}charset|<\?xml[^>]{0,200}encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_SAMPLE = 200_000  # bytes looked at to guess an encoding
_UTF8 = "save it as UTF-8 and try again"


def decode(data: bytes, name: str, charset: str = "") -> tuple[str, tuple[str, ...]]:
    """The text, with "\\n" line ends, and warnings.

    Tried in order: a byte order mark, UTF-8, UTF-16 by its zero bytes, `charset` (the answer's header), the charset
    an HTML or XML page declares, and last a guess, which is reported.
    Raises: BadInput: if these are not the bytes of a text.
    """
    text, note = _text(data, name, charset)
    if len(_CONTROLS.findall(text[:_SAMPLE])) > max(1, len(text[:_SAMPLE]) // 200):
        raise BadInput(f"{name} does not look like text; check that it is the right file, or {_UTF8}.")
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n"), note


def _text(data: bytes, name: str, charset: str) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), ()
            except UnicodeDecodeError as exc:
                raise BadInput(f"{name} begins as {encoding.upper()} but is damaged; {_UTF8}.") from exc
    for encoding in ("utf-8", _by_zeros(data), charset, _declared(data)):
        text = _strictly(data, encoding)
        if text is not None and not (encoding == "utf-8" and _by_zeros(data)):
            return text, ()
    return _guess(data, name)


def _strictly(data: bytes, encoding: str) -> str | None:
    if not encoding:
        return None
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def _by_zeros(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of mostly Latin text is zero."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.4 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd < half * 0.1 else ""


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:4096])
    label = found[1].decode("ascii", "replace").lower() if found else ""
    # browsers read these labels as the wider Windows set
    return {"iso-8859-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}.get(
        label, label
    )


def _guess(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    # charset-normalizer takes 60 ms to import and nearly every file is UTF-8
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None or best.chaos > 0.2:
        raise BadInput(f"The encoding of {name} cannot be told; {_UTF8}.")
    encoding = str(best.encoding)
    text = data.decode(encoding, "replace")
    return text, (f"{name} is not UTF-8 and was read as {encoding}; if letters look wrong, {_UTF8}.",)
