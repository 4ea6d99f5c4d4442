"""What the kind brings along (see kinds.plugin). The heavy halves are imported when they are used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scenewright.domain.brief import Brief, Speaker
from scenewright.domain.episode import NARRATOR, Episode
from scenewright.domain.errors import BadInput, BadSettings
from scenewright.kinds.episode.details import EpisodeDetails, details_of
from scenewright.kinds.episode.edits import TakesScripts
from scenewright.kinds.episode.plan import EpisodePlanner
from scenewright.kinds.episode.series import KeepsShows
from scenewright.kinds.episode.setting import TakesSettings
from scenewright.kinds.episode.standing import noting_text
from scenewright.kinds.episode.summary import SummarisesEpisodes
from scenewright.kinds.episode.table import SPARE
from scenewright.kinds.plugin import Cast, Forecast, Read, Source, Tools
from scenewright.plan import Desk, Known, Performer, Step

SPARE_VOICES = 12  # for characters that the outline invents
GUEST_VOICES = 4  # for people who are in no bible: a person writes them into a scene


class EpisodeKind(KeepsShows, TakesSettings, TakesScripts, SummarisesEpisodes):
    plan = EpisodePlanner()
    written_steps = ("outline", "dialogue", "directions", "comedy", "review", "refine")

    suffixes = (".yaml", ".yml", ".json", ".fountain", ".fdx")

    def read(self, source: Source) -> Read:
        from scenewright.kinds.episode.source import read

        return read(source)

    def example(self) -> Source:
        from scenewright.kinds.episode.source import example

        return example()

    def complete(self, brief: Brief, cast: Cast) -> Brief:
        details = details_of(brief)
        if brief.author == "offline" and not details.show.characters:
            raise BadInput(_nobody(details))
        language = brief.language or details.show.language
        if brief.author == "offline":
            from scenewright.kinds.episode.offline import check_language

            check_language(language)
        people = _people(details)
        if brief.audio:
            voices = _cast(people, language, brief.voice, cast)
            people = tuple(who.model_copy(update={"voice": voices[who.id]}) for who in people)
        filled = details.model_dump(mode="json")
        return brief.model_copy(update={"language": language, "speakers": people, "details": filled})

    def forecast(self, brief: Brief, window: int) -> Forecast:
        from scenewright.kinds.episode.forecast import forecast

        return forecast(brief, window)

    def performers(self, brief: Brief, tools: Tools) -> Mapping[str, Performer]:
        from scenewright.kinds.episode.reading import read_performer

        return {**_authors(brief, tools), "read": read_performer(tools)}

    async def assemble(self, known: Known, tools: Tools) -> Episode:
        import asyncio

        from scenewright.kinds.episode.assemble import assembled

        made = await asyncio.to_thread(assembled, known)
        script = made.script.model_copy(update={"id": tools.work})  # so that an edited file says whose it is
        return made.model_copy(update={"id": tools.work, "script": script})


def _nobody(details: EpisodeDetails) -> str:
    """What an author without a model says where there is nobody to write about."""
    model = "with --model, for example --model openai:gpt-5-mini or --model ollama:qwen3"
    if details.plan and details.plan.scenes:
        return (
            "The outline names nobody: say who is in its scenes (in Fountain by names in capitals, or after an @), "
            f"name their show with --show, or give a model {model}."
        )
    return (
        f"A premise alone needs a model to write about it: give one {model}, or give a show's bible "
        "with its characters (`scenewright new episode` writes one to fill in)."
    )


def _people(details: EpisodeDetails) -> tuple[Speaker, ...]:
    """Who is heard at the table, the narrator first, and voices for people to come: invented ones, and guests."""
    narrator = Speaker(id=NARRATOR, name="Narrator", role="narrator")
    characters = {
        each.id: Speaker(
            id=each.id,
            name=each.name,
            role="narrator" if each.id == NARRATOR else "character",
            voice=each.speaking_voice,
        )
        for each in details.show.characters
    }
    spares = [
        Speaker(id=f"{SPARE}{n}", name=f"Voice {n}", role="character")
        for n in range(1, (GUEST_VOICES if characters else SPARE_VOICES) + 1)
    ]
    people = {NARRATOR: narrator} | characters | {each.id: each for each in spares if each.id not in characters}
    return tuple(people.values())


def _cast(people: Sequence[Speaker], language: str, leading: str, cast: Cast) -> Mapping[str, str]:
    """Raises: BadSettings: there is no such voice; names who was to speak with it."""
    cast((), language, leading)  # what is wrong with this one is no character's doing
    for who in people:
        if who.voice:
            try:
                cast((who,), language, leading)
            except BadSettings as exc:
                raise BadSettings(f"{who.name} cannot speak with {who.voice!r} (`speaking_voice`). {exc}") from exc
    return cast(people, language, leading)


def _authors(brief: Brief, tools: Tools) -> Mapping[str, Performer]:
    from scenewright.kinds.episode.ready import ready_outline

    if brief.author == "llm":
        from scenewright.kinds.episode.llm import performers

        authors = performers(tools.choose)
    else:
        from scenewright.kinds.episode.offline import performers as offline

        authors = offline()
    plan = details_of(brief).plan
    outline = ready_outline if plan and plan.scenes else authors["outline"]
    return {
        **authors,
        "outline": outline,
        "dialogue": _unless_by_hand(authors["dialogue"]),
        "comedy": noting_text(authors["comedy"]),
        "review": noting_text(authors["review"]),
    }


def _unless_by_hand(write: Performer) -> Performer:
    """A scene that a person added has its text already."""

    async def dialogue(step: Step, desk: Desk) -> dict[str, object]:
        return {"parts": []} if "by_hand" in step.given else await write(step, desk)

    return dialogue


PLUGIN = EpisodeKind()
