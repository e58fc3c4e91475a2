"""The tables that package design is chosen from: words, and colours of packs and of things."""

Rgb = tuple[int, int, int]

KEYWORDS = """
bubble: soap, detergent, shampoo, clean, wash, dish, laundry, 세제, 비누, 샴푸, 세정
bubble: 치약, 세탁
coffee: coffee, espresso, latte, mocha, 커피, 라떼, 에스프레소
citrus: orange, lemon, lime, citron, tangerine, mandarin, grapefruit, 오렌지, 레몬, 라임, 감귤
citrus: 유자, 자몽
berry: strawberr, raspberr, 딸기, 산딸기
fruit: juice, jam, jelly, fruit, apple, pear, berr, blueberr, grape, peach, cherry, mango
fruit: 블루베리, 베리, banana, smoothie, 주스, 잼, 매실청, 과일, 사과, 포도, 복숭아, 체리, 망고
leaf: green tea, tea, herb, 녹차, 홍차, 보리차, 메밀차, 티백, 얼그레이, earl grey
chili: chili, chilli, salsa, hot sauce, gochu, spicy, sriracha, 고추, 매운, 양념, 고춧
noodle: noodle, ramen, ramyeon, pasta, spaghetti, macaroni, linguine, 라면, 국수, 냉면, 우동
noodle: 파스타, 스파게티
chips: chip, crisp, snack, pretzel, nacho, tortilla, popcorn, puff, 칩, 스낵, 과자, 팝콘
cocoa: chocolate, cocoa, brownie, fudge, candy, 초콜릿, 초코, 코코아
cookie: cookie, biscuit, cracker, wafer, cake, pastry, 쿠키, 비스킷, 케이크, 크래커
bread: bread, bun, bagel, toast, roll, muffin, bakery, dough, 빵, 식빵
tomato: tomato, marinara, ketchup, pizza, salad, vegetable, pickle, 토마토, 케첩, 채소
tomato: 김치
fish: fish, tuna, salmon, seafood, shrimp, anchovy, sardine, 참치, 연어, 생선, 멸치
fish: 해물
leaf: seaweed, laver, spinach, lettuce, kale, 김, 미역, 시금치
meat: meat, ham, sausage, beef, pork, chicken, turkey, bacon, 고기, 햄, 소시지, 닭, 돼지
meat: 쇠고기
milk: milk, dairy, yogurt, yoghurt, cheese, cream, butter, kefir, 우유, 요구르트, 요거트
milk: 치즈, 크림, 버터
grain: cereal, granola, oat, rice, grain, muesli, flour, wheat, barley, corn, 현미
grain: 그래놀라, 시리얼, 쌀, 귀리, 곡물, 밀가루, 밥
bean: bean, soy, tofu, lentil, nut, almond, pea, hummus, 콩, 두부, 두유, 아몬드, 땅콩
bean: 견과, 간장, 된장
coffee: café, kaffee, caffè, moka, cappuccino
cocoa: chocolat, schoko, cioccolat, cacao, noisette
citrus: citron, agrume, zitrone, limón, naranja, arancia, clémentine
berry: fraise, erdbeer, fresa, fragola
fruit: pomme, poire, pêche, cerise, abricot, framboise, raisin, apfel, birne, kirsch, manzana
fruit: mela, pesca, pineapple, plum, fig, kiwi, melon, apricot, cranberr, coconut, ananas, compote
leaf: thé, tee, infusion, tisane, verveine, menthe
fish: saumon, thon, sardin, crevette, poisson, cabillaud, lachs, atún, tonno, hareng, maquereau
meat: poulet, saucisse, viande, jambon, porc, boeuf, bœuf, canard, dinde, lardon, fleisch, wurst
meat: schinken, jamón, carne, prosciutto, foie gras, rillettes, chorizo
milk: lait, milch, leche, crème, fromage, yaourt, joghurt, chèvre, tomme, mascarpone, gorgonzola
bread: pain, brioche, brot, pane, baguette, croissant
tomato: tomate, pomodoro, légume, gemüse, verdura
grain: riz, céréale, avoine, épeautre, reis, hafer, arroz, riso, quinoa
bean: haricot, lentille, pois, amande, noix, bohne, erbse
drop: eau, huile, vinaigre, öl, aceite, olio, sirop, limonade
drop: water, soda, cola, beverage, drink, sparkling, oil, vinegar, sauce, honey, syrup
drop: dressing, seasoning, 샘물, 생수, 콜라, 사이다, 음료, 탄산, 기름, 식초, 꿀, 소스
"""
"""What a product is, by words in its name, else its category; the first line that fits wins.

Latin words match at the start of a word ("tea" is not in "steak"), Korean ones anywhere.
"""

