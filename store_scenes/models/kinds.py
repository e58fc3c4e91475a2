"""What kind of goods a product is, by the words of its category and its name.

The kind chooses how a pack is composed; any catalogue's words lead somewhere sensible. Words are
English, Korean, French, German, Spanish and Italian.
"""

import functools
import re

SPECIFIC = """
biscuit: sablé, petit beurre, galettes, spéculoos, madeleine, palmier, butterkeks
ready: ready teas, ready-to-drink, iced tea, iced-teas, iced & bottle tea, 아이스티
ready: eistee, thé glacé
pet: pet, pets, dog food, cat food, dog, kitten, puppy, 강아지, 고양이, 반려, 애견, 사료, 펫
pet: chien, chat, croquettes, hund, katze, perro, gato, cane, gatto
baby: baby, babies, infant, diaper, diapers, 아기, 유아, 기저귀, 분유, 이유식, bébé
baby: säugling, bebé
oral: oral, toothpaste, toothbrush, mouthwash, 치약, 칫솔, 구강, dentifrice, zahnpasta
oral: dentífrico
oral: dentifricio
paper: tissue, toilet paper, paper towel, napkin, paper, 화장지, 휴지, 티슈, 키친타월, 물티슈
paper: mouchoirs, essuie-tout, taschentücher, servilletas, tovaglioli
laundry: laundry, detergent, softener, washing powder, bleach, 세탁, 세제, 섬유유연제, 표백
laundry: lessive, waschmittel, detergente, detersivo
cleaning: cleaning, cleaner, household, kitchen, scouring, dish soap, 세정, 청소, 주방, 수세미
cleaning: nettoyant, reiniger, spülmittel, limpiador, pulito
body: hair, body, shampoo, conditioner, cosmetics, hand cream, skin, sun cream, 샴푸, 바디, 로션
body: 린스, 비누, 핸드, 선크림, 폼클렌징, savon, shampooing, seife, jabón, sapone, soap
health: vitamin, vitamins, supplement, supplements, dietary-supplements, 비타민, 홍삼, 영양제
health: complément, nahrungsergänzung
icecream: ice cream, frozen yogurt, frozen desserts, sorbet, gelato, popsicle, 아이스크림, 빙과
icecream: 막대, 아이스바, crème glacée, glace, eiscreme, helado, gelati
frozen: frozen, dumpling, dumplings, 냉동, 만두, 교자, surgelé, surgelés, tiefkühl
frozen: congelado
frozen: surgelati, waffles, appetizers
noodles: instant noodles, cup noodles, ramen, ramyeon, ramyun, 라면, 컵라면, 우동, udon
noodles: soba
noodles: 짬뽕, 짜장
condiment: pasta sauce, pasta sauces, pizza sauces, ketchup, mustard, mayonnaise
condiment: dressing, salsa
condiment: dressings, dips, dip, bbq, marinara, barbecue sauce, hot sauce, 케첩, 마요네즈
condiment: 머스타드
condiment: 드레싱, 소스, hummus, guacamole, moutarde, senf, mostaza, senape
condiment: cooking sauces, sriracha
frozen: pizza, 피자
sauce: tamari, teriyaki, miso
sauce: soy sauce, soy, pastes, doenjang, gochujang, ethnic sauces, sauce, sauces, 간장, 된장
sauce: 고추장
sauce: 쌈장, 액젓, 춘장, 다시다, gravy
vinegar: vinegar, vinegars, 식초, vinaigre, essig, vinagre, aceto
pasta: pasta, spaghetti, macaroni, penne, linguine, fusilli, lasagna, 파스타, 스파게티, 마카로니
pasta: pâtes, nudeln, tagliatelle, gnocchi, ravioli, 링귀니, 펜네, 푸실리
noodle-dry: noodles, noodle, vermicelli, 국수, 소면, 당면, 냉면, 칼국수, nouilles
cereal: cereal, granola, muesli, oatmeal, oats, corn flakes, 시리얼, 그래놀라, 뮤즐리, 오트밀
cereal: 플레이크, 귀리, céréales, müsli, haferflocken, cereales, cereali, avena
bar: snack bar, energy bar, granola bars, protein bar, bars, 에너지바, 단백질바
yogurt: yogurt, yoghurt, kefir, yogurt drink, 요거트, 요구르트, 발효유, 야쿠르트, yaourt
yogurt: joghurt
yogurt: skyr, yaourts, yogur
milk: chocolate milk, 초코우유, 바나나우유, 딸기우유, 커피우유, almond milk
milk: almond-milks
milk: plant based milk, oat drink, soy milk, 두유, plant-milks, milk additives
milk: coconut milk
cheese: tomme, brie, mascarpone, gorgonzola, chèvre, emmental, comté, roquefort, feta, ricotta
cheese: cheese, cheddar, mozzarella, 치즈, fromage, käse, queso, formaggio, parmesan
cheese: camembert
butter: butter, margarine, butter & spreads, 버터, 마가린, beurre, mantequilla, burro
milk: milk, dairy-drinks, creamer, cream, whipping, 우유, 생크림, lait, milch, leche
milk: latte fresco
chocolate: chocolate, chocolates, cocoa, truffle, truffles, 초콜릿, 코코아, chocolat
chocolate: schokolade
chocolate: cioccolato, praline, fudge
candy: candy, candies, gum, gummy, jelly beans, marshmallow, lollipop, 사탕, 캔디, 껌, 젤리
candy: bonbons, süßigkeiten, caramelos, caramelle, licorice, caramel, mints
biscuit: cookie, cookies, biscuit, biscuits, cracker, crackers, wafer, wafers, biscotti, 쿠키
biscuit: 비스킷, 크래커, 웨이퍼, 과자 세트, 파이, gâteaux, keks, galletas, biscotti
biscuit: galette
nuts: nut, nuts, almonds, almond, cashews, walnuts, peanuts, seeds, dried fruit, raisins, 견과
nuts: 아몬드, 땅콩, 호두, 건포도, noix, nüsse, frutos secos, pistachios, trail mix
spread: jam, jelly, honey, marmalade, spreads, syrup, syrups, molasses
spread: peanut butter, nut butters
spread: 잼, 꿀, 마멀레이드, 유자청, 매실청, confiture, miel, konfitüre, honig
spread: mermelada, marmellata
soup: soup, soups, stew, stews, broth, curry, porridge, chowder, bouillon, 찌개, 미역국, 수프
soup: 호박죽, 잣죽, 전복죽
soup: 카레, 육개장, 곰탕, soupe, suppe, sopa, zuppa, potage, chili & stew
snack: chips, crisps, snack, snacks, popcorn, pretzel, pretzels, puffs, tortilla, nachos, 감자칩
snack: 스낵, 팝콘, 나초, 과자, 칩, pommes frites, knabber, patatine, croustilles, jerky
tea: tea, teas, herbal tea, tea bags, matcha, 녹차, 홍차, 보리차, 티백, 허브티, thé, tee
tea: tisane
tea: infusion, 메밀차, 둥굴레차, 얼그레이, rooibos
coffee: moka, cappuccino, macchiato, nescafé, 라떼
coffee: coffee, espresso, instant coffee, beans coffee, 커피, 원두, 카페라떼, café, kaffee
coffee: caffè
beer: beer, beers, ale, lager, stout, cider, makgeolli, 맥주, 막걸리, 에일, 라거, bière
beer: bier
beer: cerveza, birra, 필스너
wine: wine, wines, champagne, soju, liquor, whisky, vodka, sake, 와인, 소주, 청주, vin, wein
wine: vino
juice: juice, juices, nectar, nectars, smoothie, lemonade, fruit drinks, 주스, 에이드, jus
juice: saft
juice: zumo, succo, fruit-based-beverages, 착즙, 식혜, 알로에, kombucha, kombuchas
juice: grenadine
soda: soda, sodas, soft drink, soft drinks, cola, energy drink, protein drink
soda: sparkling drinks
soda: 콜라, 사이다, 탄산음료, 이온음료, 에너지음료, sweetened-beverages, limonade
soda: refrescos
soda: artificially-sweetened-beverages
water: water, waters, mineral water, sparkling water, 생수, 샘물, 탄산수, 물, eau, eaux
water: wasser, agua
water: acqua
rice: rice, grains, grain, quinoa, barley, lentils, beans dry, 쌀, 현미, 잡곡, 찹쌀, 즉석밥
rice: 보리쌀
rice: riz, reis, arroz, riso, couscous, 햇반, 밥
baking: flour, sugar, baking, mix, mixes, starch, yeast, cake mix, dough, crusts, 밀가루, 설탕
baking: 부침가루, 튀김가루, 전분, 베이킹, farine, mehl, zucker, harina, farina, sucre, salt
baking: 소금
spice: spice, spices, herbs, seasoning, pepper, marinades, 후추, 향신료, 고춧가루, 조미료
spice: 볶음깨
spice: épices, gewürze, especias, spezie, 시즈닝, 참깨
oil: oil, oils, olive oil, cooking oils, 식용유, 참기름, 들기름, 올리브유, 기름, huile, öl
oil: aceite
oil: olio, sesame oil, 카놀라유
seaweed: seaweed, laver, kelp, 김, 미역, 다시마, algues, 도시락김
kimchi: kimchi, banchan, 김치, 깍두기, 반찬, 장아찌, 젓갈, 나물무침, 절임, sauerkraut
pickles: pickle, pickles, olives, relishes, gherkins, peppers & relishes, 피클, 올리브
pickles: cornichon
tin-fish: sardinas, sardinillas, maquereaux, anchois
tin-fish: tuna, canned fish, canned seafood, canned tuna, sardine, sardines, anchovies, 참치
tin-fish: 꽁치
tin-fish: 골뱅이, thon, thunfisch, atún, tonno
tin: canned, tinned, canned fruit, canned vegetables, preserves, 통조림, conserves
tin: konserven
tin: conservas, spam, luncheon meat, 스팸, canned meat
tin: canned & bottled beans, tomatoes
tofu: tofu, tempeh, bean curd, 두부, 순두부, 유부
eggs: egg, eggs, 계란, 달걀, 유정란, 메추리알, œufs, eier, huevos, uova
deli: saucisse, saucisses, saucisson, foie gras, rillettes, pâté, lardons, chorizo, salchicha
deli: ham, sausage, sausages, bacon, deli, salami, pepperoni, cold cuts, hot dog, 햄, 소시지
deli: 베이컨
deli: 어묵, 맛살, jambon, schinken, jamón, prosciutto, wurst, hotdogs
fish: saumon, lachs, crevettes, cabillaud, hareng, salmón, gambas
fish: fish, seafood, salmon, mackerel, shrimp, squid, clams, 생선, 고등어, 연어, 오징어, 새우
fish: 갈치
fish: poisson, fisch, pescado, pesce, 조개, 수산
meat: meat, meats, beef, pork, chicken, lamb, turkey, 고기, 한우, 삼겹살, 목살, 닭, 돼지, 정육
meat: 불고기
meat: viande, fleisch, carne, poulet, bœuf, porc, 등심, 안심, 갈비
meal: meal, meals, dinner, dinners, ready meal, entrees, sandwich, lunch
meal: chilled meals, 도시락
meal: 밀키트, 떡볶이, 비빔밥, 볶음밥, plats, fertiggerichte, kimbap, 김밥, 잡채, sushi
meal: salad kit
bread: bread, breads, bakery, bun, buns, bagel, toast, muffin, cake, cakes, croissant
bread: tortillas
bread: 빵, 식빵, 베이글, 모닝빵, 케이크, 크루아상, pain, brot, pan, pane, pastries
bread: baguette, brioche
fresh: fruit, fruits, vegetable, vegetables, salad, salads, produce, lettuce, mushrooms, 과일
fresh: 채소
fresh: 야채, 샐러드, 버섯, 시금치, 콩나물, 상추, légumes, gemüse, verdura, fruta, frutta
fresh: obst, salade
fresh: leaf-salads, asparagus, celery, spinach, berries
"""
"""Kind, then its words. The first line with a word in the text wins."""

