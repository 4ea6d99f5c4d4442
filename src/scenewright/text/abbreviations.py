"""Words that end in a full stop without ending a sentence, lower case, without their last stop."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_COMMON = _set("prof dr st vs cf ca vol ed eds fig eq no nr tel approx ibid et.al etc p pp bzw")

ABBREVIATIONS: dict[str, frozenset[str]] = {
    "en": _set(
        "mr mrs ms messrs dr prof sr jr st gen col sgt capt lt rev hon gov sen rep pres e.g i.e eg ie etc vs v cf al"
        " fig figs eq eqs sec secs ch chap no nos vol vols pp p pg ed eds approx dept est inc ltd co corp bros"
        " jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri a.m p.m u.s u.k ph.d m.sc b.sc"
        " viz resp ref refs tab min max avg incl ver misc op cit ca thm def lem prop cor"
    ),
    "de": _set(
        "z.b d.h u.a u.ä o.ä i.d.r u.u s.o s.u v.a z.t i.a m.e z d u o i s v vgl bzw usw evtl ggf ca dr prof hr fr"
        " nr abb tab kap bd bde s. st str tel inkl exkl max min mind sog geb gest jh jhd chr n.chr v.chr bspw etc hrsg"
        " jan feb mär apr jun jul aug sep sept okt nov dez mo di mi do fr sa so dipl ing abs art gem lt mio mrd allg"
        " zzgl abzgl resp anm aufl dgl einschl entspr ff sec std u.v.m vs rd phil rer nat med"
    ),
    "fr": _set("m mm mme mlle dr pr p.ex c.-à-d etc cf fig n° no vol p pp éd env av apr j.-c st ste chap art"),
    "es": _set("sr sra srta dr dra d.ª p.ej ej etc cf fig núm n.º vol p pp pág págs ed aprox av ud uds cap art ee.uu"),
    "it": _set("sig sig.ra dott dr prof ecc es p.es cfr fig n vol p pp pag ed ca art cap"),
    "pt": _set("sr sra dr dra prof p.ex ex etc cf fig n.º vol p pp pág ed aprox av art cap"),
    "nl": _set("dhr mevr dr prof bijv bv d.w.z o.a m.b.t i.p.v enz ca vgl fig nr blz p pp ed hfst art"),
    "ru": _set("г гг т.е т.д т.п т.к др пр рис табл им ул стр с см напр н.э тыс млн млрд"),
}


def abbreviations(language: str) -> frozenset[str]:
    """For a two-letter language code; languages without a list get what is common to most."""
    return ABBREVIATIONS.get(language, _COMMON) | _COMMON
