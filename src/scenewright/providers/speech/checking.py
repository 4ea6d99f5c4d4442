"""Whether a voice can be used, found out without paying: before a run."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from scenewright.domain.errors import ScenewrightError
from scenewright.providers.speech.openai import OpenAIVoices, key_from_environment
from scenewright.providers.speech.registry import engines
from scenewright.providers.speech.voices import VoiceSpec


async def problem(spec: VoiceSpec, *, timeout: float = 4.0) -> str:
    """What is surely wrong with a voice, with the remedy, in a sentence; "" if nothing is known to be.

    The embedded engine is looked at. Of a server the key and, where it lists them, the voices are tried; what answers
    strangely, or not in time, is left to the run. `timeout`: seconds for each of two requests.
    """
    if spec.engine != "openai":
        wrong = engines()[spec.engine].problem()
        return f"The voice {spec.id} cannot be used: {wrong}." if wrong else ""
    try:
        voices = OpenAIVoices(
            base_url=spec.base_url, key=key_from_environment(spec.base_url), deadline=timeout, stall=timeout
        )
    except ScenewrightError as exc:
        return str(exc)
    async with voices:
        return await _server(voices, spec)


async def _server(voices: OpenAIVoices, spec: VoiceSpec) -> str:
    status, _ = await voices.look("models")
    name = "SCENEWRIGHT_SPEECH_KEY" if spec.base_url else "OPENAI_API_KEY"
    if status == 0:
        return f"The voice server {voices.account} cannot be reached; start it, or mend --speech-url."
    if status == 401:
        return f"{voices.account} did not accept the key for its voices (401); set {name} to a valid one."
    if not spec.base_url:
        return ""
    _, said = await voices.look("audio/voices")
    names = _names(said)
    if unknown := [one for one in spec.voice.split("+") if names and one.partition("(")[0] not in names]:
        near = get_close_matches(unknown[0], names, n=1)
        meant = f" Did you mean {near[0]}?" if near else ""
        some = ", ".join(names[:8]) + (" …" if len(names) > 8 else "")
        return f"{voices.account} has no voice {unknown[0]!r}.{meant} It has: {some}."
    return ""


def _names(said: Any) -> list[str]:
    """Of a list of voices, as the servers that have one write it: names, or objects with a name or id."""
    listed = said.get("voices") if isinstance(said, dict) else said
    found: list[str] = []
    for one in listed if isinstance(listed, list) else ():
        names = [one.get(key) for key in ("id", "voice_id", "name")] if isinstance(one, dict) else [one]
        found += [name for name in names if isinstance(name, str)]
    return found
