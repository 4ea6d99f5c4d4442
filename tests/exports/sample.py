"""A small classroom made by hand: every action, every kind of mark, a quiz, a failed scene, tones for voices."""

from __future__ import annotations

import hashlib
import math
import struct
from dataclasses import dataclass, field

from scenewright.domain.actions import Action, Laser, Reveal, Speech, Spotlight
from scenewright.domain.classroom import Asset, Beat, Classroom, Person, Scene, Voiced
from scenewright.domain.drawing import Box, Drawing, FontName, ImageMark, Mark, PathMark, RectMark, TextMark
from scenewright.domain.quiz import Option, Question, Quiz
from scenewright.domain.slides import (
    BulletsBlock,
    ChartBlock,
    CodeBlock,
    DiagramBlock,
    DiagramEdge,
    DiagramNode,
    FormulaBlock,
    ImageBlock,
    QuoteBlock,
    Series,
    Slide,
    TableBlock,
)
from scenewright.domain.speech import Cue

MATHML = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mi>E</mi><mo>=</mo><mi>m</mi>'
    "<msup><mi>c</mi><mn>2</mn></msup></math>"
)


@dataclass
class Shelf:
    """Blobs in memory."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def put(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self.kept[digest] = data
        return digest

    async def get(self, digest: str) -> bytes:
        return self.kept[digest]


def tone(seconds: float, pitch: float = 220.0, rate: int = 8000) -> bytes:
    """A quiet tone as a WAV file."""
    count = int(seconds * rate)
    samples = b"".join(struct.pack("<h", int(2500 * math.sin(2 * math.pi * pitch * at / rate))) for at in range(count))
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(samples), b"WAVE", b"fmt ", 16, 1, 1, rate, rate * 2, 2,
                       16, b"data", len(samples))  # fmt: skip
    return head + samples


def picture() -> bytes:
    """A tiny PNG of one colour."""
    import zlib

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + b"\x2a\x4f\xb0" * 16 for _ in range(9))
    header = struct.pack(">IIBBBBB", 16, 9, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def words(
    text: str, x: float, y: float, size: float = 22, *, bold: bool = False, font: FontName = "sans", colour: str = ""
) -> TextMark:
    width = len(text) * size * (0.6 if font == "mono" else 0.48)
    return TextMark(x=x, y=y, text=text, width=width, size=size, bold=bold, font=font, colour=colour or "#1b2230")


def box(block: str, y: float, height: float, *marks: Mark, item: int | None = None, role: str = "text") -> Box:
    return Box(block=block, item=item, x=56, y=y, width=888, height=height, role=role, marks=marks)


def speech(name: str, text: str, speaker: str = "teacher") -> Speech:
    return Speech(id=name, speaker=speaker, text=text)


def first_page(title: str) -> Drawing:
    bullets = ("Light travels in straight lines", "A mirror sends it back", "Water bends its way")
    dots = [
        box(
            "b",
            150 + 60 * at,
            40,
            words("•", 70, 178 + 60 * at),
            words(text, 96, 178 + 60 * at),
            item=at,
            role="list-item",
        )
        for at, text in enumerate(bullets)
    ]
    return Drawing(
        boxes=(
            box("title", 40, 60, words(title, 56, 84, 34, bold=True), role="title"),
            *dots,
            Box(block="f", x=56, y=360, width=300, height=80, role="formula", label="E = m c squared", mathml=MATHML,
                marks=(PathMark(data="M60 420 L120 380 L180 420 Z", fill="#2a4fb0"),)),
            Box(block="p", x=600, y=330, width=320, height=180, role="figure", label="A blue field",
                marks=(ImageMark(asset="field.png", x=600, y=330, width=320, height=180, alt="A blue field"),)),
        )
    )  # fmt: skip


def second_page() -> Drawing:
    code = ("def area(r: float) -> float:", "    return 3.14159 * r ** 2")
    return Drawing(
        background="#ffffff",
        boxes=(
            box("title", 40, 60, words("The same in code", 56, 84, 34, bold=True), role="title"),
            Box(block="c", x=56, y=130, width=888, height=140, role="code", marks=(
                RectMark(x=56, y=130, width=888, height=140, radius=10, fill="#f4f6fa"),
                *(words(text, 80, 180 + 34 * at, 20, font="mono") for at, text in enumerate(code)))),
            box("q", 330, 80, words("“Nature is written in that great book.”", 76, 378, 24), role="quote"),
        ),
    )  # fmt: skip


CONTENT = Slide(
    title="Light",
    blocks=(
        BulletsBlock(id="b", items=("Light travels in **straight** lines", "A mirror sends it back", "Water bends it")),
        FormulaBlock(id="f", latex=r"E = mc^2", caption="Mass and energy"),
        ImageBlock(id="p", asset="field.png", alt="A blue field"),
        CodeBlock(id="c", language="python", code="def area(r: float) -> float:\n    return 3.14159 * r ** 2"),
        QuoteBlock(id="q", text="Nature is written in that great book.", attribution="Galileo"),
        TableBlock(id="t", header=("Stuff", "Index"), rows=(("Air", "1.0003"), ("Water", "1.33"))),
        ChartBlock(id="ch", title="c", unit="%", labels=("Air", "Ice"), series=(Series(name="c", values=(99, 76)),)),
        DiagramBlock(id="d", nodes=(DiagramNode(id="a", label="Sun"), DiagramNode(id="b", label="Eye")),
                     edges=(DiagramEdge(source="a", target="b", label="ray"),)),
    ),
)  # fmt: skip

QUESTIONS = (
    Question(
        id="q1",
        type="single",
        prompt="How does light travel in **one** medium?",
        options=(
            Option(id="a", text="In straight lines"),
            Option(id="b", text="In circles"),
            Option(id="c", text="`not` at all"),
        ),
        answers=("a",),
        explanation="Nothing turns it, so $E=mc^2$ has no say here.",
        points=2,
    ),
    Question(
        id="q2",
        type="multiple",
        prompt="What changes its direction?",
        options=(Option(id="a", text="A mirror"), Option(id="b", text="Water"), Option(id="c", text="Silence")),
        answers=("a", "b"),
        explanation="Mirrors reflect, water refracts.",
    ),
    Question(id="q3", type="short", prompt="What bends light in a prism?", answers=("Refraction", "the refraction")),
)  # fmt: skip


def beats(
    shelf: Shelf, scene: str, *actions: tuple[Action, int, float], audio: bool = True
) -> tuple[list[Beat], list[Asset]]:
    """`actions`: what, on which page, how many seconds (speech only)."""
    made: list[Beat] = []
    assets: list[Asset] = []
    for action, page, seconds in actions:
        voiced = None
        if isinstance(action, Speech):
            src = f"audio/{scene}-{action.id}.wav" if audio else ""
            half = seconds / 2
            first, _, rest = action.text.partition(". ")
            cues = (Cue(start=0, end=half, text=first + "."), Cue(start=half, end=seconds, text=rest)) if rest else ()
            voiced = Voiced(src=src, duration=seconds, cues=cues)
            if audio:
                blob = shelf.put(tone(seconds, 200 + 40 * len(assets)))
                assets.append(Asset(name=f"{scene}/{action.id}", src=src, media_type="audio/wav", blob=blob))
        made.append(Beat(action=action, page=page, voiced=voiced))
    return made, assets


def sample(shelf: Shelf, *, audio: bool = True, language: str = "en") -> Classroom:
    light, light_audio = beats(
        shelf, "light",
        (speech("s1", "Welcome to the study of light. It starts with a straight line."), 0, 4.0),
        (Spotlight(id="x1", target="b", item=1), 0, 0), (Reveal(id="x2", target="b", item=2), 0, 0),
        (speech("s2", "A mirror sends light back. Look at it closely.", "sam"), 0, 3.0),
        (Laser(id="x3", target="p"), 0, 0), (Laser(id="x4", target="f"), 0, 0),
        (speech("s3", "Here is a picture of it. And here a formula."), 0, 4.0),
        (speech("s4", "The same can be said in code. Two lines are enough."), 1, 3.0),
        audio=audio,
    )  # fmt: skip
    quiz, quiz_audio = beats(
        shelf, "quiz", (Spotlight(id="x1", target="q2"), 0, 0),
        (speech("s1", "Now it is your turn. Take your time."), 0, 2.0), audio=audio,
    )  # fmt: skip
    last, last_audio = beats(shelf, "end", (speech("s1", "This is where we stop. Goodbye."), 0, 2.0), audio=audio)
    image = Asset(name="field.png", src="images/field.png", media_type="image/png", blob=shelf.put(picture()))
    return Classroom(
        id="sample",
        title="A short course on light",
        language=language,
        objectives=("Say how light travels", "Tell reflection from refraction"),
        written_by="offline",
        note="No language model wrote this classroom; it was built from the document's own words.",
        sources=("optics.md",),
        people=(
            Person(id="teacher", name="Dr. Ada Reyes", role="teacher"),
            Person(id="sam", name="Sam", role="student"),
        ),
        scenes=(
            Scene(id="light", title="How light travels", status="ready", content=CONTENT,
                  pages=(first_page("How light travels"), second_page()), beats=tuple(light)),
            Scene(id="broken", title="What went wrong", status="failed", problem="The model did not answer."),
            Scene(id="quiz", title="Check yourself", status="ready", beats=tuple(quiz),
                  content=Quiz(title="Check yourself", intro="Three short questions.", questions=QUESTIONS)),
            Scene(id="end", title="Where to go from here", status="ready",
                  content=Slide(title="Where to go from here", blocks=()), pages=(second_page(),), beats=tuple(last)),
        ),
        assets=(image, *light_audio, *quiz_audio, *last_audio),
    )  # fmt: skip
