"""An honest script, written by hand: the night shift of an observatory that has lost a star. Six minutes."""

from __future__ import annotations

from typing import Any

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
    id="afterlight",
    title="Afterlight",
    minutes=6,
    characters=(
        Character(
            id="ines",
            name="Ines",
            voice=VoiceProfile(
                tics=("hypothetically", "let us assume"),
                catchphrases=("the sky does not lie",),
                vocabulary=("spectrum", "telescope", "magnitude", "data"),
                sentence_length="medium",
            ),
        ),
        Character(
            id="bruno",
            name="Bruno",
            voice=VoiceProfile(
                tics=("yep", "nope"),
                catchphrases=("it'll hold",),
                vocabulary=("tape", "wrench", "fuse"),
                sentence_length="short",
            ),
        ),
        Character(
            id="cosima",
            name="Cosima",
            voice=VoiceProfile(
                tics=("darling", "when I was in Vienna"),
                catchphrases=("somebody fetch me a cape",),
                vocabulary=("tragic", "divine", "the donors", "the gala"),
                sentence_length="long",
            ),
        ),
        Character(
            id="teo",
            name="Teo",
            voice=VoiceProfile(
                tics=("sorry", "is that okay"),
                catchphrases=("I made a chart",),
                vocabulary=("maybe", "my mum", "intern"),
                sentence_length="short",
            ),
        ),
    ),
    sets=(
        SetPlace(id="dome", name="Dome"),
        SetPlace(id="office", name="Office"),
        SetPlace(id="roof", name="Roof", interior="EXT."),
    ),
    gags=(RunningGag(id="vending", text="The vending machine gives soup only", terms=("soup",)),),
    facts=(
        ContinuityFact(id="sold", text="Cosima has sold the star", terms=("sold it", "naming rights")),
        ContinuityFact(id="lens", text="Bruno broke the lens", terms=("cracked the lens",), known_by=("bruno",)),
    ),
)

SCENES = (
    ("a1", "COLD OPEN", "Dome", """
> A great telescope, patched with silver tape. INES at the eyepiece. BRUNO under everything.
ines: Hypothetically, Bruno, how many stars should be in this picture?
bruno: All of them.
*ines: Then we are one short, and I have counted twice.
bruno: Kick it. Left side.
ines: One does not kick a telescope of this magnitude.
*bruno: Yep. One does. Tuesdays and Fridays.
> TEO enters, balancing four steaming cups.
teo: Sorry. The machine only had soup. Again.
ines: I pressed coffee for six years. It has never wavered.
teo: I made a chart of it. Is that okay?
*bruno: Soup, soup, soup. Nice chart.
"""),
    ("a2", "ACT ONE", "Office", """
> Velvet curtains. A portrait of COSIMA, and COSIMA, in the same pose.
cosima: Darling, when I was in Vienna we lost a whole comet between the fish course and the speeches, and nobody wept.
ines: The star in question is Halden Nine. The data are plain.
*cosima: How tragic, and how very near to the dessert of the gala, where the donors shall want to look at something.
ines: Let us assume it simply went out.
cosima: Then let us assume that it comes back on by eight, because the donors have bought the divine little tickets.
teo: Sorry, do you want the guest list? My mum is on it. Maybe.
*cosima: Child, who are you, and have you always been standing in my fern, looking as though you had been watered?
teo: I'm the intern. Since March.
cosima: Somebody fetch me a cape, for I feel a decision coming, and I never decide anything in short sleeves.
"""),
    ("a3", "ACT ONE", "Dome", """
> BRUNO on a ladder. The ladder is also tape.
teo: Is that safe? Sorry. It wobbles.
bruno: It'll hold.
*teo: The ladder is leaning on another ladder.
bruno: Backup ladder. Hand me the big wrench.
> He bumps a small brass door. Inside, a bell begins to hum.
teo: What's behind the brass door?
bruno: Nope. Old alarm. Rings when the roof's about to open.
teo: When did it last ring?
*bruno: Wedding. Not mine. Lovely cake, wet cake.
ines: Gentlemen, I have compared each spectrum. The sky does not lie.
bruno: Lens might.
"""),
    ("a4", "ACT ONE", "Roof", """
> Cold. INES with a pair of opera glasses. TEO with a blanket bigger than he is.
ines: With the naked eye, hypothetically, we should find it above the chimney.
teo: That one? It's really bright. It's moving.
*ines: That is an aeroplane, and it is full of people who believe in you less than I do.
teo: My mum says if you lose a thing you ask who cleaned last.
ines: Your mother would make a formidable astronomer.
teo: She dusts. Sorry. There's a window down there. It's blinking.
ines: Three short flashes. Someone in our own office is signalling.
*teo: Maybe it's the soup machine. It looked lonely.
> Below, the curtains close. A shadow in a cape crosses them.
ines: That was no machine. That was velvet.
"""),
    ("a5", "ACT TWO", "Office", """
> COSIMA, in a cape, with a torch and a cash box.
ines: You were signalling to somebody in the car park!
cosima: I was waving, darling, to a gentleman in marmalade whose cheque was the warmest thing I have touched all winter.
bruno: What'd he buy?
cosima: Merely the naming rights, and since he asked so prettily, I took a breath and I sold it, the whole twinkle.
*bruno: You can't sell a star. It's not plugged in.
ines: And who, let us assume, made it vanish?
cosima: I covered nothing and unscrewed nothing, and I will swear to it on any opera that is longer than four hours.
teo: Then why's it gone? I made a chart. It has arrows.
*cosima: How divine, every arrow points at the handyman, and one of them, if I am not mistaken, points at a sandwich.
> Everybody turns to BRUNO. BRUNO turns to the door.
"""),
    ("a6", "ACT TWO", "Dome", """
> BRUNO sits beneath the telescope like a boy beneath a broken window.
bruno: Okay. Yep. I cracked the lens.
ines: With what?
*bruno: Cake tin. It was a good throw.
ines: So a hair of glass fell across Halden Nine, and I mourned it with a candle.
bruno: Put tape on it. Thought nobody'd miss one.
teo: You taped over a star?
*bruno: Small bit. Star was tiny.
ines: It is nine hundred times our sun, Bruno. It was minding its business.
> The brass bell hums, then rings, then shouts.
teo: Um. The alarm. Isn't that the...
bruno: Roof. Everybody off the ladder.
"""),
    ("a7", "ACT TWO", "Roof", """
> The roof grinds open with the gala on it. Chairs slide. COSIMA rides one.
cosima: Remain seated, my treasures, this is the modern style, in Vienna they do it with horses and far more screaming!
teo: Sorry! Sorry! Mum, hold the railing! Is that okay?
> The first ladder gives. The second one catches it.
*bruno: Backup ladder. Told you.
ines: Peel it off, quickly, while they are all looking up!
bruno: It'll come with half the paint.
ines: Let us assume I shall forgive the paint.
> BRUNO tears the tape away. Above the crowd, one point of light returns. A sigh goes round.
*cosima: Observe, darling marmalade gentleman, how obediently it came when it heard that your cheque had cleared.
teo: Um, there are two of them now.
"""),
    ("a8", "TAG", "Dome", """
> Near dawn. Confetti on the instruments. Four cups.
ines: The second light is new. By custom the finder may name it.
teo: Me? Maybe after my mum. She's up there dusting the chairs.
*cosima: A star called Doris, how ruinous, though I suppose one might sell the donors a matching apron.
ines: You will return the money. The sky does not lie, and neither shall we.
cosima: Then somebody fetch me a cape, a smaller one, the one that I keep for refunds and for the funerals of cousins.
bruno: Fixed the machine. New fuse.
> TEO presses a button. They lean in. He sips.
ines: Is it coffee?
*teo: It's tomato.
bruno: Yep. Upgrade.
"""),
)  # fmt: skip

