"""Kinds of products, by the words that catalogues have for them, in the languages we speak. Pure.

The one place: panels, search and the backs of packages say a category by it.
"""

from typing import Final, Literal

Language = Literal["ko", "en"]

CATEGORY_NAMES: Final[dict[str, dict[Language, str]]] = {
    "milk": {"ko": "우유", "en": "Milk"},
    "yogurt": {"ko": "요구르트", "en": "Yogurt"},
    "yogurt drink": {"ko": "마시는 요구르트", "en": "Yogurt drink"},
    "cheese": {"ko": "치즈", "en": "Cheese"},
    "butter & spreads": {"ko": "버터·마가린", "en": "Butter & spreads"},
    "eggs": {"ko": "달걀", "en": "Eggs"},
    "tofu": {"ko": "두부", "en": "Tofu"},
    "fresh meat": {"ko": "정육", "en": "Fresh meat"},
    "fish": {"ko": "수산", "en": "Fish"},
    "ham & sausages": {"ko": "햄·소시지", "en": "Ham & sausages"},
    "kimchi & banchan": {"ko": "김치·반찬", "en": "Kimchi & banchan"},
    "chilled meals": {"ko": "냉장 간편식", "en": "Chilled meals"},
    "chilled juice": {"ko": "냉장 주스", "en": "Chilled juice"},
    "soft drinks": {"ko": "탄산음료", "en": "Soft drinks"},
    "water": {"ko": "생수", "en": "Water"},
    "juice": {"ko": "주스", "en": "Juice"},
    "ready teas & coffee": {"ko": "차·커피 음료", "en": "Ready teas & coffee"},
    "tea": {"ko": "차", "en": "Tea"},
    "coffee": {"ko": "커피", "en": "Coffee"},
    "beer": {"ko": "맥주", "en": "Beer"},
    "makgeolli & wine": {"ko": "막걸리·와인", "en": "Makgeolli & wine"},
    "fresh fruit": {"ko": "과일", "en": "Fresh fruit"},
    "fresh vegetables": {"ko": "채소", "en": "Fresh vegetables"},
    "frozen dumplings": {"ko": "냉동 만두", "en": "Frozen dumplings"},
    "frozen meals": {"ko": "냉동 간편식", "en": "Frozen meals"},
    "frozen vegetables & fruit": {
        "ko": "냉동 채소·과일",
        "en": "Frozen vegetables & fruit",
    },
    "ice cream": {"ko": "아이스크림", "en": "Ice cream"},
    "kitchen": {"ko": "주방용품", "en": "Kitchen"},
    "home & gifts": {"ko": "생활·선물", "en": "Home & gifts"},
    "laundry": {"ko": "세탁용품", "en": "Laundry"},
    "cleaning": {"ko": "청소용품", "en": "Cleaning"},
    "hair & body": {"ko": "헤어·바디", "en": "Hair & body"},
    "oral care": {"ko": "구강용품", "en": "Oral care"},
    "paper": {"ko": "화장지", "en": "Paper"},
    "baby": {"ko": "유아용품", "en": "Baby"},
    "pet": {"ko": "반려동물", "en": "Pet"},
    "breakfast cereal": {"ko": "시리얼", "en": "Breakfast cereal"},
    "instant noodles": {"ko": "라면", "en": "Instant noodles"},
    "cup noodles": {"ko": "컵라면", "en": "Cup noodles"},
    "noodles": {"ko": "국수", "en": "Noodles"},
    "pasta": {"ko": "파스타", "en": "Pasta"},
    "pasta sauces": {"ko": "파스타 소스", "en": "Pasta sauces"},
    "rice & grains": {"ko": "쌀·잡곡", "en": "Rice & grains"},
    "instant rice": {"ko": "즉석밥", "en": "Instant rice"},
    "soups & stews": {"ko": "국·찌개", "en": "Soups & stews"},
    "canned": {"ko": "통조림", "en": "Canned"},
    "soy sauce & pastes": {"ko": "간장·장류", "en": "Soy sauce & pastes"},
    "oils": {"ko": "식용유", "en": "Oils"},
    "ketchup & dressings": {"ko": "케첩·드레싱", "en": "Ketchup & dressings"},
    "spices & flour": {"ko": "양념·가루", "en": "Spices & flour"},
    "spreads & honey": {"ko": "잼·꿀", "en": "Spreads & honey"},
    "seaweed": {"ko": "김", "en": "Seaweed"},
    "chips & snacks": {"ko": "과자", "en": "Chips & snacks"},
    "nuts & dried fruit": {"ko": "견과·말린 과일", "en": "Nuts & dried fruit"},
    "biscuits": {"ko": "비스킷", "en": "Biscuits"},
    "chocolate": {"ko": "초콜릿", "en": "Chocolate"},
    "candy & gum": {"ko": "사탕·껌", "en": "Candy & gum"},
    "bread": {"ko": "빵", "en": "Bread"},
}
"""By the catalogue's word in small letters."""


def category_name(category: str, language: str) -> str:
    """A catalogue's word for a kind of product, in `language` where we know it, else as it is."""
    known = CATEGORY_NAMES.get(category.casefold())
    return category if known is None else known["ko" if language == "ko" else "en"]
