"""The words by which English read-outs tell who speaks, compiled once.

Verbs, titles and the patterns made of them; nothing here decides anything.
"""

from __future__ import annotations

import re

from talleyrand.attribution.sentences import bag

SAYING = (
    "said|says|stressed|noted|emphasi[sz]ed|underscored|underlined|reaffirmed|reiterated|affirmed"
    "|thanked|expressed|welcomed|condemned|urged|agreed|discussed|exchanged|raised|informed|briefed"
    "|congratulated|praised|conveyed|invited|pledged|committed|warned|shared|described"
    "|recogni[sz]ed|coordinated|conferred|examined|surveyed|remarked|urges|warns|stresses"
    "|acknowledged|commended|highlighted|outlined|recalled|assured|promised|proposed|asked"
    "|appreciated|offered|announced|confirmed|supported|denied|rejected|declared|explained|believes"
    "|considers|hopes|hoped|wished|drew|paid (?!a |tribute)|added|argued|claimed|insisted"
    "|objected|protested"
    "|advocated|encouraged|previewed|updated|reviewed|touched|consulted|concurred|decided|resolved"
    "|looked|look|mentioned|told|spoke about|spoke of|spoke in favou?r|made (?:it )?clear"
    "|(?:was|were) clear|(?:was|were) (?:also )?(?:united|unanimous)|called (?:for|on|upon)|pointed"
    "|suggested|voiced|extended|intends?|plans?|lauded|criticized|noted"
    "|(?:gave|made) (?:an? )?(?:\\w+ )?(?:explanation|assessment|update|overview|account)"
    "|considered|reached"
    "|laid out|set out|put forward|took note|covered|explored|addressed the need|committed"
    "|remain(?:ed)? committed|continue to|applauded|joined in|instructed|demanded|concluded"
    "|wrote|reads?|answered|replied|responded|compared|reported|reminded|grieved|lamented"
    "|regretted|stated|requested|requests|reemphasi[sz]ed|re-emphasi[sz]ed|re-affirmed|reconfirmed"
    "|relayed|detailed|articulated|repeated|cautioned|appealed|lauds|hailed|saluted|assures"
    "|emphasi[sz]es|underscores|underlines|reaffirms|reiterates|welcomes|thanks|expresses|condemns"
    "|notes|thinks|wants|wanted|expects|insists|proposes|recalls|spotlighted|asserted"
    "|sought (?!to )"
    "|applauds|commends|appreciates|commits|pledges|announces|congratulates"
    "|acknowledges|(?:is|remains) (?:also )?committed"
    "|approved of|spoke highly|focused (?:in particular |mainly |primarily )?on|concentrated on"
    "|talked (?:about|of)|dwel(?:t|led) on"
    "|reflected on|made a point of|gave (?:\\w+ )?(?:instructions|directions)"
    "|spoke out|singled out|(?:had|held) (?:an? )?"
    "(?:[\\w-]+,? (?:and )?){0,3}(?:discussion|exchange)s?"
    " (?:of|on|about|regarding)"
    "|made an? (?:\\w+ )?agreement|came out|continued (?:to (?:discuss|share|exchange)"
    "|(?:an? |the |their )?(?:[\\w-]+,? (?:and )?){0,2}(?:discussion|exchange))"
    "|set forth|passed on|issued (?:directives|instructions)"
    "|assessed|evaluated|commented|admitted|indicated|endorsed|regard(?:s|ed)|favou?red"
    "|analy[sz]ed|reassured|reinforced|recommitted|denounced|deplored|summed up|referred to"
    "|attached (?:\\w+ )?importance|(?:gave|paid|placed) (?:special|particular|great|much|a lot of)"
    " (?:attention|stress|emphasis)|put forth|called attention|showed (?:an )?interest"
    "|went on to (?:say|note|stress|add|discuss|express)|began by (?:thank|congratulat|express)ing"
    "|observed that|related (?:his|her|their)|(?:is|are|was|were) (?:also |firmly |fully )?"
    "(?:convinced|confident|certain|sure|pleased|grateful|satisfied)"
    "|engaged in (?:an? |the )?(?:[\\w-]+,? (?:and )?){0,3}(?:discussion|exchange)s?"
)
TOGETHER = bag(
    "dwelt reflected held had discussed agreed exchanged reviewed shared coordinated concurred"
    " conferred consulted focused analysed analyzed engaged continued summed"
)
REPORTS = re.compile(
    r"\b(?:said|stressed|(?:re)?emphasi[sz]ed|underscored|underlined|reaffirmed|reiterated|affirmed"
    r"|thanked|expressed|welcomed|condemned|urged|congratulated|praised|commended|conveyed|invited|pledged"
    r"|informed"
    r"|applauded|recogni[sz]ed|acknowledged|highlighted|noted|briefed|raised|appreciated|lauded"
    r"|agreed to take|announced|confirmed)\b"
)
GROUP = re.compile(r"\b(?:G7|G20|Quad|AUKUS|Council|Group|Forum|ASEAN|NATO)\b(?: [\w’']+){0,2}$")
ONE_SIDE = re.compile(  # in a joint statement, where one of the sides is said to do it
    r"\b(?:welcomes|applauds|reaffirms|reiterates|affirms|thanks|commends|appreciates|underscores"
    r"|emphasi[sz]es|recogni[sz]es|acknowledges|supports|condemns|commits|pledges|intends|plans"
    r"|announces|notes|expresses|congratulates)\b"
)
I_MET = re.compile(
    r"(?:^|[\n.,] ?)(?:I|[A-Z][\w ]{2,30}, I) (?:spoke|met|had|have|informed|talked|hosted|just"
    r"|affirmed"
    r"|am|was|convened|joined|welcomed|called)\b"
)
APPOINTS = re.compile(  # a release that names people to offices only tells who they are
    r"\b(?:his|[Pp]resident[’']s) (?:intent|intention) to (?:nominate|appoint|designate)\b"
    r"|\bdesignation of a Presidential Delegation\b|NOMINATIONS? (?:AND \w+ )?SENT TO"
    r"|, of [A-Z][\w .]{2,24}, (?:to be|a Career)\b|\bannounc\w+ (?:[\w-]+ ){0,4}(?:nominees"
    r"|nominations?|appointments)\b|\b(?:is|are) nominated\b"
)
LEADERS = re.compile(
    r"(?:(?:[A-Z][^.;\n]{0,160}, )?[Tt]he (?:two |three )?"
    r"(?:[Ll]eaders|[Pp]residents|sides|delegations)(?:, [^.;\n]{0,120},)?|They|Together, they"
    r"|Participants|Both (?:sides|leaders|countries|delegations)|[A-Z][^.;\n]{0,90}, both sides"
    r"|(?:The |Vice )?President(?: [A-Z]\w+)? and (?:the |his )?(?:Prime Minister|President"
    r"|Chancellor|King|Emir|Premier|Crown Prince)(?: [A-Z][\w-]+){0,3}) (?:will |also |both ){0,2}"
    r"(?:discuss|reaffirm|underscore|review|coordinate|consult|exchange|reiterate|highlight|agree"
    r"|shared|welcomed|committed|acknowledged|recogni[sz]ed|noted|pledged|emphasi[sz]e)"
)
MET = re.compile(r"\b(?:met|spoke|hosted|convened|held|welcomed|visited|gathered|talked)\b")
SAID_LAST = re.compile(
    r", (?:the |Mr |Ms )?(?:[A-Z][\w’'-]+ ){1,4}(?:said|stressed|noted|added|believes|thinks"
    r"|emphasi[sz]ed|concluded|explained|remarked|pointed out)(?: in conclusion)?\.$"
)
DOING = (
    "gave|paid|met|spoke|talked|hosted|visited|travel+ed|arrived|joined|participated|held"
    "|took part|chaired"
    "|attended|awarded|laid|signed|received|had|convened|presented|opened|led|hosts"
    "|watched|toured|greeted|honou?red|accompanied|departed|sent|began|started|completed"
    "|launched|appointed|conferred|delivered|inspected|paid tribute|took place|continued"
)
VERB = re.compile(rf"\b(?:(?P<saying>{SAYING})|(?P<doing>{DOING}))\b(?!-)")
ADVERBS = bag(
    "also first then further again once strongly repeatedly both each all jointly personally"
    " separately briefly warmly clearly directly has have had in turn particularly especially"
    " firmly fully specifically additionally thus would therefore similarly recently today himself"
    " herself themselves mutually highly sincerely deeply unequivocally candidly later earlier"
)
LINKS = bag("of the and for to on de da von van der al el bin ibn bint le la his her & –")
PLURAL = re.compile(
    r"(?i)(?:(?:both|the two|the|these|all(?: the)?|the three|the four|all (?:three|four))"
    r"(?: (?:two|three|four|other|g7|quad|participating|foreign|defen[cs]e|prime|national"
    r"|security|senior))*"
    r" (?:leaders|diplomats|sides|parties|presidents|ministers|delegations|interlocutors"
    r"|heads of (?:states?|government)|countries|officials|principals|counterparts|governments"
    r"|participants|partners|nations|teams|allies|advisors|secretaries|colleagues)"
    r"(?: of (?:the )?(?:two|both|three) (?:countries|states|nations)"
    r"|(?-i: of (?:the )?[A-Z][\w’'-]*(?:,? (?:[A-Z][\w’'-]*|and|the|of|member|signatory|states"
    r"|countries)){0,6}))?|they|both|the pair"
    r"|(?-i:(?:[Tt]he )?[A-Z]\w+(?:, [A-Z]\w+)? and [A-Z]\w+) (?:presidents|leaders|sides|parties"
    r"|delegations|ministers|heads of state|prime ministers|foreign ministers)"
    r"|the (?:two|three|four|two men|men)"
    r"|leaders|participants|(?-i:[A-Z][\w-]+) and (?:his|her|their) (?:\w+ )?counterparts?)$"
)
TWO = re.compile(r"(?i)two|both|presidents|heads of|sides|parties|delegations|prime ministers")
OWN_OFFICIALS = re.compile(
    r"(?:[Tt]he )?(?:[Ss]enior )?(?:(?:Biden-Harris|White House|U\.S\.|Trump) )?(?:[Ss]enior )?"
    r"(?:Administration|administration|White House)(?: (?:[Ss]enior )?[Oo]fficials)?"
)
PRONOUN = re.compile(r"(?i)(?:he|she)$")
DOCUMENT = re.compile(
    r"(?i)(?:.*\b)?(?:(?:message|telegram|letter)s?|address|statement|order|document|decree)$"
)
OUTSIDERS = re.compile(
    r"(?:UN |U\.N\. |United Nations|NATO|EU |European (?:Union|Commission|Council|Parliament)"
    r"|IAEA|World (?:Bank|Health)|IMF|OSCE|FIFA|African Union|Red Cross"
    r"|Ursula von der Leyen|Charles Michel|Stoltenberg|Guterres|Rutte|Reuters"
    r"|Post\b|Times\b|CNN|BBC|Pope|Holy See)"
)
SECRETARY_GENERAL = re.compile(r"Secretary[- ]General")  # a body's, where no state is named
TITLE = re.compile(
    r"\b(?:Vice[ -]President|President|Prime Minister|Deputy Prime Minister|Premier|Chancellor|King"
    r"|Queen|Emir|Sultan|Crown Prince|Amir|Foreign Minister|Defen[cs]e Minister|Minister|Secretary"
    r"|Head of (?:State|Government)|National Security Advis[eo]r|Advis[eo]r|Ambassador|Director"
    r"|Chair(?:man|woman|person)?|Governor|General|Speaker|Taoiseach|Majesty|Highness|Assistant"
    r"|Coordinator|Envoy|First Lady|State Councilor|Mr\.|Ms\.|Mrs\.|Dr\.|Senator|Administrator)"
)
OWN_OFFICE = re.compile(
    r"(?:President[’']s Office|Office of the President|Presidential (?:Office|Aide))$"
)
IN_OWN_OFFICE = re.compile(OWN_OFFICE.pattern.removesuffix("$"))
HIS_TITLE = re.compile(
    r"(?:The |the )?(?:(?:Russian|Ukrainian|American|Chinese) )?(?:Vice President|President"
    r"|Prime Minister|Chancellor|King|Head of State|Secretary|Minister|Foreign Minister|First Lady"
    r"|Premier|Crown Prince|Emir|Amir)(?: of \w+)?$"
)
HEAD_OF_STATE = re.compile(r"(?:The |the )?(?:President|Vice President|Head of State|First Lady)$")
OFFICE_AFTER = re.compile(
    r" (?:[a-z]|side\b|[\w ,&-]{0,40}?\b(?:President|Minister|Premier|Chancellor|King|Queen"
    r"|Leader|Prince"
    r"|Secretary|Head|Advis[eo]r|Ambassador|Director|Government|Foreign|Ministry|Council"
    r"|Speaker|Envoy|Republic|Kingdom|Federation))"
)
HEADS = ("Prime Minister", "King", "Chancellor", "Crown Prince", "Emir", "President")
CHUNK = re.compile(
    r"[A-Z][\w.’'-]*(?:,? (?:(?:of|the|and|for|to|bin|al|el|de|von|van|der)\b(?:-[A-Z][\w-]*)?|&"
    r"|[A-Z][\w.’'-]*)){0,14}"
)
NOT_A_NAME = bag(
    "President Vice Prime Minister Deputy Premier Chancellor King Queen Emir Sultan Crown Prince"
    " Foreign Defence Defense Affairs Secretary Head State Government National Security Advisor"
    " Adviser Ambassador Director Chairman Chair Governor General Speaker Assistant The Mr Ms Mrs"
    " Dr Republic People’s People's Kingdom United States America Federation Federal Office Union"
    " House White Council Democratic First Lady Jr Sr Coordinator Envoy Special Senior Excellency"
    " His Her Majesty Highness Principal Homeland Treasury Commerce Energy Trade Finance Today"
    " Security On In At And Mr. Ms. Dr. Mrs. International Middle East North South West Africa"
    " Representative Department Senator Leader Party Congress Parliament Russian Ukrainian Group"
    " Chinese American Royal Islamic Senate Bank World Nations Assembly Forum Summit"
)
FIRST_PERSON = re.compile(r"\b(?:I|I’m|I'm|[Ww]e|[Oo]ur|[Mm]y|[Uu]s)\b")
IN_PERSON = re.compile(r"(?:I|We|My|Our)\b(?! and )")
TALKED = re.compile(
    r"\b(?:(?:was|were|has been|have been) (?:also |further |particularly )?(?:given to"
    r"|discussed|considered|touched|exchanged|agreed|paid|reviewed|raised|stressed|noted|confirmed"
    r"|emphasi[sz]ed|outlined|expressed|covered|reiterated|reaffirmed|underlined|underscored"
    r"|highlighted|examined|analy[sz]ed|voiced)(?! by [A-Z])"
    r"|(?:conversation|meeting|talks|call|discussion"
    r"|agenda"
    r"|conversations|discussions) (?:also )?(?:focuss?ed|featured|dealt|covered|addressed"
    r"|concerned|included|centred|centered|touched)|exchange of (?:views|opinions))\b"
)
AFTER_QUOTE = re.compile(rf"[,.!?…]?[\"”]\s*,?\s*(?:{SAYING})\s+(?=[A-Z]|the )")
ACCORDING = re.compile(
    r"\b(?:[Aa]ccording to|[Aa]s (?:noted|stated|stressed|emphasi[sz]ed|reported|explained) by)"
    r" (?:the )?"
)
NAMED_VIEW = re.compile(r"In (?=(?:[A-Z][\w.]+ ){0,3}[A-Z]\w+[’']s? (?:view|opinion|words)\b)")
READS = re.compile(r"The (?:message|telegram|letter|statement|document)\b[^\"“.]{0,60}:")
TRAVELLED = re.compile(
    r"\b(?:met (?:with|separately|virtually)|travel+ed to|visited|took part in|attended)\b"
)
HIS_VIEW = re.compile(
    r"(?:As (?:he|she) (?:saw|sees|put|puts) it|In (?:his|her) (?:opinion|view|words))\b"
)
INVERTED = re.compile(  # "..., said Mr Putin"
    r", (?:said|stressed|noted|added|believes|emphasi[sz]ed) (?=(?:the )?[A-Z])"
)
ABROAD = re.compile(  # in a release: what somebody did, told as news
    r"\b(?:met|spoke (?:with|to|by|on|today|this)|talked|hosts|hosted|visited|travel+ed"
    r"|convened|arrived|joined|attended|participated|took part|chaired|departed|greeted|welcomed)\b"
)
SUBORDINATE = re.compile(  # "As he opened the meeting, Mr Putin said"
    r"(?:As|When|While|After|Before|Once|Having|Opening|Speaking)\b[^,]{0,160}, (?=(?:the )?[A-Z])"
)
HIS_ACCOUNT = re.compile(r"[Aa]ccording to (?:him|her)\b")
STATED_BY = re.compile(
    r"\b(?:This|It) was (?:stated|said|announced|emphasi[sz]ed|noted|reported|stressed) by"
    r" (?:the )?"
)
PURPOSE = re.compile(  # X spoke with Y to thank him
    r"\bto (?:(?P<together>discuss|exchange|review|consult|coordinate)"
    r"|(?:commend|congratulate|thank|express|condemn|convey|offer|underscore|reaffirm|welcome|affirm"
    r"|reiterate|extend|emphasi[sz]e))\b"
    r"|\band (?:commended|congratulated|thanked|expressed|condemned|conveyed|offered|underscored"
    r"|reaffirmed|affirmed|reiterated|emphasi[sz]ed)\b|, (?:conveying|expressing|reaffirming) "
)
GREETING = re.compile(
    r"sent\b[^.;]{0,110}?\b(?:congratulat\w+|condolences|greetings|best wishes|wishing)\b"
)
SUFFIX = re.compile(r",? (?:Jr|Sr)\.(?=,? [a-z])")
NATIONAL = re.compile(
    r"(?:[Tt]he )?([A-Z][a-z]+) "
    r"((?:prime |foreign |defen[cs]e )?(?:president|minister|chancellor))$"
)
QUOTED = re.compile(r"[\"“](?:(?<=[\s(:—–-].)|(?<=^.))[^\"“”]{1,4000}[\"”]")
OPENING = re.compile(
    r"\b(?:met|spoke|talked|hosted|visited|travel+ed|convened|received|held|took part|participated"
    r"|chaired|attended|had a (?:telephone|phone|meeting|video)|launched|joined|arrived|led"
    r"|opened)\b"
)
ARTICLED = re.compile(r"(?:al|el|bin|ad|as|an)-[A-Z]")
TITLED = re.compile(rf"{TITLE.pattern}|\bMr?s? ")
REACH = 420
EARLY = 120  # characters in which a sentence says what was done
OPENS = 500  # characters in which a release says what it is about
ENOUGH = 0.2
MOSTLY = 0.5
STATED = re.compile(r"(?:stated|said|announced|discussed|reported) (?:this )?(?:by|at|during) ")
OWN_END = re.compile(rf"(?:(?<=\s)|^){OWN_OFFICIALS.pattern}$")
PLURAL_END = re.compile(rf"(?i)(?:(?<=\s)|^){PLURAL.pattern.removeprefix('(?i)')}")
SIDE_END = re.compile(
    r"(?:[Tt]he )?[A-Z][\w.]+ (?:side|delegation|leader|authorities|government|officials)$"
)
LOWER_NOUN = re.compile(
    r"(?:[Tt]he |[Hh]is |[Tt]his )?(?:\w+[’']s |congratulatory |president[’']s |joint )?"
    r"(?:message|telegram|letter|statement|president"
    r"|head of (?:the \w+ )?state)(?: of (?:congratulations"
    r"|greetings|condolence|sympathy|condolences))?$"
)
