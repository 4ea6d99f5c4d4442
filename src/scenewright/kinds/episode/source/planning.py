"""The outline of a file as a plan: acts, sets, threads and people resolved and held against each other. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from scenewright.documents.draft import DraftBuilder
from scenewright.documents.fountain_marks import is_heading
from scenewright.domain.outline import Handoff
from scenewright.domain.screenplay import Act, Script, ScriptScene, Slug
from scenewright.domain.show import Callback, ContinuityFact, EpisodePlan, PayOff, ScenePlan, SetPlace, SetUp
from scenewright.kinds.episode.source.acts import acts_of
from scenewright.kinds.episode.source.forms import EpisodeForm, FactForm, SceneForm, SlugForm
from scenewright.kinds.episode.source.names import Names, Wrong, free, ident, nearest, same, short
from scenewright.kinds.episode.source.showing import World, fact_of, ids_of
from scenewright.kinds.episode.source.tree import Place


def plan_of_form(form: EpisodeForm, world: World, place: Place) -> EpisodePlan | None:
    """None if nothing is planned. Raises: Wrong."""
    if not (form.scenes or form.stories or form.logline):
        return None
    scenes = _Planner(world, (*place, "scenes")).scenes(form.scenes)
    stories = {name: text for name, text in form.stories.items() if name}
    return EpisodePlan(title=form.title, logline=form.logline, stories=stories, scenes=scenes)


class _Planner:
    """Goes through the scenes in order and remembers what was planted."""

    def __init__(self, world: World, place: Place) -> None:
        self._world = world
        self._place = place
        self._setups = Names("set-up")  # up to the scene that is being read
        self._later: dict[str, int] = {}  # every set-up by id and text -> its scene
        self._reveals: dict[str, ContinuityFact] = {}
        self._callbacks: set[str] = set()

    def scenes(self, forms: Sequence[SceneForm]) -> tuple[ScenePlan, ...]:
        ids = _scene_ids(forms, self._place)
        acts = acts_of([form.act for form in forms], self._place)
        setups = _setup_ids(forms, self._place)
        for index, (form, made) in enumerate(zip(forms, setups, strict=True)):
            for each, one in zip(form.setups, made, strict=True):
                self._later |= {same(one): index, same(each.text): index}
        return tuple(
            self._scene(form, index, ids[index], acts[index], setups[index]) for index, form in enumerate(forms)
        )

    def _scene(self, form: SceneForm, index: int, made: str, act: str, setups: Sequence[str]) -> ScenePlan:
        place = (*self._place, index)
        planted = [
            SetUp(id=one, text=each.text, terms=each.terms) for one, each in zip(setups, form.setups, strict=True)
        ]
        for each in planted:
            self._setups.add(each.id, each.text)
        slug = slug_of(form.slug, self._world.sets)
        if not slug.place:
            raise Wrong((*place, "slug"), "names no place; write for example INT. KITCHEN - NIGHT")
        people = [
            self._world.characters.resolve(name, (*place, "characters", at)) for at, name in enumerate(form.characters)
        ]
        return ScenePlan(
            id=made,
            act=act,
            story=form.story,
            title=form.title or short(form.purpose).rstrip(".") or slug.place,
            slug=slug,
            characters=tuple(dict.fromkeys(people)),
            purpose=form.purpose,
            beats=form.beats,
            comic_beats=form.comic_beats,
            setups=tuple(planted),
            payoffs=tuple(self._payoffs(form, index, place)),
            callbacks=tuple(self._callback(form, at, index, place) for at in range(len(form.callbacks))),
            reveals=tuple(self._reveal(each, (*place, "reveals", at)) for at, each in enumerate(form.reveals)),
            act_out=form.act_out,
            act_out_terms=form.act_out_terms,
            seconds=form.seconds,
            handoff=Handoff(**form.handoff.model_dump()),
        )

    def _payoffs(self, form: SceneForm, index: int, place: Place) -> list[PayOff]:
        found = []
        for at, each in enumerate(form.payoffs):
            where = (*place, "payoffs", at, "setup")
            setup = self._setups.find(each.setup)
            if setup is None:
                raise Wrong(where, self._missing(each.setup, index, "pays off"))
            found.append(PayOff(setup=setup, text=each.text, terms=each.terms))
        return found

    def _missing(self, name: str, index: int, does: str) -> str:
        later = self._later.get(same(name), -1)
        if later > index:
            return f"{does} {short(name)!r}, which is set up only in scene {later + 1}; move one of the two"
        near = nearest(name, self._later)
        hint = f"did you mean {short(near)!r}?" if near else "plant it with `setups:` in an earlier scene"
        return f"{does} {short(name)!r}, which is set up nowhere; {hint}"

    def _callback(self, form: SceneForm, at: int, index: int, place: Place) -> Callback:
        each, where = form.callbacks[at], (*place, "callbacks", at)
        if not each.to and not each.terms:
            raise Wrong(
                where, "calls back to nothing; name a set-up or a running gag with `to:`, or the words with `terms:`"
            )
        to = self._origin(each.to, index, (*where, "to")) if each.to else ""
        made = each.id or free(ident(each.text, "callback"), self._callbacks)
        if made in self._callbacks:
            raise Wrong((*where, "id"), f"is the id of another callback, too ({made}); give it its own")
        self._callbacks.add(made)
        return Callback(id=made, to=to, text=each.text, terms=each.terms)

    def _origin(self, name: str, index: int, place: Place) -> str:
        """A set-up that was planted, or a running gag."""
        found = self._setups.find(name)
        if found is None and same(name) in self._later:
            raise Wrong(place, self._missing(name, index, "calls back to"))
        return found or self._world.gags.resolve(name, place)

    def _reveal(self, form: FactForm, place: Place) -> ContinuityFact:
        """A fact of the show by its id or text, or a new one."""
        only = form.model_fields_set <= {"text"}
        known = self._world.facts.get(same(form.text)) if only else None
        if known is None and form.id and same(form.id) in self._world.facts and not only:
            known = self._world.facts[same(form.id)]
            if same(known.text) != same(form.text):
                raise Wrong((*place, "id"), f"is the id of another fact of the show ({form.id}); give it its own")
        if only and known is None and self._world.characters.known and " " not in form.text.strip():
            near = nearest(form.text, self._world.facts)
            hint = f"did you mean {short(near)!r}?" if near else "write it out in words, or put it under `facts:`"
            raise Wrong(place, f"reveals {short(form.text)!r}, which is no fact of the show; {hint}")
        if known is None:
            taken = {*(fact.id for fact in self._world.facts.values()), *self._reveals}
            made = form.id or free(ident(form.text, "fact"), taken)
            known = fact_of(form, made, self._world.characters, place)
        if any(same(each.text) == same(known.text) for each in self._reveals.values()):
            raise Wrong(place, f"reveals {short(known.text)!r} for the second time; leave one of the two")
        self._reveals[known.id] = known
        return known


def _scene_ids(forms: Sequence[SceneForm], place: Place) -> tuple[str, ...]:
    return ids_of(forms, [f"s{number}" for number in range(1, len(forms) + 1)], "scene", place)


def _setup_ids(forms: Sequence[SceneForm], place: Place) -> list[list[str]]:
    """For each scene. Ids are one for the whole episode."""
    given: dict[str, Place] = {}
    for index, form in enumerate(forms):
        for at, each in enumerate(form.setups):
            where = (*place, index, "setups", at)
            if each.id and given.setdefault(each.id, where) != where:
                raise Wrong(where, f"is the second set-up with the id {each.id}; give it its own")
    taken, found = set(given), list[list[str]]()
    for form in forms:
        made = []
        for each in form.setups:
            made.append(each.id or free(ident(each.text, "set-up"), taken))
            taken.add(made[-1])
        found.append(made)
    return found


def slug_of(form: SlugForm, sets: Sequence[SetPlace]) -> Slug:
    """Read as headings of a script are; a set is spelt as the show does, and is inside or outside as it is there."""
    if form.interior is not None or form.time:
        read = Slug(interior=form.interior or "INT.", place=form.place, time=form.time)
    else:
        read = _read_heading(form.place, sets)
    return slug_in(read, sets, keep=form.interior is not None or is_heading(form.place))


def slug_in(slug: Slug, sets: Sequence[SetPlace], *, keep: bool = True) -> Slug:
    """The heading as the show's sets spell it. `keep`: inside or outside as it says, not as the set is."""
    for each in sets:
        for name in (each.name, *each.aliases):
            if same(name) == same(slug.place):
                return Slug(interior=slug.interior if keep else each.interior, place=name, time=slug.time)
    return slug


def _read_heading(text: str, sets: Sequence[SetPlace]) -> Slug:
    places = [
        ScriptScene(id="", number="", slug=Slug(place=name)) for each in sets for name in (each.name, *each.aliases)
    ]
    reader = DraftBuilder("heading", Script(title="", acts=(Act(name="", scenes=tuple(places)),)))
    reader.heading(text)
    return reader.finish().script.scenes[0].slug