BROAD = """
juice: drink, drinks, beverage, beverages, boisson, boissons, getränke, bebidas, bevande, 음료
milk: dairy, lacteos, 유제품, laitiers
sauce: pantry, grocery, cupboard
tea: tea-coffee
cleaning: home, maison, haushalt
snack: food
"""
"""Said of many things: asked of the category when nothing else fits."""

KINDS = tuple(
    dict.fromkeys(line.partition(":")[0] for line in (SPECIFIC + BROAD).split("\n") if line.strip())
)

WORD_CHARACTERS_MAX = 600
"""More text than that of names and category is not looked at."""


def kind_of(category: str, names: str) -> str:
    """One of `KINDS`, or "" where no word is known. Both texts in any case."""
    category, names = category[:WORD_CHARACTERS_MAX].lower(), names[:WORD_CHARACTERS_MAX].lower()
    return _kind(category, _SPECIFIC) or _kind(names, _SPECIFIC) or _kind(category, _BROAD)


@functools.lru_cache(maxsize=4096)
def _kind(text: str, table: str) -> str:
    for kind, pattern in _patterns(table):
        if pattern.search(text):
            return kind
    return ""


_SPECIFIC, _BROAD = "specific", "broad"


@functools.cache
def _patterns(table: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = SPECIFIC if table == _SPECIFIC else BROAD
    lines = (line.partition(":") for line in text.strip().splitlines())
    return tuple((kind, any_word(words)) for kind, _, words in lines)


def any_word(words: str) -> re.Pattern[str]:
    """Any of the words between commas: whole Latin ones or their plural, Korean ones anywhere.

    A Korean word of one syllable only at the end of a word: 물 is not in 물티슈.
    """
    parts = []
    for word in (word.strip() for word in words.split(",")):
        if not any("가" <= character <= "힣" for character in word):
            parts.append(rf"\b{re.escape(word)}(?:e?s)?\b")
        elif len(word) == 1:
            parts.append(rf"{word}(?![가-힣])")
        else:
            parts.append(re.escape(word))
    return re.compile("|".join(parts))
