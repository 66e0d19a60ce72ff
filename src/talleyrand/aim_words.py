"""Words by which `aim` tells who is spoken of: ourselves, groups, the nameless, the world."""

from __future__ import annotations

import re

from talleyrand.model import Language

BY: dict[Language, re.Pattern[str]] = {
    "zh": re.compile("(?!)"),
    "en": re.compile(r",?\s+(?:\w+ ){0,4}?(?:by|from|that|which)\s+(?:the\s+)?(?=[A-Z])"),
    "ru": re.compile(r"\s+(?:(?:\w+ ){0,3}?(?:со стороны|от)\s+(?=\w+ск|[А-ЯЁ])|(?=[А-ЯЁ]))"),
}
WE: dict[Language, re.Pattern[str]] = {
    "zh": re.compile("我们|我国|我方|我愿|我要|对此"),
    "en": re.compile(
        r"\b(?:we|our|us|I|the (?:president|vice president|administration|secretary|spokesperson)"
        r"|he|she|the leaders|the two|they|both)\b",
        re.I,
    ),
    "ru": re.compile(
        r"\b(?:мы|наш\w*|нам|нас|я|президент\w*|министр\w*|он|обе|стороны|вызыва\w+|заявлен)\b",
        re.I,
    ),
}
THREAT: dict[Language, re.Pattern[str]] = {  # right before a name; none in Chinese
    "en": re.compile(
        r"(?i)\b(?:posed by|presented by|threats? (?:from|by|of)|challenges? (?:from|of)"
        r"|attacks? by|against|counter(?:ing)?|deter(?:ring)?|confront(?:ing)?"
        r"|aggression by)\s+(?:the )?$"
    ),
    "ru": re.compile(r"(?i)\b(?:угроз\w* со стороны|против)\s+$"),
}
AT_LARGE: dict[Language, re.Pattern[str]] = {
    "zh": re.compile("各国|各方|国际社会|发展中国家|国际组织|联合国|新兴市场国家"),
    "en": re.compile(r"(?i)\b(?:all (?:countries|parties|states)|the international community)\b"),
    "ru": re.compile(r"(?i)\b(?:все\w* стран\w*|мирово\w+ сообществ\w+)"),
}
COUNTRY: dict[Language, re.Pattern[str]] = {
    "zh": re.compile("(?!)"),
    "en": re.compile(r" (?:country|nation|state)\b(?:['’]s)?"),
    "ru": re.compile("(?!)"),
}
OURS = ("our", "my", "this", "the whole", "the entire", "across the", "around the", "in the")
GIFT: dict[Language, re.Pattern[str]] = {
    "zh": re.compile("(?!)"),
    "en": re.compile(
        r"\s+(?:(?!for\b|of\b|to\b|with\b|and\b|that\b)[\w'’-]+\s+){0,4}?(?:(?:for|of|to|with)\s+)?"
        r"(?:the\s+)?(?:(?:people|peoples|government|leadership|president|prime minister)\s+of\s+)?"
        r"(?:the\s+)?(?=[A-Z])"
    ),
    "ru": re.compile("(?!)"),
}
GROUP: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        "北约|欧盟|欧方|东盟|七国集团|二十国集团|金砖|联合国|非盟|非洲|上合|上海合作组织|拉美"
    ),
    "en": re.compile(
        r"\b(?:NATO|EU|European Union|European Commission|ASEAN|G7|G8|G20|BRICS|United Nations|UN"
        r"|African Union|Arab League|CIS|SCO|CSTO|Gulf Cooperation Council|CARICOM)\b"
    ),
    "ru": re.compile(
        r"\b(?:НАТО|Евросоюз\w*|ЕС|АСЕАН|БРИКС|ООН|ОДКБ|СНГ|ШОС|ЕАЭС|Африк\w+|[Аа]фриканск\w+"
        r"|[Аа]рабск\w+ (?:стран|государств|мир|друз)\w*|Глобальн\w+ Юг\w*)\b"
    ),
}
AROUND = 700  # characters in which a Russian text must show that it speaks of the world
FOREIGN = re.compile(
    r"\b(?:НАТО|Запад(?:а|у|е|ом)?\b|[Зз]ападн\w+ (?:стран|партн|элит|курат|государств|политик)\w*"
    r"|[Зз]арубежн\w+|[Ии]ностранн\w+|[Вв]нешнеполитическ\w+|[Дд]ипломат\w*|МИД|Евросоюз\w*"
    r"|ЕС|АСЕАН|БРИКС|ООН|ОДКБ|СНГ|ШОС|ЕАЭС|Африк\w+|Европ\w+"
    r"|Минск\w+ (?:соглаш|догов)\w*|Карабах\w*|Закавказ\w+|Приднестров\w+|Косово?\w*"
    r"|Балкан\w*|Ближн\w+ Восток\w*)\b"
)
REACH: dict[Language, int] = {"zh": 16, "en": 70, "ru": 70}
UNNAMED: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        "北约|七国集团|欧盟|欧方|西方|个别国家|有关国家|某些国家|一些国家|少数国家|某国|某些人|有人|一些人|有的人|个别人"
        "|有关方|相关方|有关媒体|媒体|外界|域外|恐怖|第三方|第三国|外部|三国|台独|“台独”|民进党|台湾当局|蔡英文|赖清德|任何|一切|犯罪|达赖"
        "|分裂势力|某些势力|外部势力|反华势力|议员|众议院|参议院|政客"
    ),
    "en": re.compile(
        r"\b(?:NATO|G7|the West|Western|terroris\w+|ISIS|ISIL|Hamas|Hezbollah|Houthis?|al[- ]Qaeda"
        r"|some (?:countries|states|people|nations)|any(?:one| country| state| nation)?|those who"
        r"|hackers|cartels|criminals?|certain (?:countries|states)|other (?:countries|nations)"
        r"|extremis\w+|traffick\w+|individuals|those|perpetrators|persons|Congress|Republicans?|Democrats?)\b"
    ),
    "ru": re.compile(
        r"(?i)\b(?:НАТО|Запад(?:а|у|е|ом)?\b|западн\w+|террорис\w+|некоторы\w+|отдельны\w+ стран\w*"
        r"|люб(?:ая|ой|ые|ых|ого)|нацис\w+|боевик\w+|кто-то|преступн\w+|экстремис\w+)"
    ),
}
