"""Encodings from before Unicode, told apart by how often the letters come that they give.

Nearly any bytes can be decoded as any of them, so what decodes proves little; but only in the right
one do most letters come out as those that its languages use all the time. Read wrong, a text's
letters fall anywhere among thousands (of two bytes each), or stand where no word has them.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

LETTERS_COUNTED_MAX = 200_000
LETTERS_MIN = 4
NEAR = 1.5  # another encoding that is believed nearly as much makes a guess of both

_KOREAN = frozenset(
    "이가는다에의을를은고지하한기사도리로자서아대인정시스수나어일라해니보부장전그면제주상과만여들공원유국비성"
    "선마동중구용연신오게파미조소우안방회차모실적관금거내물생식감칩음료맛초콜릿커피치즈김밥추된간참름설탕밀루쌀"
    "두콩채팩봉입개세트무농약냉햄캔맥와녹홍티레드크림버터빵쿠키젤사탕볶만순살닭돼삼겹갈포향진매운새우멸육즙"
    "상품명코드판가격재카테고분류규격용량브랜바"
)  # fmt: skip
_CHINESE = frozenset(
    "的一是不了在人有我他这中大来上个国和也子时道说出会可下地要就年生那后能对着事其里所去行过家十用发天如然作"
    "方成者多日都三小二无同么经法当起与好看学进种将还分此心前面又定见只主没公从酱油米水牛奶糖茶酒果肉鱼鸡蛋盐"
    "醋饮料饼干巧克力便速冻豆腐花辣椒红绿黄白黑香味原纯装包瓶盒袋升毫件套品名称价格商编号库存货类型产规"
)  # fmt: skip
_RUSSIAN = frozenset("оеаинтсрвл")
_WESTERN = frozenset("éèêëàâäáãåçíîïìñóôöòõúùûüßæøœÉÈÊÀÂÄÁÅÇÍÎÑÓÔÖÚÙÛÜØÆŒ’‘“”–—…€°®™«»¿¡º´·£§²³½")
_RUN = re.compile(r"[^\x00-\x7f]{3,}")


@dataclass
class Candidate:
    """One encoding, what it made of the file so far, and how much of that looks right.

    `needed` is the share of right letters from which it is believed; wrong readings were seen to
    have less than half of it.
    """

    codec: str
    name: str
    needed: float
    valid: bool = True
    letters: Counter[str] = field(default_factory=Counter)
    in_runs: int = 0  # letters in a row of three or more
    counted: int = 0

    def __post_init__(self) -> None:
        """Begin to decode."""
        self._decoder = codecs.getincrementaldecoder(self.codec)()

    def take(self, data: bytes, *, last: bool) -> None:
        """The next piece of the file."""
        if not self.valid:
            return
        try:
            text = self._decoder.decode(data, last)
        except UnicodeDecodeError:
            self.valid = False
            return
        if self.counted < LETTERS_COUNTED_MAX:
            told = Counter(text)
            foreign = {letter: count for letter, count in told.items() if letter > "\x7f"}
            self.letters.update(foreign)
            self.counted += sum(foreign.values())
            self.in_runs += sum(len(run) for run in _RUN.findall(text))

    def share(self) -> float:
        """How many of its foreign letters are such as its languages use all the time."""
        if not self.valid or not self.counted:
            return 0.0
        right = sum(count for letter, count in self.letters.items() if self._is_right(letter))
        runs = self.in_runs / self.counted
        match self.codec:
            case "cp1251":  # whole words, where accents stand alone
                return min(right / self.counted, runs)
            case "cp1252":
                return min(right / self.counted, 1.0 - runs)
            case _:
                return right / self.counted

    def strength(self) -> float:
        """`share` by what is needed of it."""
        return self.share() / self.needed

    def _is_right(self, letter: str) -> bool:
        match self.codec:
            case "cp949":
                return letter in _KOREAN
            case "gb18030":
                return letter in _CHINESE
            case "cp932":
                return "\u3041" <= letter <= "\u30ff"
            case "cp1251":
                return letter in _RUSSIAN
            case _:
                return letter in _WESTERN

    @property
    def hangul(self) -> int:
        """How many Korean syllables came out."""
        return sum(count for letter, count in self.letters.items() if "가" <= letter <= "힣")


def guess(pieces: Iterable[tuple[bytes, bool]]) -> tuple[str, str, bool] | None:
    """Codec, name for people, and whether it is only a guess; None: no encoding fits at all.

    Without evidence for one it is Korean Windows where most foreign letters come out as Hangul,
    else Western Windows.
    """
    korean = Candidate("cp949", "CP949, Korean Windows", 0.35)
    western = Candidate("cp1252", "Windows-1252", 0.6)
    candidates = [
        korean,
        Candidate("gb18030", "GB18030, Chinese", 0.3),
        Candidate("cp932", "Shift-JIS, Japanese Windows", 0.25),
        Candidate("cp1251", "Windows-1251, Cyrillic", 0.5),
        western,
    ]
    for data, last in pieces:
        for candidate in candidates:
            candidate.take(data, last=last)
    believed = sorted(
        (one for one in candidates if one.strength() >= 1.0), key=Candidate.strength, reverse=True
    )
    mostly_hangul = korean.valid and korean.hangul * 2 > korean.counted
    best = believed[0] if believed else None
    # Accents stand before letters as in Korean of rare syllables; Korean has proved the likelier.
    if best is not None and not (best is western and mostly_hangul):
        enough = best is western or best.counted >= LETTERS_MIN
        if enough or best is korean:
            near = any(one.strength() * NEAR > best.strength() for one in believed[1:])
            return best.codec, best.name, near or not enough
    if mostly_hangul:
        return korean.codec, korean.name, True
    return (western.codec, western.name, True) if western.valid else None
