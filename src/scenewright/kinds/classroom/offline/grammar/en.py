"""English."""

# ruff: noqa: E501 -- tables read better wide

from __future__ import annotations

from scenewright.kinds.classroom.offline.grammar.table import Grammar, word_set

ENGLISH = Grammar(
    pronouns=r"(?:it|its|this|that|they|these|those|their|he|she|his|her|such|both|there(?= is| are)|here|the (?:latter|former|above|following)"
    r"|in (?:this|that|these) (?:case|way|example|respect)s?|for this reason|as (?:mentioned|above|shown|before)|one|instead(?! of)|then|there|thus|hence|therefore|consequently|doing so|(?:for|with|to|of|from) (?:it|them)|if so|otherwise|another|neither|either)\b",
    connectives=r"(?:however|therefore|thus|hence|moreover|furthermore|in addition|additionally|consequently|nevertheless|nonetheless"
    r"|in other words|in particular|in fact|of course|for example|for instance|as a result|on the other hand|on the one hand|also|similarly"
    r"|finally|first|firstly|second|secondly|third|thirdly|then|next|note that|please note that|meanwhile|instead|besides|likewise|in general|generally|basically"
    r"|that is|i\.e\.|accordingly|indeed|overall|in short|in summary|specifically|more specifically|by contrast|in contrast|again|unfortunately|fortunately)(?:,\s+|(?<=that)\s+)"
    r"|(?:and|but|so|yet|or|also|then|thus|hence)\s+",
    clauses=r"(?:which|who|whose|where|because|since|while|whereas|although|though|so that|so|such as|including|and thus|and therefore|and so"
    r"|unless|except|especially|particularly|e\.g\.|i\.e\.|for example|for instance|thereby|making|allowing|leading|resulting|meaning|as well as"
    r"|as (?:opposed|described|shown)|even (?:if|though)|but|if|when|rather than|instead of|not)\b",
    closing=r"(?:so that|so|and thus|and therefore|and so|thereby|because|whereas|but (?!not|only|also|rarely|seldom)|even though)",
    subordinate=r"(?:which|who|whose|whom|where|when|whenever|because|since|while|whereas|although|though|if|unless|as|after|before|until|once|that|so that|such that"
    r"|including|such as|in which|of which|for which|to which|with which|from which|by which)\b",
    hanging=r"(?:if|when|whenever|while|although|though|because|since|as|unless|until|once|after|before|instead of|unlike|by|to|in order to|for|given|despite|what(?!['’]s)|whatever|whoever|whether|that|where|wherever|provided)\b",
    stumps=r"(?:an?|the|is|are|was|were|be|been|and|or|but|of|in|on|at|to|for|from|by|with|than|as|that|which|who|whose|where|when|so|such|very|its|their)"
    r"|\b(?:that|which|who|where)\s+(?:\w+\s+)?(?:occurs?|happens?|arises?|is|are|exists?|comes?|goes|appears?|forms?|takes? place)",
    contrasts=((r"\b(?:not|n['’]t|neither|never)\b", r"(?:but|it|they|rather)\b"), (r"\b(?:so|such|as)\b(?! that)", r"(?:that|as)\b"), (r"\bmore\b|\bless\b|\w+er\b", r"than\b"), (r"\brather\b", r"than\b")),
    announcing=r".*\b(?:this|these|those|that|following|follows|things?|ways?|reasons?|parts?|kinds?|steps?|rules?|questions?|points?|answer|is|are|here|one|two|three|four|five|words?)",
    references=r"(?:see |in )?(?:section|chapter|appendix|figure|table)\s+\d+(?:\.\d+)*\s*[,:(“„\"].{0,80}|(?:please )?(?:see|refer to|check out|visit|consult|click here|(?:have|take) a look at|read (?:the|our|more)(?= (?:docs?|documentation|manual|guide|full|about|on)\b))\b.{0,160}"
    r"|(?:for )?(?:more|further|full|additional)(?: \w+){0,2} (?:information|details?|examples?|documentation)(?:\b|(?<=\.)).{0,160}"
    r"|.{0,60}\b(?:can be found|is available|are available|is described|are described|is documented) (?:in|at|on|here|under)\b.{0,80}"
    r"|(?:copyright|all rights reserved|\(c\)|licensed under|this work is licensed|published by|isbn|doi)\b.*",
    asides=r"(?:see|cf\.|as in|compare|figs?\.|figures?|sections?|sec\.|tables?|eqs?\.|equations?|chapters?|appendix|above|below|left|right)(?:\b|(?<=\.))[^()]*",
    leads_in=r".*\b(?:here(?:['’]s| is| are)|the following|as follows|below|(?:an|another|this|some) examples?|looks? like|like (?:this|so)|this way|try this|(?:tables?|figures?|charts?|listings?) (?:\d+|below|shows?|lists?|gives?)|diagram)\b.*",
    procedures=r"\b(?:steps?|procedure|in (?:this|that|the following) order|one after (?:the other|another)|proceed|recipe|how to|workflow|instructions|walkthrough|quick ?start|getting started|first.{1,40}then)\b",
    imperatives=r"(?:first,? |then |next,? |finally,? )?(?:add|adjust|apply|ask|attach|boil|build|call|change|check|choose|clean|click|clone|close|collect|commit|compare|configure|connect|convert|copy|create|cut|define|delete|divide|multiply|subtract|add up|look|note down|round|deploy|download|draw|drag|edit|enable|ensure|enter|export|fill|find|fold|go to|handle|import|insert|install|launch|load|locate|log ?in|make sure|measure|merge|mix|move|open|paste|place|pour|prepare|press|publish|pull|push|put|read the|register|remove|rename|repeat|replace|restart|review|rinse|run|save|scan|select|send|set(?: up)?|sign|sort|start|stir|stop|submit|switch|take|test|turn|type|unpack|unzip|update|upgrade|upload|use|verify|visit|wait|wash|write)\b",
    passing=r"\b(?:figures?|tables?|equations?|listings?|eq\.|fig\.)\s*\(?\d|^(?:note|see|remember|recall|suppose|imagine|assume|consider)\b|^(?:we|i)\b|\bhere we\b|\bfor example\b",
    explains=r"(?:where|here|in which|with)\b",
    weak=r"(?:in|throughout) (?:this|the (?:next|following|rest)) (?:\w+ )?(?:section|chapter|article|document|paper|guide|tutorial|page|post|book|manual)\b"
    r"|(?:this|the (?:next|following|previous)) (?:section|chapter|article|document|paper|guide|tutorial|page|post|manual|appendix)\b"
    r"|as (?:we|you) (?:have )?(?:seen|saw)|we (?:now|will|shall|would like)|let us|let's|i (?:will|would|am|hope|have)\b|thanks?\b|the (?:figure|table|picture|image|example|code|listing) (?:above|below)",
    definitions=(
        r"(?:(?P<indefinite>An?)\s+|(?P<definite>The)\s+)?(?P<term>[^,;:()]{2,60}?)\s+(?:is|are)\s+(?:usually\s+|simply\s+|essentially\s+)?"
        r"(?P<meaning>(?:an?|any|one of)\s.{12,})",
        r"(?:(?P<indefinite>An?)\s+|(?P<definite>The)\s+)?(?P<term>[^,;:()]{2,60}?)\s+(?:is|are)\s+(?P<meaning>the\s.{12,})",
        r"(?:(?:The (?:term|word|expression|phrase)|An?|The)\s+)?(?P<term>[^,;:()]{2,60}?)\s+(?:means|refers? to|denotes?|stands? for)\s+(?P<meaning>.{8,})",
        r"(?:We call|By)\s+(?P<meaning>.{12,}?)\s+(?:an?\s+)(?P<term>[^,;:()]{2,40})",
    ),
    not_meanings=r"(?:.{0,40}\b(?:when|where|that|because|if) (?:it|they)|that|to|not|no|never|so|also|only|how|what|whether|if|when|why|as|in|on|at|by|for|from|is|are|be|it|they|you|we|this|these|there|just|simply|more|less|therefore|thus|either|neither|better|good|the (?:same|case|reason|result|point|opposite|only|first|second|last|next)\b(?! \w+ (?:of|that|which)))\b",
    predicates=r"\b(?:is|are|was|were|has|have|can|will|does|do|goes|go|must|should|may|might|cannot|stays?|becomes?|isn['’]t|aren['’]t|don['’]t|doesn['’]t)\b",
    not_terms=word_set(
        "it this that these those they he she we you i one there here what which who when where why how if in"
        " on at for by as to from with all most some many each every another other such both neither only its"
        " their our your his her my no not result goal aim problem reason idea difference question answer"
        " point following example default purpose first second third last next main returns return type types"
        " added deprecated examples easy fast simple short quick intuitive robust better start grow parameters throws history stability version"
    ),
    notes=(
        ("warning", r"warnings?|caution|danger|beware|attention"),
        ("tip", r"tips?|hint|pro tip"),
        ("key", r"important|key point|remember"),
        ("info", r"note|notes|n\.b\.|nb|info|remark|good to know"),
    ),
    skipped=r"(?:table of )?contents|indices(?: and tables)?|toc|licen[cs]e(?: .{0,30})?|licensing|copyright.*|change ?log.*|release notes.*|release history|version history"
    r"|what'?s new.*|history|references|bibliography|works cited|citations?|citing.*|how to cite.*|acknowledge?ments|thanks|credits|contribut(?:ing|ors?|ions?|e).*|authors?|maintainers?"
    r"|author information|sponsors?.*|backers.*|donat(?:e|ions?)|support us|funding|badges?|status|build status|links|useful links|external links|see also|further reading|related (?:work|projects|links)"
    r"|additional resources|resources|index|about the authors?|contact|code of conduct|security policy|reporting.*(?:bugs?|vulnerabilit\w+)|bugs?|reporting bugs|community|get(?:ting)? help"
    r"|project (?:information|links|status|home)|release information|(?:backwards?-incompatible )?changes(?: in .*)?|.* for enterprise|(?:professional|commercial|enterprise) support|support|getting support|supporting .*|used by|who uses .*|testimonials|translations|build(?:ing)? (?:the )?docs|running (?:the )?tests|development|developing|roadmap|todo|known issues|disclaimer|legal|privacy|imprint|footnotes|notes and references|appendix.*references|star history|stargazers.*|download|downloads",
    intros=r"abstract|introduction|intro|overview|about|about .{1,40}|preface|foreword|motivation|background|summary|description|synopsis|name",
    endings=r"conclusions?|conclusion and .*|concluding remarks|summary|summary and .*|wrap-?up|final (?:remarks|thoughts)|takeaways|key takeaways|in short|closing",
    sides=(
        (r"advantages?|pros?|benefits?|strengths?|do|dos|when to use.*", r"disadvantages?|cons?|drawbacks?|weaknesses|limitations?|don'?ts?|when not to use.*"),
        (r"before", r"after"),
        (r"good", r"bad"),
    ),
)  # fmt: skip
