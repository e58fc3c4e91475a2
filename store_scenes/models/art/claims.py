"""Short claims for badges: only what a product's own name already says.

Nothing is made up: the product may be a real one.
"""

import functools
import re

from store_scenes.models.kinds import any_word

CLAIMS = """
organic, 유기농, biologique, ökologisch, ecológico: 유기농 | ORGANIC
sugar free, sugar-free, unsweetened, no sugar, zero, 무가당, 제로, 무설탕: 무가당 | ZERO
low fat, low-fat, fat free, light, 저지방, 라이트: 저지방 | LOW FAT
lactose free, lactose-free, 락토프리: 락토프리 | NO LACTOSE
decaf, decaffeinated, 디카페인: 디카페인 | DECAF
gluten free, gluten-free, 글루텐프리: 글루텐 프리 | NO GLUTEN
wholewheat, whole wheat, wholegrain, whole grain, 통밀, 통곡물: 통곡물 | WHOLE GRAIN
free range, free-range, 자유방목, 동물복지, 유정란: 자유방목 | FREE RANGE
high calcium, calcium, 고칼슘, 칼슘: 칼슘 | CALCIUM
protein, 단백질, 프로틴: 단백질 | PROTEIN
freeze dried, freeze-dried, 동결건조: 동결건조 | FREEZE-DRIED
cold pressed, cold-pressed, 착즙, 저온압착: 착즙 | COLD PRESSED
extra virgin, 엑스트라버진: 엑스트라 버진 | EXTRA VIRGIN
refill, 리필: 리필 | REFILL
"""
"""Words of a name: the claim in Korean and in English."""

_HOT = (
    any_word("extra hot, very hot, 불닭, 핵불, 아주 매운, 매우 매운"),
    any_word("hot, spicy, chili, chilli, 매운, 얼큰, 짬뽕, 고추, 마라, 김치"),
    any_word("mild, 순한, 덜 매운"),
)

CLAIMS_SHOWN_MAX = 3


@functools.cache
def _claims() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    rows = []
    for line in CLAIMS.strip().splitlines():
        words, _, said = line.partition(":")
        korean, _, english = said.partition("|")
        rows.append((any_word(words), korean.strip(), english.strip()))
    return tuple(rows)


def claims_of(name: str, language: str) -> tuple[str, ...]:
    """What `name` (all languages together) claims, in Korean or else in English."""
    low = name.lower()
    said = [
        (ko if language == "ko" else en) for pattern, ko, en in _claims() if pattern.search(low)
    ]
    return tuple(said[:CLAIMS_SHOWN_MAX])


def hotness_of(name: str) -> int:
    """0 not hot, 1 mild, 2 hot, 3 very hot, as the name has it."""
    low = name.lower()
    for degree, pattern in zip((3, 2, 1), _HOT, strict=True):
        if pattern.search(low):
            return degree
    return 0
