"""English verbs: the forms that talk needs of what a beat says in the third person. Pure."""

from __future__ import annotations

import re
from functools import cache

from scenewright.kinds.episode.offline.lexicon import word_set

_PAST = (
    "be was|become became|begin began|bend bent|bet bet|bite bit|bleed bled|blow blew|break broke|bring brought"
    "|build built|burn burned|burst burst|buy bought|catch caught|choose chose|cling clung|come came|cost cost"
    "|creep crept|cut cut|deal dealt|dig dug|do did|draw drew|drink drank|drive drove|eat ate|fall fell|feed fed"
    "|feel felt|fight fought|find found|flee fled|fling flung|fly flew|forbid forbade|forget forgot|forgive forgave"
    "|freeze froze|get got|give gave|go went|grind ground|grow grew|hang hung|have had|hear heard|hide hid|hit hit"
    "|hold held|hurt hurt|keep kept|kneel knelt|know knew|lay laid|lead led|lean leaned|leap leapt|learn learned"
    "|leave left|lend lent|let let|lie lied|light lit|lose lost|make made|mean meant|meet met|mistake mistook"
    "|overhear overheard|pay paid|put put|quit quit|read read|ride rode|ring rang|rise rose|run ran|say said|see saw"
    "|seek sought|sell sold|send sent|set set|sew sewed|shake shook|shine shone|shoot shot|show showed|shrink shrank"
    "|shut shut|sing sang|sink sank|sit sat|sleep slept|slide slid|speak spoke|spend spent|spill spilled|spin spun"
    "|split split|spread spread|spring sprang|stand stood|steal stole|stick stuck|sting stung|strike struck"
    "|swear swore|sweep swept|swim swam|swing swung|take took|teach taught|tear tore|tell told|think thought"
    "|throw threw|tread trod|understand understood|undo undid|upset upset|wake woke|wear wore|weep wept|win won"
    "|wind wound|withdraw withdrew|write wrote"
)
PAST = dict(pair.split() for pair in _PAST.split("|"))
_REGULAR = (
    "accept accuse ache act add admit admire adopt advise agree aim allow announce answer apologise apologize"
    " appear approach argue arrange arrest arrive ask assure attack attempt auction audition avoid back bake"
    " bang bargain beg believe belong blackmail blame block blurt boast book borrow bounce bow brag bribe bump"
    " bury calculate call carry celebrate challenge change charge chase chat cheat check cheer claim clean clear"
    " climb close collapse collect collide comfort command compare compete complain compliment compose concede"
    " conceal conclude confess confide confiscate confront confuse consider console consult contain continue"
    " convince cook cope copy correct count cover crack crash crawl cross crouch cry dance dare deceive decide"
    " declare decorate defend delay deliver demand demonstrate deny describe deserve destroy determine discover"
    " discuss dismiss disguise distract dodge donate drag dress drop drown duck dump edge elect embrace enter"
    " escape escort estimate examine exchange expect explain explode expose express face fail faint fake fasten"
    " fax fear fetch fill film finish fire fish fit fix flatter flick flip flirt float flood fold follow fumble"
    " gamble gather glance glare glue grab greet grin groan guard guess hand handle happen hate head heave help"
    " hesitate hint hire hope hum hurry identify ignore imagine imply impress improve improvise include inform"
    " inspect insist install insult intend interrogate interrupt interview introduce invent investigate invite"
    " jam join joke judge jump kick kidnap kill kiss knock label land last laugh launch leak lecture lift like"
    " limp list listen load lock look love lower lunge manage march mark marry match measure melt mend mention"
    " miss mix mop move need negotiate nod notice nudge object observe obey offer open order organise organize"
    " outbid overrule overturn own pace pack paint panic park part pass patch pause perform persuade phone"
    " photograph pick pin plan plant play plead point poke polish post postpone pour practise prank pray prefer"
    " prepare present press pretend prevent print proclaim produce promise propose protect protest prove pull"
    " pump punch push question queue race raise reach react realise realize rearrange recall receive recite"
    " recognise recognize record recover refuse regret rehearse reject release relent remember remind remove"
    " repair repeat replace reply report rescue resign resist retreat return reveal review ruin rush sabotage"
    " sample save scare scatter scold scream scrub search seem seize serve settle shout shove shriek sign signal"
    " skip slam slap slip smash smell smile smuggle snap snatch sneak sneeze sniff sort spot spray squeeze stack"
    " stage stall stamp stare start stash state stay step stir stop storm struggle study stumble succeed suffer"
    " suggest summon supervise surrender suspect swallow swap switch tackle talk tap tape taste tempt test thank"
    " thaw threaten tie tiptoe topple toss touch trace track trade train translate trap travel treat trick trip"
    " trust try tuck tug turn type uncover unlock unpack untangle unveil urge use vanish visit volunteer vote"
    " vow wait walk wander want warn wash waste watch wave weigh welcome whisper wipe wish wonder work worry"
    " wrap wreck yell yank"
)
_MORE = "wade mop testify shine sigh yawn stumble whistle juggle scowl rattle hop skid lurch wobble travel cancel label"
VERBS = frozenset((*PAST, *_REGULAR.split(), *_MORE.split()))
_BASES = {"has": "have", "does": "do", "goes": "go", "is": "be", "was": "be", "are": "be", "dies": "die", "lies": "lie"}
_BASES |= {"ties": "tie", "undoes": "undo", "overdoes": "overdo", "vetoes": "veto", "aches": "ache"}
_DOUBLED = word_set("admit begin commit forget forbid occur permit prefer refer regret submit upset equip outbid")
_DOUBLED_L = word_set("travel cancel signal label counsel quarrel marvel")
_SIMPLE = re.compile(r"^[^aeiou]*[aeiou][^aeiouwxy]$|^[^aeiou]*qu[aeiou][^aeiouwxy]$")
_ES = ("ches", "shes", "sses", "xes", "zzes", "oes")


@cache
def base(third: str) -> str:
    """ "hides" -> "hide"; a form that has no ending of the third person is returned as it is."""
    word = third.lower()
    if word in _BASES:
        return _BASES[word]
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(_ES) and word[:-1] not in VERBS:
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@cache
def gerund(verb: str) -> str:
    """ "hide" -> "hiding"."""
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return f"{verb[:-1]}ing"
    return f"{_doubled(verb)}ing"


@cache
def past(verb: str) -> str:
    """ "hide" -> "hid"."""
    if verb in PAST:
        return PAST[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ied"
    return f"{_doubled(verb)}ed"


def is_third(word: str) -> bool:
    """Whether it is a known verb in the third person: "hides"."""
    low = word.lower()
    return low in _BASES or (low.endswith("s") and base(low) in VERBS)


@cache
def of_past(word: str) -> str:
    """ "held" -> "hold"; empty for what is no known verb in the past."""
    return _PRESENT.get(word.lower(), "")


def _doubled(verb: str) -> str:
    double = verb in _DOUBLED or verb in _DOUBLED_L or (len(verb) > 2 and bool(_SIMPLE.match(verb)))
    return verb + verb[-1] if double else verb


def third(verb: str) -> str:
    """ "hide" -> "hides"."""
    irregular = {"be": "is", "have": "has", "do": "does", "go": "goes"}
    if verb in irregular:
        return irregular[verb]
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("ch", "sh", "ss", "x", "z", "o")) else f"{verb}s"


_PRESENT = {past(verb): verb for verb in sorted(VERBS) if past(verb) != verb}