BASES: dict[str, tuple[str, ...]] = {
    "bubble": ("#1f7ac4", "#1aa6a6", "#5a4fc0", "#2f9e6d"),
    "coffee": ("#4a2c1d", "#7a1f22", "#23313d", "#8a5a2b"),
    "leaf": ("#2f8f4e", "#12724f", "#7aa63c", "#0f6e63"),
    "chili": ("#c5281c", "#a3161d", "#d9480f", "#7f1414"),
    "noodle": ("#d6361f", "#e8a013", "#1b4f9c", "#c2410c"),
    "chips": ("#f0b90b", "#d8342b", "#1f9d57", "#1565c0", "#8e3bb0"),
    "cocoa": ("#4b2416", "#6a1b3d", "#273a6b", "#7b3f16"),
    "cookie": ("#c98a2b", "#234e9f", "#8c3b2e", "#0f766e"),
    "bread": ("#d9a04a", "#9c5a1e", "#2b5c8a", "#b03a2e"),
    "tomato": ("#c62828", "#2e7d32", "#b3361b", "#8d1c1c"),
    "citrus": ("#ef8a17", "#d9b310", "#e4572e"),
    "berry": ("#c2183c", "#d81e5b"),
    "fruit": ("#e4572e", "#c2185b", "#7b2fa0", "#ef8a17"),
    "fish": ("#12509b", "#0e7490", "#1d3557", "#c0392b"),
    "meat": ("#a1262c", "#7a2e1d", "#c0392b", "#34495e"),
    "milk": ("#1e88d2", "#2aa0b8", "#3558c4", "#e7e4da"),
    "grain": ("#1d8f6d", "#c98a1b", "#c2402c", "#2a5fb0"),
    "bean": ("#7a5230", "#3e7d3a", "#2b2422", "#a8742a"),
    "drop": ("#1769aa", "#b3122a", "#148a7a", "#e08a00"),
}

FLAVOURS = """
strawberr, 딸기: #d81e3f #c2183c #b3122e
orange, 오렌지, mandarin, tangerine, 감귤, clementine: #f7931e #ee7d11 #ef8a14
apple, 사과: #d32f2f #5a9e2f #d9962e
grape, 포도: #6a3aa2 #5b2a86 #4a1f5e
lemon, 레몬, yuzu, 유자, citron: #f6d32d #d9b310 #f0cf4a
peach, 복숭아, apricot: #ff9f7a #ef7f6b #d98a3c
cherry, 체리: #b3122a #9c1127 #7a0d1c
blueberr, 블루베리, 베리, berr: #3f51b5 #5a3a8e #3a1f4e
mango, 망고: #ffb300 #f29a0e #f7a81c
lime, 라임, melon, 멜론: #8bc34a #4b9b3a #b8d86a
banana, 바나나: #fdd835 #e9bd1c #f5e6a0
pear, 배 주스: #d6c552 #7a9a2e #e8dc9c
tomato, 토마토, marinara, ketchup, 케첩: #d32f2f #b3261e #ae2418
cucumber, 오이, pickle, 피클: #5f9e3c #2e7d32 #74903a
sweet potato, 고구마: #d9822b #a8451f #c9762a
seaweed, 김스낵, laver: #2c4a2e #14724a #2c4a2e
prawn, shrimp, 새우: #f2a980 #d8452b #e08a5a
popcorn, 팝콘: #f8ecc0 #e0b21c #f3d98a
corn, 옥수수: #f2c230 #d9a514 #efc23a
honey, 꿀, syrup, 시럽: #e8a21a #d98a0b #d8860e
sesame oil, 참기름: #c98a2b #8a4b12 #9c5a16
oil, 기름, 올리브유: #dcb23a #7a7a1a #d2a02a
vinegar, 식초: #dcbf6a #8a6b1f #d9b66e
cola, 콜라: #7a1a12 #b3122a #2c120c
"""
"""Words in the name: the colours of the thing itself, of its package, and of it behind glass."""

