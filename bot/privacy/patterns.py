"""What the guard looks for: what Telegram makes a button of, numbers of telephones and residents, mail addresses."""

import re
from typing import Final

SIGN: Final = re.compile(
    r"(?<=:)(?=//)"  # https://, tg://
    r"|(?<=@)(?=\w)"  # @name, name@host
    r"|(?<=[#＃])(?=\w*[^\W\d_])"  # #tag; #112 is none
    r"|(?<=\$)(?=[A-Za-z])"  # $TAG
    r"|(?:(?<=[^\w<>/]/)|(?<=_/)|(?<=^/))(?=[A-Za-z0-9_])"  # /command
    r"|(?<=\S\.)(?=[A-Za-z]|(?:한국|닷컴|닷넷|삼성|컴)\b|[^\W\d_가-힣ㄱ-ㆎ])"  # example.com, 예시.한국
)
LEADS: Final = re.compile(r"[:@#$＃/.]")
CARD: Final = re.compile(r"\d(?:[ -]?\d){12,}")  # as many digits as bank cards have
FOUR: Final = re.compile(r"(?:\d[ -]?){4}(?!$)")

# Telephone and resident numbers, mail addresses.

_SEP = r"[-‐‑–—－.·∙\s)]{1,3}"
_MORE = r"(?:\s?[~∼～]\s?\d{1,4}(?!\d)|\s?[,/]\s?\d{4}(?![\d.\-년월일건원명]))*"  # 02-2133-1234~5, 1240
_AREA = r"(?:02|0[3-6][1-5]|070|080|050\d?|060)"
_START = r"(?<!\d)(?<!\d[-.,/])"
_NO_UNIT = r"(?!\d|\s*(?:년|월|일|건|명|회|통|원|개|번|%|억|만|천|시간|[./-]\s?\d))"
_LABEL = (
    r"(?:(?:대표|행정|사무실|담당자?)?\s?전화(?:번호)?|연락처|휴대(?:폰|전화)|핸드폰|내선(?:번호)?|구내(?:번호)?"
    r"|교환|팩스|(?<![A-Za-z])(?:H\.?P|TEL|FAX|Tel|tel|Fax|fax)|☎|☏|📞|🕿)"
)
PHONES: Final = re.compile(
    "|".join(
        (
            rf"{_START}\+?\s?82{_SEP}?\(?0?\)?\d{{1,2}}{_SEP}\d{{3,4}}{_SEP}\d{{4}}(?!\d){_MORE}",
            rf"{_START}01[016789]{_SEP}\d{{3,4}}{_SEP}\d{{4}}(?!\d){_MORE}",
            r"(?<![A-Za-z0-9_])(?<!\d[-.,/])01[016789]\d{7,8}(?!\d)",
            rf"{_START}(?:\({_AREA}\)\s?|{_AREA}{_SEP})\d{{3,4}}{_SEP}\d{{4}}(?!\d){_MORE}",
            rf"(?<![A-Za-z0-9_])(?<!\d[-.,/])(?<![가-힣A-Za-z]-){_AREA}\d{{7,8}}(?!\d)",
            r"(?<![A-Za-z0-9_])(?<![-.,/])1[568]\d\d\s?[-‐‑–—－]\s?\d{4}(?!\d)(?!년)",
            rf"{_LABEL}[\s.:：)(]{{0,4}}\(?\d{{2,4}}[)\-\d~∼ ]{{0,14}}\d(?:\s?[~∼]\s?\d{{1,4}})?{_NO_UNIT}",
        )
    )
)
# Without one of these no number stands in a text, which is quicker seen than that none does: so many digits with nothing but
# signs of a number between them, or a word that goes before a short one.
UNLABELLED: Final = re.compile(r"[018０１８](?:[-‐‑–—－.·∙\s()（）]{0,5}\d){6}|\d{6}\s?[-–－]\s?\d{7}")
LABELLED: Final = re.compile(
    r"전화|연락처|휴대폰|핸드폰|내선|구내|교환|팩스|H\.?P|TEL|FAX|Tel|tel|Fax|fax|[☎☏📞🕿]"
)
PLAIN: Final = str.maketrans("０１２３４５６７８９－（）：", "0123456789-():")  # one letter for one
RESIDENT: Final = re.compile(r"(?<!\d)\d{6}\s?[-–－]\s?[1-8]\d{6}(?!\d)")
EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", re.ASCII)
CELL: Final = re.compile(r"(<t(?:\s[^<>]*)?>)([^<]*)(</t>)")
