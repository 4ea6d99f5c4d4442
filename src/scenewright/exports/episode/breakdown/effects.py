"""Effects: what somebody has to make heard or seen besides the players. Each is cited, so that a person may strike it.

The words are English, but SFX and VFX are understood everywhere; a joke that was marked as physical counts in every
language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from scenewright.domain.episode import Episode
from scenewright.domain.screenplay import Action, ScriptScene
from scenewright.exports.episode.breakdown.values import Effect, EffectKind
from scenewright.text.sentences import sentences

# In capitals only: a door that SLAMS is a sound to be made, a door that slams may be the player's.
_SOUNDS = re.compile(
    r"""(?x)(?<![\w'’])(?:
    BANG|BARK|BEEP|BLARE|BOOM|BUZZ|CHIME|CLANG|CLANK|CLATTER|CLICK|CRACK|CRASH|CREAK|DING|ECHO|FANFARE|FOOTSTEP|GROAN
    |GROWL|GUNSHOT|HISS|HONK|HOOT|HOWL|JINGLE|KNOCK|LAUGHTER|APPLAUSE|MUSIC|PLOP|RATTLE|RUMBLE|SCREAM|SCREECH|SHATTER
    |SIREN|SIZZLE|SLAM|SMASH(?!\ CUT)|SPLASH|SQUEAK|SQUEAL|THUD|THUMP|THUNK|TINKLE|WHIRR?|WHOOSH|ROAR|POP|SNAP|TICK|TOLL
    )(?:S|ES|ED|ING|MED|MING|PED|PING|PPED|PPING)?(?![\w'’])
    |(?<![\w'’])(?:RINGS|RINGING|WHISTLES|WHISTLING|SOUNDS|CHIMING|BLARING|RATTLING|SIZZLING|SQUEALING|EXPLODES|EXPLOSION)
    (?![\w'’])"""
)
_SOUND = re.compile(r"\bSFX\b|(?i:\bsound effects?\b|\bsounds? of\b|\bsound ?:)")
_VISUAL = re.compile(
    r"\bVFX\b|\bCGI\b|\bSUPER ?:|\bSUPERIMPOSE|\bTITLE CARD\b|\bCHYRON\b"
    r"|(?i:\bvisual effects?\b|\bgreen ?screen\b|\bsplit ?screen\b|\bholograms?\b)"
)
_PRACTICAL = re.compile(
    r"(?i)\bexplo(?:des?|ding|sions?)\b|\bsmoke\b|\bflames?\b|\bsparks (?:fly|shower|jump)|\bsquibs?\b|\bpyro"
    r"|\blights? (?:all )?(?:go(?:es)? out|cuts? out|dies?|flickers?|blows?)\b|\bblackout\b"
    r"|\bpower (?:cut|fails|goes)\b"
    r"|\bbreakaway\b|\b(?:fake )?blood\b|\bspecial effects?\b"
)
_WEATHER = re.compile(
    r"(?i)\b(?:rain(?:s|ing|storm)?|drizzle|snow(?:s|ing|storm)?|hail(?:storm)?|sleet|storm|blizzard|gale|thunder(?:storm)?"
    r"|lightning|fog|mist)\b|(?:^|\b(?:the|a|in|of|strong|cold|howling)\s)wind\b"
)
_PHYSICAL = re.compile(
    r"(?i)\bpratfalls?\b|\bspit[- ]takes?\b|\bface-?plants?\b|\btrips\b(?! to)|\bstumbles\b|\btumbles\b|\btopples\b"
    r"|\bfalls (?:over|off|down|into|through|onto|from|out of|backwards?|forwards?|flat)\b(?! (?:asleep|silent|quiet))"
    r"|\bslips\b(?! (?:out|away|into|in|past|it|him|her|them|the|off|back)\b)|\bcollides\b"
    r"|\b(?:crashes|bumps|slams) into\b|\bsomersaults?\b|\bcartwheels?\b|\bslapstick\b|\bcollapses\b"
    r"|\bhit by\b|\bgets stuck\b|\bdangl(?:es|ing) from\b"
)
_KINDS: Mapping[EffectKind, tuple[re.Pattern[str], ...]] = {
    "sound": (_SOUND, _SOUNDS),
    "visual": (_VISUAL,),
    "practical": (_PRACTICAL,),
    "weather": (_WEATHER,),
    "physical": (_PHYSICAL,),
}


def effects(work: Episode) -> tuple[Effect, ...]:
    """In the order of the script; a sentence is one of each kind at most."""
    gags = {(joke.scene, joke.punchline) for joke in work.jokes if joke.form == "physical"}
    return tuple(each for scene in work.scenes for each in _of_scene(scene, work.language, gags))


def _of_scene(scene: ScriptScene, language: str, gags: set[tuple[str, str]]) -> Iterator[Effect]:
    if _WEATHER.search(scene.slug.time):
        yield Effect(kind="weather", scene=scene.id, element="", text=scene.slug.time)
    for each in scene.elements:
        if not isinstance(each, Action):
            continue
        found = list(_of_text(each.text, scene.id, each.id, language))
        yield from found
        if (each.comedy == "climax" or (scene.id, each.id) in gags) and all(one.kind != "physical" for one in found):
            yield Effect(kind="physical", scene=scene.id, element=each.id, text=" ".join(each.text.split()))


def _of_text(text: str, scene: str, element: str, language: str) -> Iterator[Effect]:
    for sentence in sentences(text, language):
        for kind in kinds_of(sentence):
            yield Effect(kind=kind, scene=scene, element=element, text=" ".join(sentence.split()))


def kinds_of(sentence: str) -> Sequence[EffectKind]:
    return [kind for kind, patterns in _KINDS.items() if any(pattern.search(sentence) for pattern in patterns)]


def speaks_of_effect(capitals: str) -> bool:
    """Whether words in capitals ask for a sound, a picture or weather rather than for a thing."""
    return any(kind != "physical" for kind in kinds_of(capitals))
