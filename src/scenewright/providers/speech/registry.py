"""How voices are written, which engines there are, and who in a work speaks with which voice.

A voice is written `engine[/model]:voice[@rate]`: "espeak:en-us+f3", "espeak:+f3" (that variant, in the work's
language), "espeak" (the default voice), "openai:alloy", "openai/tts-1-hd:nova", "espeak:de@0.9" (a tenth slower).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from scenewright.domain.brief import Speaker
from scenewright.domain.errors import BadSettings
from scenewright.providers.speech import espeak_voices
from scenewright.providers.speech.openai import DEFAULT_MODEL, VOICES, key_from_environment
from scenewright.providers.speech.voices import Voice, VoiceSpec

DEFAULT_ENGINE = "espeak"
LEADING = ("teacher", "narrator")  # roles: the first of them, else whoever is first, has the default voice

_SPEC = re.compile(
    r"(?P<engine>[a-z][a-z0-9_-]*)(?:/(?P<model>[^\s:@][^\s@]*?))?(?::(?P<voice>[^:@]*))?(?:@(?P<rate>\d(?:\.\d+)?))?"
)


@dataclass(frozen=True, kw_only=True)
class Engine:
    """One kind of voices. `pick` gives up to n distinct voices, the teacher's first; `check` refuses unknown ones."""

    name: str
    title: str
    model: str = ""  # the default one
    pick: Callable[[str, int], tuple[Voice, ...]]
    voices: Callable[[], tuple[Voice, ...]]
    check: Callable[[str, str], None]
    problem: Callable[[], str]  # "" if it can be used now; for `doctor`


def engines() -> Mapping[str, Engine]:
    """Every engine by name, the default first."""
    return _ENGINES


def parse(text: str) -> VoiceSpec:
    """A written voice as it stands, with the engine's default model; nothing is looked up.

    Raises: BadSettings: not a voice, an unknown engine or a rate outside 0.25 to 4.
    """
    found = _SPEC.fullmatch(text.strip())
    if not found:
        raise BadSettings(
            f'"{text}" is not a voice: write engine:voice, for example "espeak:en-us+f3" or "openai:alloy".'
        )
    engine = _engine(found["engine"])
    rate = float(found["rate"] or 1)
    if not 0.25 <= rate <= 4:
        raise BadSettings(f'The rate of the voice "{text}" must be between 0.25 and 4.')
    return VoiceSpec(
        engine=engine.name, model=found["model"] or engine.model, voice=(found["voice"] or "").strip(), rate=rate
    )


def resolve(text: str, language: str, *, base_url: str = "") -> VoiceSpec:
    """A written voice ready for requests in `language`; an empty text, or one without a voice, means the default.

    `base_url`: the OpenAI-compatible address of the voices, if it is not OpenAI's; its voices are not checked.
    Raises: BadSettings: unknown engine or voice, or a language that the engine does not speak.
    """
    spec = parse(text or DEFAULT_ENGINE)
    engine, address = _engine(spec.engine), base_url if spec.engine == "openai" else ""
    voice = spec.voice or _name(engine.pick(language, 1)[0])
    if not address:
        engine.check(voice, language)
    return spec.model_copy(update={"voice": voice, "language": language, "base_url": address})


def cast(speakers: Iterable[Speaker], language: str, *, default: str = "", base_url: str = "") -> dict[str, VoiceSpec]:
    """Speaker id -> voice. `default` is that of whoever leads; whoever has no voice gets one that nobody else has.

    A crowd larger than the engine has voices shares them.
    Where the address is not OpenAI's own, other voices are not known, and those without one share the default.
    Raises: BadSettings.
    """
    people = sorted(speakers, key=lambda person: person.role not in LEADING)
    leading = resolve(default, language, base_url=base_url)
    found = {who.id: resolve(who.voice, language, base_url=base_url) for who in people if who.voice}
    if people:
        found.setdefault(people[0].id, leading)
    nameless = [who.id for who in people if who.id not in found]
    if leading.base_url:
        return found | dict.fromkeys(nameless, leading)
    taken = {_identity(spec) for spec in found.values()}
    engine = _engine(leading.engine)
    offered = [resolve(voice.id, language) for voice in engine.pick(language, len(taken) + len(nameless))]
    free = [spec for spec in offered if _identity(spec) not in taken] or [leading]
    for index, who in enumerate(nameless):
        found[who] = free[index % len(free)].model_copy(update={"model": leading.model})
    return found


def _identity(spec: VoiceSpec) -> tuple[str, str]:
    """Equal for two ways of writing one voice, such as "espeak:+f3" and "espeak:en-us+f3"."""
    if spec.engine != "espeak":
        return spec.engine, spec.voice
    chosen = espeak_voices.choose(spec.voice, spec.language)
    return spec.engine, f"{chosen.file}~{chosen.pitch}"


def _name(voice: Voice) -> str:
    return voice.id.partition(":")[2]


def _engine(name: str) -> Engine:
    if name not in _ENGINES:
        near = get_close_matches(name, _ENGINES, n=1, cutoff=0.5)
        meant = f" Did you mean {near[0]}?" if near else ""
        raise BadSettings(f'There are no "{name}" voices: the engines are {", ".join(_ENGINES)}.{meant}')
    return _ENGINES[name]


def _openai_voices() -> tuple[Voice, ...]:
    return tuple(Voice(id=f"openai:{name}", language="", name=name.capitalize()) for name in VOICES)


def _openai_check(voice: str, _: str) -> None:
    if not re.fullmatch(r"[\w.+-]{1,100}", voice):
        raise BadSettings(f'"{voice}" cannot be an OpenAI voice: choose one of {", ".join(VOICES)}.')


def _openai_problem() -> str:
    return "" if key_from_environment() else "no key: set OPENAI_API_KEY, or a base URL for a server of your own"


def _espeak_check(voice: str, language: str) -> None:
    espeak_voices.choose(voice, language)


def _espeak_problem() -> str:
    try:
        missing = [path for path in (espeak_voices.library_path(), espeak_voices.data_path()) if not path.exists()]
    except (ImportError, RuntimeError):
        return "the package espeakng-loader is missing or damaged: install Scenewright again"
    return f"{missing[0].name} is missing: install the package espeakng-loader again" if missing else ""


_ENGINES: dict[str, Engine] = {
    "espeak": Engine(
        name="espeak",
        title="eSpeak NG, embedded",
        pick=espeak_voices.pick,
        voices=espeak_voices.voices,
        check=_espeak_check,
        problem=_espeak_problem,
    ),
    "openai": Engine(
        name="openai",
        title="OpenAI, or a compatible server",
        model=DEFAULT_MODEL,
        pick=lambda _, n: _openai_voices()[:n],
        voices=_openai_voices,
        check=_openai_check,
        problem=_openai_problem,
    ),
}
