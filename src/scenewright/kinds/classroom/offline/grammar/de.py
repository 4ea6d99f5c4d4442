"""German."""

# ruff: noqa: E501 -- tables read better wide

from __future__ import annotations

from scenewright.kinds.classroom.offline.grammar.table import Grammar, word_set

GERMAN = Grammar(
    pronouns=r"(?:er|sie|es|dies|diese[rsmn]?|das(?= ist| sind| hat| wird| kann| bedeutet| geht| gilt)|jene[rsmn]?|solche[rsmn]?|beide|hier|dort|dabei|damit|dadurch|dafür|dagegen|davon"
    r"|dazu|deren|dessen|ihre?[rsmn]?|seine?[rsmn]?|letztere[rsn]?|erstere[rsn]?|in diesem fall|auf diese weise|so|sonst|andernfalls|ein(?:e|er|en)? andere[rsn]?|man|wie (?:oben|erwähnt|gesagt)|deshalb|deswegen|daher|darum|somit|folglich|demnach|außerdem|zudem|ferner|zugleich|allerdings|jedoch|dennoch|trotzdem|stattdessen|dann|danach|daraufhin|schließlich|ebenso|ebenfalls|gleichzeitig|daraus|darauf|darin|daran|(?:für|von|mit|bei|zu|an) (?:sie|ihn|ihm|ihr|ihnen))\b",
    connectives=r"(?:zum beispiel|beispielsweise|das heißt|mit anderen worten|im gegensatz dazu|kurz gesagt|kurzum|im allgemeinen|genauer|übrigens)(?:,\s+|:\s+)"
    r"|(?:und|aber|denn|oder|doch|sondern)\s+",
    clauses=r"(?:weil|da|während|wobei|sodass|so dass|obwohl|indem|damit|wenn|falls|sofern|ohne|um|statt|anstatt|etwa|zum beispiel|z\. ?b\.|insbesondere|vor allem|darunter"
    r"|was|wodurch|womit|woraus|weshalb|aber|denn|und (?:zwar|damit|so)|nachdem|bevor|bis)\b",
    closing=r"(?:aber|denn|sodass|so dass|weshalb|wodurch|und (?:zwar|damit|so))\b",
    subordinate=r"(?:weil|da|während|wobei|sodass|so dass|dass|obwohl|indem|damit|wenn|falls|ob|sofern|um|ohne|statt|anstatt|nachdem|bevor|bis|als|wie|was|wer|wo|wodurch|womit|woraus"
    r"|(?:in |an |auf |aus |bei |mit |von |zu |für |durch |über |unter |nach )?(?:der|die|das|den|dem|deren|dessen|denen|welche[rsnm]?))\b",
    hanging=r"(?:wenn|falls|obwohl|weil|da|während|nachdem|bevor|um|dass|ob|was|wer|wo|wie|je|sobald|solange|soweit|sofern|statt|anstatt|ohne)\b",
    stumps=r"(?:eine?[rsnm]?|der|die|das|den|dem|des|ist|sind|war|und|oder|aber|von|vom|in|im|an|am|auf|zu|zum|zur|für|mit|als|wie|dass|so|sehr)",
    contrasts=((r"\b(?:nicht|kein\w*|weder|nie)\b", r"(?:sondern|noch|es|er|sie|vielmehr)\b"), (r"\b(?:so|derart|solch\w*|dann|nur|erst|immer|je|jedes ?mal|dadurch|dazu|daran|darauf|darin|davon|dafür|deshalb)\b", r"(?:dass|wie|wenn|weil|um|indem|damit|bis|als)\b"), (r"\bzwar\b", r"aber\b")),
    announcing=r".*\b(?:so|dies|dieses|folgende\w*|lautet|lauten|heißt|ist|sind|dinge|gründe|arten|teile|schritte|regeln|fragen|punkte|antwort|eins|zwei|drei|vier|fünf|worten)",
    references=r"(?:siehe |in )?(?:abschnitt|kapitel|anhang|abbildung|tabelle)\s+\d+(?:\.\d+)*\s*[,:(“„\"].{0,80}|(?:bitte )?(?:siehe|vgl\.|vergleiche|mehr dazu|weiteres|näheres|klicken sie hier)(?:\b|(?<=\.)).{0,160}"
    r"|(?:für )?(?:weitere|nähere|mehr|ausführliche)\w* (?:informationen|infos?|details|beispiele|einzelheiten)(?:\b|(?<=\.)).{0,160}"
    r"|(?:copyright|alle rechte vorbehalten|\(c\)|lizenziert|veröffentlicht unter|isbn|doi)\b.*",
    asides=r"(?:siehe|s\.|vgl\.|vergleiche|abb\.|abbildung|kap\.|kapitel|abschnitt|tab\.|tabelle|gl\.|gleichung|oben|unten|links|rechts)(?:\b|(?<=\.))[^()]*",
    leads_in=r".*\b(?:folgende\w*|hier (?:ist|sind|ein\w*)|so aus|wie folgt|ein(?:faches)? beispiel|unten|nachstehend\w*|so)\W*$|.*\b(?:tabelle|abbildung|schaubild|diagramm)\b.*\b(?:zeigt|stellt|fasst|listet|nennt)\b.*",
    procedures=r"\b(?:schritt\w*|reihenfolge|nacheinander|vorgehen\w*|vorgehensweise|ablauf|anleitung|so geht|geh(?:en|t) (?:sie|man) .*vor|zuerst.{1,40}dann)\b",
    imperatives=r"(?:zuerst |dann |danach |schließlich )?(?:\w+(?:en|ern|eln) Sie\b|(?:öffne|wähle|klicke|starte|installiere|erstelle|füge|gib|prüfe|lade|speichere|schreibe|kopiere|lösche|nimm|setze|führe|drücke|warte|verbinde)\b)",
    passing=r"\b(?:abbildung|tabelle|gleichung|abb\.|tab\.)\s*\(?\d|^(?:beachten?|merken?|siehe|wir|ich|angenommen|stellen wir)\b|\bzum beispiel\b|\bwer zum ersten\b",
    explains=r"(?:wobei|dabei|hierbei|mit|hier|darin)\b",
    weak=r"(?:in|im) (?:diesem|dem folgenden|folgenden|nächsten) (?:abschnitt|kapitel|artikel|dokument|text|beitrag|handbuch|teil)\b"
    r"|(?:dieser|dieses|der folgende|das folgende|das nächste) (?:abschnitt|kapitel|artikel|dokument|text|beitrag|handbuch)\b"
    r"|wie (?:wir|sie|du) (?:bereits )?(?:gesehen|sehen)|wir (?:werden|wollen|möchten)|ich (?:werde|möchte|habe|danke)\b|danke|die (?:abbildung|tabelle) (?:oben|unten)",
    definitions=(
        r"(?:Als\s+)(?P<term>[^,;:()]{2,60}?)\s+(?:bezeichnet|versteht)\s+man\s+(?P<meaning>.{8,})",
        r"(?:Unter\s+)(?:(?:einem|einer|dem|der)\s+)?(?P<term>[^,;:()]{2,60}?)\s+versteht\s+man\s+(?P<meaning>.{8,})",
        r"(?:(?P<indefinite>Eine?)\s+|(?P<definite>Der|Die|Das)\s+)?(?P<term>[^,;:()]{2,60}?)\s+(?:ist|sind)\s+(?P<meaning>(?:eine?[rsnm]?|jede[rsnm]?)\s.{12,})",
        r"(?:(?P<indefinite>Eine?)\s+|(?P<definite>Der|Die|Das)\s+)?(?P<term>[^,;:()]{2,60}?)\s+(?:ist|sind)\s+(?P<meaning>(?:der|die|das)\s.{12,})",
        r"(?:(?:Das Wort|Der (?:Begriff|Ausdruck)|Eine?|Der|Die|Das)\s+)?(?P<term>[^,;:()]{2,60}?)\s+(?:bezeichnet|bezeichnen|bedeutet|heißt|meint|steht für|beschreibt)\s+(?P<meaning>.{8,})",
    ),
    not_meanings=r"(?!(?:eine?[nrms]?|der|die|das|den|dem|des|jede[rnms]?|alle|sämtliche|mehrere|zwei|drei|zwischen)\b|(?-i:[A-ZÄÖÜ])|(?:[a-zäöüß-]+e[snrm]?\s+){1,2}(?-i:[A-ZÄÖÜ])|\W)"
    r"|(?:also|dass|nur|nicht|auch|so|hier|damit|daher|deshalb|eben|zwar|sich|das (?:gleiche|selbe|ist)|dasselbe|der (?:grund|fall)|die (?:folge|regel))\b",
    predicates=r"\b(?:ist|sind|war|waren|hat|haben|kann|können|wird|werden|muss|müssen|soll|sollen|darf|dürfen|bleibt|bleiben)\b",
    not_terms=word_set(
        "es er sie das dies diese dieser dieses dieses was wer wie wo wann warum wenn in im an am auf bei für"
        " mit von vom zu zum zur als aus nach alle viele manche jede jeder jedes ein eine einer hier dort"
        " dabei damit dadurch ihr ihre sein seine kein keine nur ziel grund idee problem frage unterschied"
        " ergebnis beispiel erste zweite dritte letzte man wir ich du beide auch so nicht andere"
    ),
    notes=(
        ("warning", r"warnung|achtung|vorsicht|gefahr"),
        ("tip", r"tipps?|tip|empfehlung"),
        ("key", r"wichtig|merke|merksatz|wichtiger hinweis"),
        ("info", r"hinweise?|anmerkung|bemerkung|notiz|info|beachte"),
    ),
    skipped=r"inhalt|inhaltsverzeichnis|lizenz.*|literatur|literaturverzeichnis|literaturhinweise|quellen|quellenangaben|referenzen|einzelnachweise|weblinks|siehe auch|danksagung.*"
    r"|änderungen|änderungsprotokoll|änderungshistorie|versionsgeschichte|impressum|datenschutz.*|mitwirkende|mitwirken|mitarbeit.*|beitragen|autor(?:en|in|innen)?|kontakt|abbildungsverzeichnis"
    r"|tabellenverzeichnis|stichwortverzeichnis|register|weiterführende literatur|links|copyright.*|haftungsausschluss|rechtliches|fußnoten|über den autor|abkürzungsverzeichnis",
    intros=r"einleitung|einführung|überblick|zusammenfassung|abstract|vorwort|über .{1,40}|motivation|hintergrund|beschreibung|worum es geht",
    endings=r"fazit.*|schluss.*|zusammenfassung.*|ausblick|resümee|schlussfolgerung(?:en)?|schlussbemerkung(?:en)?|das wichtigste.*",
    sides=((r"vorteile?|stärken|pro|dafür", r"nachteile?|schwächen|contra|kontra|dagegen"), (r"vorher", r"nachher")),
)  # fmt: skip
