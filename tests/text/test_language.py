# ruff: noqa: E501 -- samples read better wide
from __future__ import annotations

import pytest

from scenewright.text.language import detect
from scenewright.text.ranking import rank
from scenewright.text.words import content_words, words

SAMPLES = {
    "en": "The queue keeps the messages until a worker is free, so that none of them is lost.",
    "de": "Die Warteschlange hebt die Nachrichten auf, bis ein Arbeiter frei ist, damit keine verloren geht.",
    "zh": "队列会保存消息，直到有空闲的工作进程，这样就不会丢失。",
    "ja": "キューは、ワーカーが空くまでメッセージを保持します。",
    "ko": "큐는 작업자가 비어 있을 때까지 메시지를 보관합니다.",
    "ru": "Очередь хранит сообщения, пока не освободится обработчик, чтобы ни одно из них не потерялось.",
    "fr": "La file garde les messages jusqu’à ce qu’un ouvrier soit libre, pour que rien ne soit perdu dans le système.",
    "es": "La cola guarda los mensajes hasta que un trabajador está libre, para que no se pierda ninguno.",
    "it": "La coda conserva i messaggi finché un lavoratore non è libero, così che nessuno di questi si perda.",
    "pt": "A fila guarda as mensagens até que um trabalhador esteja livre, para que não se perca nenhuma delas.",
    "nl": "De wachtrij bewaart de berichten tot een werker vrij is, zodat er geen enkel bericht verloren gaat.",
    "sv": "Kön sparar meddelandena tills en arbetare är ledig, så att inget av dem går förlorat i systemet och det är bra.",
    "pl": "Kolejka przechowuje wiadomości, aż pracownik będzie wolny, tak że żadna z nich się nie zgubi.",
    "el": "Η ουρά κρατά τα μηνύματα.",
    "ar": "تحتفظ قائمة الانتظار بالرسائل.",
    "hi": "कतार संदेशों को रखती है।",
    "uk": "Черга зберігає повідомлення, доки не звільниться обробник.",
}


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_a_sentence_is_enough_to_tell(language: str) -> None:
    assert detect(SAMPLES[language], default="xx") == language


@pytest.mark.parametrize("text", ["", "README", "Installation", "v1.2.3", "int main(void)", "12"])
def test_too_little_text_gives_the_default(text: str) -> None:
    assert detect(text, default="xx") == "xx"


def test_one_foreign_word_does_not_change_the_language() -> None:
    assert detect(SAMPLES["de"] + " Deadline, Queue und Worker. 队列") == "de"


def test_words_are_compared_in_lower_case_and_chinese_in_pairs() -> None:
    assert words("The Queue-size", "en") == ["the", "queue-size"]
    assert words("数据库", "zh") == ["数据", "据库"]
    assert content_words("The queues of the workers", "en") == ["queue", "worker"]


def test_the_sentence_that_shares_most_with_others_ranks_first() -> None:
    found = [
        "Nothing here.",
        "A queue keeps messages for workers.",
        "Workers read messages from the queue.",
        "The queue and its workers handle messages.",
        "Bananas are yellow.",
    ]
    weights = rank(found, "en")
    assert len(weights) == len(found)
    assert max(weights) == 1.0
    assert min(weights[1:4]) > max(weights[0], weights[4])


def test_a_long_text_is_ranked_too() -> None:
    found = [f"Sentence number {n} speaks of queue {n % 7} and worker {n % 5}." for n in range(2000)]
    assert len(rank(found, "en")) == 2000
    assert rank([], "en") == []
