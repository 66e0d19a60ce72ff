"""The part a state plays in a Russian sentence: who acts, whom it is done to, who is beside.

Read off the preposition or noun right before a name, and off its case where the form tells it: an
accusative (Украину) or dative (Украине) without a preposition never acts.
"""

from __future__ import annotations

import re
from typing import Literal

from talleyrand.states import Mention

Role = Literal["actor", "object", "beside"]

_BEFORE = 48
_GOVERNED = re.compile(
    r"\b(против|в отношении|в адрес|со стороны|от|в|во|на|с|со|к|ко|по|о|об|для|из|за|над|между"
    r"|вокруг|при|помощь|помощи|поддержк\w+|народ\w*|территори\w+|гражда\w+|жител\w+|границ\w*"
    r"|войн\w+|включая)\s+(?:(?:всей|всего|самой|самого|нашей|братской)\s+)?$",
    re.I,
)
_VICTIM = re.compile(
    r"\w*\s+(?:народ\w*|партн[её]р\w*|друз\w+|друг\w*|коллег\w*|компани\w*|интерес\w*"
    r"|территор\w+|суверен\w+|гражда\w+|кризис\w*|конфликт\w*|вопрос\w*)",
    re.I,
)
_ADJECTIVE = ("ская", "ский", "ское", "ские")
_OBLIQUE = re.compile(r"[А-ЯЁ]\w+(?:[бгдкнр]у|[иеа]ю|[дн]е)")
_OBLIQUE_ADJECTIVE = (
    "ского", "скому", "скую", "ским", "ском", "ских", "скими", "ской",
)  # fmt: skip
_DEED = re.compile(
    r"(?:действи|политик|шаг|курс|лини|решени|заявлени|попытк|давлени|удар|атак|обстрел|агресси"
    r"|преступлени|провокаци|план|вмешательств|угроз|позици|санкци|произвол|зверств|злодеяни"
    r"|бесчинств|теракт|вторжени|недоговороспособност|диктат|шантаж)",
    re.I,
)
_REPROACHED = re.compile(
    r"(?:обвин|осуд|осужда|призва|призыва|предупре|предостер|критик|потребова|упрек|заклейм)\w*"
    r"\s+(?:\w+\s+)?$",
    re.I,
)


def role(text: str, mention: Mention) -> Role:
    """What a state named in Russian does in its sentence, read off the words around it."""
    name = text[mention.start : mention.end].lower()
    oblique = name.endswith(_OBLIQUE_ADJECTIVE)
    if (oblique or name.endswith(_ADJECTIVE)) and _VICTIM.match(
        text, mention.end, mention.end + 30
    ):
        return "beside"
    before = text[max(0, mention.start - _BEFORE) : mention.start]
    found = _GOVERNED.search(before)
    if found:
        word = found[1].lower()
        if word in ("со стороны", "от"):
            return "actor"
        return "object" if word in ("против", "в отношении", "в адрес", "на") else "beside"
    if oblique and not _DEED.match(before.rstrip().rpartition(" ")[2]):
        return "beside"
    if mention.how == "name" and _OBLIQUE.fullmatch(text, mention.start, mention.end):
        return "object" if _REPROACHED.search(before) else "beside"
    return "actor"
