"""An honest script, written by hand: a tea room on a pier. Single-camera, six minutes."""

from __future__ import annotations

from typing import Any

from scenewright.domain.outline import Handoff
from scenewright.domain.screenplay import Slug
from scenewright.domain.show import (
    Callback,
    Character,
    ContinuityFact,
    EpisodePlan,
    PayOff,
    RunningGag,
    ScenePlan,
    SetPlace,
    SetUp,
    Show,
    VoiceProfile,
)

SHOW = Show(
    id="low-tide",
    title="Low Tide",
    minutes=6,
    characters=(
        Character(
            id="mabel",
            name="Mabel",
            voice=VoiceProfile(
                tics=("mind you",),
                catchphrases=("not on my lino",),
                vocabulary=("love", "kettle", "scone"),
                sentence_length="short",
            ),
        ),
        Character(
            id="orrin",
            name="Orrin",
            voice=VoiceProfile(
                tics=("as the charts have it",),
                catchphrases=("by the bosun's beard",),
                vocabulary=("aye", "starboard", "voyage", "the sea"),
                sentence_length="long",
            ),
        ),
        Character(
            id="pip",
            name="Pip",
            voice=VoiceProfile(
                tics=("literally", "like"),
                catchphrases=("so on brand",),
                vocabulary=("awkward", "vibe", "iconic"),
                sentence_length="short",
            ),
        ),
        Character(
            id="voss",
            name="Voss",
            voice=VoiceProfile(
                tics=("strictly speaking", "per cent"),
                catchphrases=("I shall make a note",),
                vocabulary=("regulation", "inspection", "measured", "form"),
                sentence_length="medium",
            ),
        ),
    ),
    sets=(
        SetPlace(id="tea-room", name="Tea Room"),
        SetPlace(id="pier", name="Pier", interior="EXT."),
        SetPlace(id="cellar", name="Cellar"),
    ),
    gags=(RunningGag(id="gull", text="A gull named Gerald steals food", terms=("Gerald",)),),
    facts=(
        ContinuityFact(
            id="sails",
            text="Orrin has never been to sea",
            terms=("seasick", "never left the harbour"),
            known_by=("orrin",),
        ),
        ContinuityFact(id="age", text="The pier is a hundred years old", broken_by=("brand new pier",)),
    ),
)

SCENES = (
    ("s1", "COLD OPEN", "Tea Room", """
> Morning. Salt on the windows. MABEL polishes a counter that gave up long ago.
mabel: Sit anywhere, love. Except there. Or there.
orrin: Aye, I have sat at that table through eleven winters, as the charts have it, and only twice did it collapse.
*mabel: Mind you, both times it was a Tuesday.
pip: There's literally a gull on the cake stand.
*mabel: That's Gerald. He has a tab.
orrin: He looked upon me this morning with the eye of a creditor, and I have known creditors on every coast.
pip: Awkward. A letter came. It's got, like, a crest.
> PIP holds up an envelope with a brass seal.
mabel: Put it behind the kettle, with the others.
pip: The others all say final.
*mabel: Then they can't be very good at it.
"""),
    ("s2", "ACT ONE", "Tea Room", """
> VOSS enters with a briefcase, a tape and no smile.
voss: Good morning. I represent the Board of Piers, and this is an inspection.
mabel: Scone?
*voss: Strictly speaking, that object has not been a scone for some time.
> He measures a chair. The chair lets him.
voss: The floor slopes by four per cent. I shall make a note.
mabel: Boots! Not on my lino.
orrin: Sir, I once held a deck far steeper than this one through a hurricane off Valparaiso with nothing but a spoon.
pip: He tells the spoon one, like, every day. It's iconic.
*voss: The form has no box for spoons.
mabel: What happens if we fail, love?
voss: Under regulation nine, the pier closes at six this evening.
"""),
    ("s3", "ACT ONE", "Pier", """
> Wind. Planks with gaps where planks should be.
orrin: Behold, young one, the finest timber on this side of the sea, laid by men who feared neither storm nor splinter.
pip: My foot just went through it.
*orrin: Then the voyage of thy foot has begun, and we must wish it fair winds upon the journey.
pip: You should, like, talk to that inspector. Be all captain at him.
orrin: By the bosun's beard, I would sooner wrestle a squid in a telephone box than trade words with a man of paper.
pip: What's with the old boat down there?
orrin: The Patience, aye, and her rope is rotten, so let nobody lean on it who has not made his peace with the tide.
pip: Vibe received. Not leaning.
> A gull lands, takes PIP's sandwich, leaves.
*pip: Gerald! That was literally vegan!
"""),
    ("s4", "ACT ONE", "Cellar", """
> Dark. A torch. VOSS behind it, MABEL in front of it.
voss: According to the plans, there is no cellar.
*mabel: Then mind your head on it.
voss: What is measured here as damp, Mrs Larch, is in part a fish.
mabel: He was here first.
voss: And this lever, painted red?
mabel: Never pull the red lever, love. My mother said. Her mother said.
voss: For what reason?
*mabel: Neither of them finished the sentence.
voss: Eighty per cent of accidents begin with folklore. I shall make a note.
> The lights go out. Something large groans beneath them.
mabel: That wasn't the fish.
"""),
    ("s5", "ACT TWO", "Tea Room", """
> Candles in teacups. Everybody whispers, for no reason.
pip: So the power's dead and the tide's, like, coming in. Cool. Cool cool.
voss: Strictly speaking, the tide is forty minutes early.
*mabel: It's keen. I like that in a tide.
orrin: Friends, the hour demands a sailor, and I find with some embarrassment that I must visit the larder at once.
pip: Hang on. Why are you green?
> ORRIN holds on to the table. The table considers its Tuesdays.
orrin: I am seasick, child, upon dry boards, for in all my days I have never left the harbour nor meant to.
*pip: You sell a book called Forty Years of Waves!
orrin: And from that window I counted every one of them, starboard and larboard, with a biscuit in my hand.
mabel: Knew it. Nobody brings back that many spoons.
"""),
    ("s6", "ACT TWO", "Pier", """
> Dusk. Waves where the steps were. VOSS walks out to measure them.
voss: The handrail has moved eleven centimetres. This is in breach of its form.
pip: Mister, come back! It's giving shipwreck!
voss: Regulation forty forbids shouting on a...
> He leans on the rope of the Patience. It parts. He is in the boat, and the boat is off.
voss: I appear to be adrift. I shall make a note.
*pip: His clipboard's floating. That is so on brand.
orrin: Somebody must go after him, and I perceive, by the silence and the staring, that the fleet consists of me.
pip: You literally throw up in the bath.
*orrin: Then let us hope that the ocean has lower standards than my landlady, and hand me down that tray.
"""),
    ("s7", "ACT TWO", "Cellar", """
> Water to the knee. MABEL alone with the red lever. PIP on the stairs.
pip: He's paddling! On the tea tray! With the spoon!
mabel: The spoon was true?
*pip: The spoon was, like, prophecy.
mabel: Right. Mother, forgive me.
> She pulls the red lever. Chains. The whole pier rises one foot, with dignity.
*mabel: Well. She could have just said lift.
pip: Mabel, the floor's flat! It's actually flat!
mabel: Mind you, now the ceiling slopes.
pip: Someone's knocking. On the outside wall. In the sea.
"""),
    ("s8", "TAG", "Tea Room", """
> Night. A boat is parked at the window. VOSS, wrapped in a tablecloth. ORRIN, upright, transformed.
orrin: We came about in the teeth of it, and I tell you that I was ill in nine directions and steered in the tenth.
voss: He was measured and brave. Mostly he was the former over the side.
*mabel: Wipe your feet. Not on my lino.
voss: Strictly speaking, I ought to close you. The slope, however, is now zero per cent.
pip: So we pass?
voss: The inspection found one scone that saved my life. It served as an anchor.
*mabel: I'll put it on the menu, love.
orrin: By the bosun's beard, I shall write a second book, and this time I may even get it damp.
> The gull walks in, sets down a brass seal, and takes the certificate.
voss: That bird has taken the certificate.
*mabel: Gerald's settling his tab.
"""),
)  # fmt: skip