CAPS = ("#c8202a", "#1c7c3f", "#f2f2ef", "#1d3f8f", "#23272b", "#e5a00d")

ITEMS: dict[str, Rgb] = {
    "bubble": (150, 210, 245), "coffee": (92, 52, 28), "leaf": (72, 150, 58),
    "chili": (214, 36, 26), "noodle": (244, 206, 118), "chips": (245, 196, 76),
    "cocoa": (86, 44, 24), "cookie": (206, 148, 78), "bread": (214, 150, 74),
    "tomato": (211, 47, 40), "fruit": (226, 74, 46),
    "citrus": (247, 147, 30),
    "berry": (216, 30, 63), "fish": (120, 156, 184),
    "meat": (206, 96, 88), "milk": (250, 250, 248), "grain": (214, 164, 88),
    "bean": (150, 98, 52), "drop": (120, 190, 236),
}  # fmt: skip

CONTENTS: dict[str, Rgb] = {
    "coffee": (58, 32, 18), "leaf": (152, 92, 34), "chili": (158, 24, 14),
    "tomato": (176, 34, 22), "milk": (246, 243, 232), "bean": (44, 24, 16),
    "cocoa": (70, 34, 18), "noodle": (214, 150, 64), "grain": (206, 168, 104),
    "drop": (196, 226, 240), "fish": (190, 160, 120),
}  # fmt: skip

PICTURES = """
pickle: gherkin, cornichon, pickle, cucumber, concombre, gurke, 오이, 피클
wheat: flour, 밀가루, 부침가루, 튀김가루
dumpling: dumpling, gyoza, mandu, potsticker, ravioli, 만두, 교자
pizza: pizza, 피자
egg: egg, 계란, 달걀, 유정란
tofu: tofu, 두부
rice: rice, 쌀, 현미, 밥, 누룽지, 찹쌀
seaweed: seaweed, laver, kelp, nori, 도시락김, 재래김, 김스낵, 미역, 다시마, 파래
kimchi: kimchi, 김치, 깍두기
stew: stew, soup, curry, chowder, 찌개, 육개장, 곰탕, 미역국, 카레, 사골, 갈비탕, 떡볶이
honey: honey, syrup, 꿀, 시럽
cheese: cheese, cheddar, brie, camembert, fromage, 치즈, 체다, 모차렐라, 까망베르
butter: butter, margarine, 버터
spaghetti: spaghetti, linguine, noodle, pasta, macaroni, penne, fusilli, 국수, 소면, 당면, 스파게티
spaghetti: 링귀니, 펜네, 푸실리, 냉면
sprig: chamomile, roses, lavender, hibiscus, jasmine, 캐모마일, 장미, 라벤더, 히비스커스, 국화
tomato: tomato, ketchup, 토마토, 케첩, rosé, 로제, bolognese, arrabbiata, salsa
leaf: pesto, basil, wasabi, mint, matcha, 페스토, 바질, 와사비, 민트, 말차, 녹차
heap: mustard, 겨자, 머스터드, turmeric, 강황
fish: 꽁치, 골뱅이, 고등어, 번데기, 멸치
fries: fries, french fries, 감자튀김, frites, pommes frites
drumstick: chicken, 닭강정, 치킨, 닭가슴살, 닭볶음탕, 닭갈비, poulet, pollo
banana: banana, 바나나, banane
popcorn: popcorn, 팝콘
corn: corn, 옥수수, maïs
candy: candy, gum, jelly, marshmallow, caramel, 사탕, 캔디, 껌, 젤리, 카라멜, 캐러멜
nut: almond, cashew, walnut, peanut, nut, seed, 아몬드, 캐슈, 호두, 땅콩, 견과, 참깨, 들깨
potatoes: potato salad, mashed potato, potatoes
potato: potato chips, stacked chips, 감자칩, 스택칩
carrot: carrot, 당근
broccoli: okra, zucchini, celery, asparagus, asperges, artichoke, green beans, légumes, salade
broccoli: vegetable, broccoli, salad, pea, spinach, lettuce, 채소, 샐러드, 완두, 시금치, 상추, 나물
mushroom: mushroom, champignon, shiitake, shitake, 표고, 팽이, 새송이, 버섯
shrimp: shrimp, prawn, 새우
squid: squid, octopus, 오징어, 낙지
sausage: sausage, hot dog, frank, 소시지, 비엔나
"""
"""What is painted, by words in a product's name; the first line that fits wins."""