_PLANS: dict[str, dict[str, Any]] = {
    "a1": {"setups": (SetUp(id="tape", text="One star is missing", terms=("we are one short",)),)},
    "a2": {
        "setups": (
            SetUp(id="cape", text="Cosima decides in a cape only", terms=("I never decide anything",)),
            SetUp(id="mum", text="Teo's mother is a guest", terms=("my mum is on it",)),
        )
    },
    "a3": {
        "setups": (
            SetUp(id="ladder", text="A ladder leans on a ladder", terms=("backup ladder",)),
            SetUp(id="bell", text="A bell warns of the roof", terms=("rings when the roof's about to open",)),
        )
    },
    "a4": {
        "setups": (SetUp(id="dust", text="Teo's mother dusts", terms=("she dusts",)),),
        "callbacks": (Callback(id="lonely", to="vending", text="The soup machine", terms=("the soup machine",)),),
        "act_out": "It was velvet",
        "act_out_terms": ("that was velvet",),
    },
    "a5": {
        "reveals": (SHOW.facts[0],),
        "payoffs": (PayOff(setup="cape", text="She sold in a cape", terms=("in a cape, with a torch",)),),
    },
    "a6": {
        "reveals": (SHOW.facts[1],),
        "payoffs": (PayOff(setup="bell", text="The bell rings", terms=("brass bell hums",)),),
    },
    "a7": {
        "payoffs": (
            PayOff(setup="ladder", text="The second ladder holds", terms=("the second one catches it",)),
            PayOff(setup="tape", text="The star comes back", terms=("one point of light returns",)),
            PayOff(setup="mum", text="She slides with the gala", terms=("mum, hold the railing",)),
        ),
        "act_out": "A second star",
        "act_out_terms": ("two of them now",),
    },
    "a8": {
        "payoffs": (PayOff(setup="dust", text="She dusts the chairs", terms=("dusting the chairs",)),),
        "callbacks": (
            Callback(id="tomato", to="vending", text="It is soup again", terms=("it's tomato",)),
            Callback(id="refunds", to="cape", text="A cape for refunds", terms=("the one that I keep for refunds",)),
        ),
    },
}

PLAN = EpisodePlan(
    title="One Short",
    scenes=tuple(
        ScenePlan.model_validate({"id": name, "act": act, "title": name, "slug": Slug(place=place), **_PLANS[name]})
        for name, act, place, _ in SCENES
    ),
)