_PLANS: dict[str, dict[str, Any]] = {
    "s1": {"setups": (SetUp(id="tab", text="The gull has a tab", terms=("he has a tab",)),)},
    "s2": {
        "setups": (
            SetUp(id="spoon", text="Orrin's story of the spoon", terms=("nothing but a spoon",)),
            SetUp(id="slope", text="The floor slopes", terms=("floor slopes",)),
            SetUp(id="stone", text="The scone is hard as stone", terms=("not been a scone",)),
        ),
        "act_out": "",
    },
    "s3": {
        "setups": (SetUp(id="rope", text="The rope of the boat is rotten", terms=("rope is rotten",)),),
        "callbacks": (Callback(id="sandwich", to="gull", text="The gull takes a sandwich", terms=("Gerald",)),),
    },
    "s4": {
        "setups": (SetUp(id="lever", text="Never pull the red lever", terms=("never pull the red lever",)),),
        "act_out": "Something groans under the pier",
        "act_out_terms": ("wasn't the fish",),
    },
    "s5": {
        "reveals": (SHOW.facts[0],),
        "callbacks": (Callback(id="spoons", to="spoon", text="He has too many spoons", terms=("many spoons",)),),
    },
    "s6": {"payoffs": (PayOff(setup="rope", text="The rope parts", terms=("rope of the Patience",)),)},
    "s7": {
        "payoffs": (
            PayOff(setup="spoon", text="He really paddles with a spoon", terms=("with the spoon",)),
            PayOff(setup="lever", text="She pulls it", terms=("pulls the red lever",)),
        ),
        "act_out": "A knock from the sea",
        "act_out_terms": ("someone's knocking",),
    },
    "s8": {
        "payoffs": (
            PayOff(setup="slope", text="The slope is gone", terms=("zero per cent",)),
            PayOff(setup="stone", text="The scone was an anchor", terms=("served as an anchor",)),
            PayOff(setup="tab", text="The gull pays", terms=("settling his tab",)),
        ),
    },
}

PLAN = EpisodePlan(
    title="The Slope",
    scenes=tuple(
        ScenePlan.model_validate(
            {"id": name, "act": act, "title": name, "slug": Slug(place=place), "handoff": Handoff(), **_PLANS[name]}
        )
        for name, act, place, _ in SCENES
    ),
)
