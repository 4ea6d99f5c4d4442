"""French and Spanish, in less detail."""

# ruff: noqa: E501 -- tables read better wide

from __future__ import annotations

from scenewright.kinds.classroom.offline.grammar.table import Grammar, word_set

FRENCH = Grammar(
    pronouns=r"(?:il|elle|ils|elles|ce|c['’]est|cela|ceci|ces|cette|cet|celui-ci|celle-ci|ceux-ci|leurs?|ici|ainsi|sinon|dans ce cas|y|en)\b",
    connectives=r"(?:cependant|toutefois|pourtant|donc|ainsi|de plus|en outre|par exemple|en effet|par conséquent|néanmoins|en revanche|enfin|ensuite|d['’]abord|bref)(?:,\s+)|(?:et|mais|or|donc|car)\s+",
    clauses=r"(?:qui|que|dont|où|car|parce que|puisque|tandis que|alors que|bien que|afin|pour|comme|notamment|y compris|par exemple|mais|si|lorsque|quand|sans|ce qui)\b",
    closing=r"(?:car|parce que|puisque|mais|donc|alors que|tandis que)\b",
    subordinate=r"(?:qui|que|qu['’]|dont|où|car|parce que|puisque|tandis que|alors que|bien que|afin|si|lorsqu|quand|comme|(?:dans|sur|pour|avec|par) (?:lequel|laquelle|lesquels|lesquelles))",
    hanging=r"(?:si|quand|lorsqu\w*|bien que|puisqu\w*|comme|pour|afin|après|avant|pendant|ce qui|ce que|quiconque)\b",
    stumps=r"(?:une?|le|la|les|l['’]|des?|du|est|sont|et|ou|mais|à|au|aux|en|dans|pour|par|sur|que|qui|dont|où|se)",
    contrasts=((r"\b(?:pas|non|ni)\b", r"mais\b"), (r"\b(?:si|tel\w*|tant|aussi|plus|moins)\b", r"(?:que|comme)\b")),
    announcing=r".*\b(?:suivante?s?|voici|ceci|cela|est|sont|raisons?|étapes?|façons?|choses|parties)",
    references=r"(?:voir|consultez|reportez-vous|cliquez ici|pour plus)(?:\b|(?<=\.)).{0,160}|(?:copyright|tous droits réservés|\(c\))\b.*",
    asides=r"(?:voir|cf\.|fig\.|figure|section|chapitre|tableau|éq\.)[^()]*",
    leads_in=r".*(?:suivant|ci-dessous|voici|exemple).*",
    procedures=r"\b(?:étapes?|procédure|ordre suivant|marche à suivre|mode d['’]emploi)\b",
    imperatives=r"(?:d['’]abord,? |puis |ensuite,? |enfin,? )?[^\W\d_]+ez\b",
    passing=r"\b(?:figure|tableau|équation|fig\.)\s*\(?\d|^(?:notez|nous|supposons)\b|\bpar exemple\b",
    weak=r"(?:dans|ce) (?:cette|ce|cet)? ?(?:section|chapitre|article|document|guide|partie)\b|nous allons",
    definitions=(
        r"(?P<indefinite>Une?\s+|L['’]|La\s+|Le\s+|Les\s+)?(?P<term>[^,;:()]{2,60}?)\s+(?:est|sont)\s+(?P<meaning>(?:une?|la|le|l['’]|les|des)\s?.{12,})",
        r"(?:Une?\s+|L['’]|La\s+|Le\s+|Les\s+)?(?P<term>[^,;:()]{2,60}?)\s+(?:désigne|signifie|désignent)\s+(?P<meaning>.{8,})",
    ),
    not_meanings=r"(?:que|donc|pas|ne|aussi|seulement|pourquoi|comment|si|quand|parce|très|plus|moins|la même|le cas|le but)\b",
    predicates=r"\b(?:est|sont|a|ont|peut|peuvent|doit|doivent|sera)\b",
    not_terms=word_set(
        "il elle ils elles ce cela ceci cette ces ici on nous vous je tu dans pour par sur avec si quand tout"
        " tous chaque but objectif problème résultat exemple"
    ),
    notes=(("warning", r"attention|avertissement|danger"), ("tip", r"astuce|conseil"), ("key", r"important|à retenir"), ("info", r"remarque|note|nota")),
    skipped=r"table des matières|sommaire|licence.*|références|bibliographie|remerciements|auteurs?|contribuer|contributeurs|historique|journal des modifications|liens(?: externes)?|voir aussi|mentions légales|index|contact|notes",
    intros=r"introduction|résumé|présentation|aperçu|avant-propos|préface|à propos.*|qu['’]est-ce que .{1,40}",
    endings=r"conclusions?.*|en résumé|résumé|bilan|synthèse",
    sides=((r"avantages?|pour|points forts", r"inconvénients?|contre|limites|points faibles"),),
)  # fmt: skip
SPANISH = Grammar(
    pronouns=r"(?:él|ella|ellos|ellas|esto|eso|este|esta|estos|estas|ese|esa|su|sus|aquí|así|ambos|en este caso|lo)\b",
    connectives=r"(?:sin embargo|no obstante|por lo tanto|por tanto|además|por ejemplo|es decir|en cambio|asimismo|por último|finalmente|primero|luego|en resumen|de hecho)(?:,\s+)|(?:y|pero|o|pues)\s+",
    clauses=r"(?:que|quien|cuyo|donde|porque|ya que|puesto que|mientras que|aunque|para|como|incluyendo|por ejemplo|pero|si|cuando|sin|lo que|lo cual)\b",
    closing=r"(?:pero|porque|ya que|puesto que|mientras que|así que)\b",
    subordinate=r"(?:que|quien|cuy[oa]s?|donde|porque|ya que|puesto que|mientras|aunque|si|cuando|como|(?:en|con|por|para|a|de) (?:el|la|los|las)s? (?:que|cual)|lo que|lo cual)\b",
    hanging=r"(?:si|cuando|aunque|como|para|porque|puesto que|ya que|después de|antes de|mientras|lo que|quien)\b",
    stumps=r"(?:una?|el|la|los|las|del?|es|son|y|o|pero|a|al|en|para|por|con|que|quien|se|su)",
    contrasts=((r"\b(?:no|ni)\b", r"(?:sino|pero)\b"), (r"\b(?:tan|tanto|tal|más|menos)\b", r"(?:que|como)\b")),
    announcing=r".*\b(?:siguientes?|est[oae]s?|son|es|razones|pasos|formas|cosas|partes)",
    references=r"(?:véase|ver|vea|consulte|consulta|haga clic aquí|para más)(?:\b|(?<=\.)).{0,160}|(?:copyright|todos los derechos reservados|\(c\))\b.*",
    asides=r"(?:véase|ver|cf\.|fig\.|figura|sección|capítulo|tabla)[^()]*",
    leads_in=r".*(?:siguiente|a continuación|ejemplo).*",
    procedures=r"\b(?:pasos?|procedimiento|orden siguiente|siguiente orden|instrucciones)\b",
    imperatives=r"(?:primero,? |luego,? |después,? )?(?:abra|elija|haga|instale|ejecute|cree|añada|escriba|copie|guarde|pulse|espere|compruebe|descargue|seleccione|introduzca)\b",
    passing=r"\b(?:figura|tabla|ecuación|fig\.)\s*\(?\d|^(?:note|nosotros|supongamos)\b|\bpor ejemplo\b",
    weak=r"en (?:esta|este) (?:sección|capítulo|artículo|documento|guía|parte)\b|vamos a",
    definitions=(
        r"(?P<indefinite>Una?\s+|La\s+|El\s+|Los\s+|Las\s+)?(?P<term>[^,;:()]{2,60}?)\s+(?:es|son)\s+(?P<meaning>(?:una?|la|el|los|las|unos|unas)\s.{12,})",
        r"(?:Una?\s+|La\s+|El\s+|Los\s+|Las\s+)?(?P<term>[^,;:()]{2,60}?)\s+(?:significa|se refiere a|designa|consiste en)\s+(?P<meaning>.{8,})",
    ),
    not_meanings=r"(?:que|no|también|sólo|solo|cómo|por qué|si|cuando|porque|muy|más|menos|lo mismo|el caso)\b",
    predicates=r"\b(?:es|son|ha|han|puede|pueden|debe|deben|será)\b",
    not_terms=word_set(
        "él ella ellos esto eso este esta aquí en para por con si cuando todo todos cada objetivo problema"
        " resultado ejemplo lo su sus"
    ),
    notes=(("warning", r"advertencia|atención|cuidado|peligro"), ("tip", r"consejo|sugerencia|truco"), ("key", r"importante|recuerde|recuerda"), ("info", r"notas?|observación|aviso")),
    skipped=r"índice|tabla de contenidos?|contenidos?|licencia.*|referencias|bibliografía|agradecimientos|autor(?:es)?|contribuir|colaboradores|historial.*|registro de cambios|enlaces(?: externos)?|véase también|aviso legal|contacto|notas",
    intros=r"introducción|resumen|presentación|descripción|prólogo|prefacio|acerca de .*|qué es .{1,40}",
    endings=r"conclusi(?:ón|ones).*|resumen|en resumen|síntesis",
    sides=((r"ventajas?|a favor|pros", r"desventajas?|inconvenientes?|en contra|contras|límites"),),
)  # fmt: skip
