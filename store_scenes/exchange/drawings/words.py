"""The words on a drawing, in the languages that drawings are lettered in."""

import math

from store_scenes.layout.documents import FixturePlacement

_ENGLISH = {
    "floor-plan": "Floor plan", "schedule": "Fixture schedule", "elevation": "Shelf elevation",
    "continued": "continued", "store": "Store", "sheet": "Sheet", "scale": "Scale",
    "drawing": "Drawing", "revision": "Layout", "units": "All dimensions in millimetres",
    "legend": "Legend", "entrance": "Entrance", "front": "Customer side", "aisle": "Aisle line",
    "cut": "Cut of the dimension chains", "zone": "Zone", "no": "No.", "sku": "SKU",
    "gtin": "GTIN", "name": "Product", "facings": "Facings", "size": "W × H × D", "qty": "Units",
    "as": "Stands as", "shelf": "Shelf", "height": "height", "depth": "depth", "clear": "clear",
    "slope": "leans",
    "section": "Section", "key-plan": "Where it stands", "id": "Fixture", "type": "Type",
    "where": "Aisle", "bays": "Planograms", "outline": "W × D × H", "at": "x / z", "turn": "Turn",
    "bay": "bay", "of": "of", "back": "back", "unknown": "not in the catalogue",
    "goods": "Facing with its number in the table", "cap": "Caps", "up": "Where its top points",
    "paper": "Paper", "positions": "positions", "facing-sum": "facings", "floor-area": "Floor",
    "wall": "Wall", "glazed": "Shop front", "empty": "no products",
    "gondola": "Gondola", "endcap": "Endcap", "chiller": "Chilled cabinet", "freezer": "Freezer",
    "produce": "Produce stand", "till": "Till", "basket": "Baskets", "table": "Table",
    "pegboard": "Pegboard", "island": "Island", "bin": "Dump bin", "wall-rack": "Wall rack",
    "poster-wall": "Poster wall", "sign": "Sign", "door": "Door",
}  # fmt: skip

_KOREAN = {
    "floor-plan": "평면도", "schedule": "집기 목록", "elevation": "진열 입면도",
    "continued": "계속", "store": "매장", "sheet": "도면", "scale": "축척",
    "drawing": "도면명", "revision": "배치", "units": "모든 치수는 mm",
    "legend": "범례", "entrance": "출입구", "front": "고객 쪽", "aisle": "통로 중심선",
    "cut": "치수선 절단 위치", "zone": "구역", "no": "번호", "sku": "SKU",
    "gtin": "GTIN", "name": "상품", "facings": "페이싱", "size": "가로×높이×깊이", "qty": "수량",
    "as": "진열 방식", "shelf": "선반", "height": "높이", "depth": "깊이", "clear": "여유 높이",
    "slope": "기울기",
    "section": "단면", "key-plan": "위치", "id": "집기", "type": "종류",
    "where": "통로", "bays": "플라노그램", "outline": "가로×깊이×높이", "at": "x / z",
    "turn": "회전",
    "bay": "베이", "of": "/", "back": "뒷면", "unknown": "카탈로그에 없음",
    "goods": "페이싱과 표의 번호", "cap": "캡", "up": "상품 윗면 방향",
    "paper": "용지", "positions": "위치", "facing-sum": "페이싱", "floor-area": "바닥",
    "wall": "벽", "glazed": "유리 전면", "empty": "상품 없음",
    "gondola": "곤돌라", "endcap": "엔드캡", "chiller": "냉장고", "freezer": "냉동고",
    "produce": "청과 진열대", "till": "계산대", "basket": "바구니", "table": "테이블",
    "pegboard": "페그보드", "island": "아일랜드", "bin": "덤프 빈", "wall-rack": "벽 선반",
    "poster-wall": "포스터 월", "sign": "안내판", "door": "문",
}  # fmt: skip

LANGUAGES = {"en": _ENGLISH, "ko": _KOREAN}


class Words:
    """Words of one language; a language without a table of its own is lettered in English."""

    def __init__(self, language: str) -> None:
        """`language` is two letters; names of products and aisles follow it too."""
        self.language = language
        self._words = LANGUAGES.get(language, _ENGLISH)

    def __getitem__(self, key: str) -> str:
        """The word; a key without one (a fixture type of someone's own) stands for itself."""
        return self._words.get(key, key)

    def named(self, names: dict[str, str], otherwise: str = "") -> str:
        """A name in the language, else English, else any, else `otherwise`."""
        return names.get(self.language) or names.get("en") or next(iter(names.values()), otherwise)

    def of_fixture(self, placement: FixturePlacement) -> str:
        """Its id and what it is."""
        return f"{placement.id} · {self[placement.type]}"


def number(mm: float) -> str:
    """Whole millimetres, tenths only where they matter: 1200, 82.5."""
    tenths = math.floor(mm * 10.0 + 0.5) / 10.0
    return f"{tenths:.0f}" if tenths == math.floor(tenths) else f"{tenths:.1f}"
