"""The commonest words of some languages, lower case: left out when ranking, counted when guessing a language."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOPWORDS: dict[str, frozenset[str]] = {
    "en": _set(
        "a about above after again all also am an and any are as at be because been before being below between both but"
        " by can could did do does doing down during each either few for from further get had has have having he her"
        " here hers him his how however i if in into is it its itself just like made make many may me might more most"
        " much must my no nor not now of off on once one only or other our out over own same shall she should so some"
        " such than that the their them then there these they this those through thus to too under until up upon us"
        " use used uses using very was we well were what when where whether which while who whom why will with within"
        " without would you your"
    ),
    "de": _set(
        "ab aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bis bzw da dabei"
        " damit dann das dass dazu dem den denn der des dessen die dies diese diesem diesen dieser dieses doch dort"
        " du durch ein eine einem einen einer eines er es etwa etwas für gegen hat haben hatte hier ich ihm ihn ihr"
        " ihre ihrem ihren im in ist ja jede jedem jeden jeder jedes kann kein keine können könnte man mehr mit muss"
        " müssen nach nicht noch nun nur ob oder ohne schon sehr sein seine seinen sich sie sind so sobald sollte"
        " sondern sowie um und uns unter vom von vor war waren was weil welche wenn werden wie wieder wird wir wurde"
        " wurden während zu zum zur zwischen über"
    ),
    "zh": _set(
        "的 了 和 是 在 有 与 及 或 也 都 而 就 被 把 对 为 从 到 以 并 等 这 那 其 它 他 她 我们 你们 他们 它们 一个"
        " 这个 那个 这些 那些 可以 因为 所以 如果 但是 然后 以及 或者 进行 通过 使用 没有 不是 就是 也是 这样 这种"
    ),
    "fr": _set(
        "a ai au aux avec c ce ces cet cette comme d dans de des deux donc du elle elles en entre est et eux fait il"
        " ils je l la le les leur leurs lors mais me même mes moi mon n ne nos notre nous on ont ou où par pas peut"
        " plus pour qu quand que qui s sa sans se ses si son sont sous sur ta te tes ton tous tout toute très tu un une"
        " vos votre vous y à été être"
    ),
    "es": _set(
        "a al algo ante antes como con contra cual cuando de del desde donde durante e el ella ellas ellos en entre era"
        " es esa ese eso esta este esto está están estos ha han hasta hay la las le les lo los me mi mientras muy más"
        " ni no nos o otra otro para pero poco por porque puede que quien se ser si sin sobre son su sus también tiene"
        " todo todos un una uno unos y ya"
    ),
    "it": _set(
        "a ad agli ai al alla alle allo anche c che chi ci come con cui da dagli dai dal dalla dalle dei del della"
        " delle dello di dove e ed era essere gli ha hanno i il in io l la le lei lo loro ma mi nei nel nella nelle no"
        " noi non o ogni per perché più può quale quando quanto quello questa queste questi questo se si sia sono su"
        " sua sue sul sulla suo tra tutti un una uno è"
    ),
    "pt": _set(
        "a ao aos as até com como da das de dela dele do dos e ela ele em entre era essa esse esta este eu foi há isso"
        " isto já lhe mais mas me mesmo muito na nas nem no nos não nós o os ou para pela pelas pelo pelos por qual"
        " quando que quem se sem ser seu seus sua suas são só também te tem um uma umas você é à às está"
    ),
    "nl": _set(
        "aan al alle als bij dan dat de den der deze die dit door dus een eens en er ge geen had heb hebben heeft het"
        " hier hij hoe hun ik in is ja je kan kunnen maar me meer men met mijn moet na naar niet nog nu of om omdat ons"
        " ook op over te tot u uit van veel voor waar was wat werd wij worden wordt ze zich zij zijn zo zonder zou"
    ),
    "sv": _set(
        "alla att av blev bli de dem den denna det detta där då efter ej eller en ett från för ha hade han har hon hur"
        " i inte jag kan man med men mot mycket ni nu när och om oss på samma sedan sig sin sitt ska som så till under"
        " upp ut var vara vi vid vilka än är över"
    ),
    "da": _set(
        "af alle at blev blive da de dem den denne der deres det dette dig din du efter eller en end er et for fra"
        " ham han hans har havde hun hvad hvis hvor i ikke ind jeg kan man med meget men mig nogle nu når og også om"
        " op os over på sig sin skal som til ud under var ved vi være"
    ),
    "pl": _set(
        "a aby ale bez bo być był była było były co czy dla do gdy gdzie go i ich im ja jak jako je jego jej jest już"
        " które który którzy lub ma może na nad nie nim o od oraz po pod przez przy są się ta tak także te tego tej ten"
        " to tylko tym w we wraz z za ze że"
    ),
    "cs": _set(
        "a aby ale ani až bez bude být by byl byla bylo co či do jak jako je jeho jej její jen jsou již k když která"
        " které který ma mezi mi na nad ne nebo než o od po pod pokud pro proto při s se si tak také to tedy ten tím u"
        " v ve však více z za ze že"
    ),
    "tr": _set(
        "ama ancak bir biz bu bunu da daha de değil diye en gibi hem her için ile ise kadar ki mi mu mı ne o olan"
        " olarak olduğu sonra şu tüm var ve veya ya yok çok şey üzerine"
    ),
    "fi": _set(
        "ei eli en että hän ja joka jos kanssa kuin kun kuitenkin ne niin nyt ole oli olla on ovat se sekä sen siitä"
        " sitä tai tämä tämän voi vain mutta myös mukaan"
    ),
    "hu": _set(
        "a az azt be csak de egy el és ez ezt fel hogy ha is itt ki le lesz meg mert még mi mint nem olyan "
        "sem vagy van volt"
    ),
    "ru": _set(
        "а без более бы был была были было быть в вам вас весь во вот все всех вы где да даже для до его ее если есть"
        " еще же за здесь и из или им их к как ко когда который кто ли либо мне может мы на надо не него нет ни но ну о"
        " об однако он она они оно от по при с со так также такой там те тем то того тоже той только том ты у уже хотя"
        " чего чей чем что чтобы это этот я"
    ),
}


def stopwords(language: str) -> frozenset[str]:
    """For a two-letter language code; empty for a language without a list."""
    return STOPWORDS.get(language, frozenset())