KIND_PICTURES: dict[str, str] = {
    "pet": "paw", "baby": "bear", "oral": "tooth", "paper": "roll", "laundry": "shirt",
    "cleaning": "sparkle", "body": "sprig", "health": "pill", "icecream": "scoops",
    "frozen": "stew", "noodles": "noodle", "pasta": "spaghetti", "noodle-dry": "spaghetti",
    "cereal": "cereal", "bar": "nut", "cheese": "cheese", "butter": "butter", "candy": "candy",
    "nuts": "nut", "soup": "stew", "tea": "cup", "beer": "beer", "wine": "grapes",
    "water": "peaks", "soda": "drop", "rice": "rice", "baking": "wheat", "spice": "heap",
    "oil": "drop", "seaweed": "seaweed", "kimchi": "kimchi", "tin-fish": "fish", "tofu": "tofu",
    "eggs": "egg", "deli": "sausage", "fish": "fish", "meat": "meat", "meal": "stew",
    "bread": "bread", "fresh": "broccoli", "coffee": "coffee", "chocolate": "cocoa",
    "biscuit": "cookie", "sauce": "bean", "vinegar": "drop", "condiment": "broccoli",
    "pickles": "pickle",
}  # fmt: skip
"""What a kind is known by, where the name says nothing; else the broad motif is painted."""

KIND_MOTIFS: dict[str, str] = {
    "chocolate": "cocoa", "meat": "meat", "deli": "meat", "fish": "fish", "tin-fish": "fish",
    "coffee": "coffee", "ready": "coffee", "milk": "milk", "yogurt": "milk", "cheese": "milk",
    "butter": "milk", "icecream": "milk", "tea": "leaf", "fresh": "leaf", "seaweed": "leaf",
    "juice": "fruit", "spread": "fruit", "candy": "berry", "soda": "drop", "water": "drop",
    "oil": "drop", "vinegar": "drop", "sauce": "bean", "tofu": "bean", "nuts": "bean",
    "condiment": "tomato", "tin": "tomato", "soup": "tomato", "pickles": "tomato",
    "kimchi": "chili", "spice": "chili", "noodles": "noodle", "noodle-dry": "noodle",
    "pasta": "noodle", "snack": "chips", "frozen": "fish", "biscuit": "cookie",
    "bread": "bread", "laundry": "bubble", "cleaning": "bubble", "body": "bubble",
    "oral": "bubble", "paper": "bubble", "health": "drop", "pet": "meat", "baby": "milk",
    "cereal": "grain", "rice": "grain", "baking": "grain", "bar": "grain", "eggs": "grain",
    "meal": "meat", "beer": "grain", "wine": "fruit",
}  # fmt: skip
"""The broad motif of a kind, where neither name nor category has a word for one."""

PLAIN_BASES = (
    "#c8402c", "#1f6fb0", "#2f8f4e", "#e0982a", "#7a4aa0", "#12807a", "#b8325e", "#3a4a6a",
    "#8a6a2a", "#d8602a", "#4a8a3a", "#5a5ab8",
)  # fmt: skip
"""Colours of goods that no word explains."""
