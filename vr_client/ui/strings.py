"""Every sentence the shopper reads, in both languages. Keys are ours, texts are people's."""

from typing import Literal

from vr_client.ui.particles import with_particles

Language = Literal["ko", "en"]

STRINGS: dict[str, dict[Language, str]] = {
    # product card
    "card.add": {"ko": "담기 {price}", "en": "Add {price}"},
    "card.stock": {"ko": "재고 {count}개", "en": "{count} in stock"},
    "card.low_stock": {"ko": "{count}개 남음", "en": "Only {count} left"},
    "card.sold_out": {"ko": "품절", "en": "Sold out"},
    "card.unpriced": {"ko": "가격 없음", "en": "No price"},
    "card.unpriced_why": {
        "ko": "아직 살 수 없는 상품입니다",
        "en": "This product cannot be bought yet",
    },
    "card.in_cart": {"ko": "장바구니에 {count}개", "en": "{count} in your cart"},
    "card.offer": {"ko": "{percent}% 할인", "en": "{percent}% off"},
    "card.sample": {"ko": "견본 가격", "en": "Sample price"},
    "card.per": {"ko": "{basis}당 · 1일 기준치 %", "en": "per {basis} · % of a day"},
    "card.contains": {"ko": "알레르기: {names}", "en": "Contains: {names}"},
    "card.may_contain": {"ko": "섞였을 수 있음: {names}", "en": "May contain: {names}"},
    "card.others": {"ko": "비슷한 상품", "en": "You could also take"},
    "card.compare": {"ko": "비교", "en": "Compare"},
    # two side by side
    "compare.title": {"ko": "나란히 비교", "en": "Side by side"},
    "compare.price": {"ko": "가격", "en": "Price"},
    "compare.unit_price": {"ko": "단위 가격", "en": "Unit price"},
    "compare.size": {"ko": "용량", "en": "Size"},
    "compare.stock": {"ko": "재고", "en": "Stock"},
    "compare.allergens": {"ko": "알레르기", "en": "Allergens"},
    "compare.nutrition": {"ko": "영양성분", "en": "Nutrition"},
    "compare.per": {"ko": "{basis}당", "en": "per {basis}"},
    "compare.cheaper": {"ko": "▼ 더 저렴", "en": "▼ cheaper"},
    "compare.none": {"ko": "표시 없음", "en": "none declared"},
    "compare.unknown": {"ko": "정보 없음", "en": "not told"},
    "compare.swap": {"ko": "다른 상품", "en": "Another"},
    "compare.add": {"ko": "담기", "en": "Add"},
    # what a food's label says
    "nutrient.energy": {"ko": "열량", "en": "Energy"},
    "nutrient.fat": {"ko": "지방", "en": "Fat"},
    "nutrient.saturates": {"ko": "포화지방", "en": "Saturates"},
    "nutrient.carbohydrate": {"ko": "탄수화물", "en": "Carbohydrate"},
    "nutrient.sugars": {"ko": "당류", "en": "Sugars"},
    "nutrient.protein": {"ko": "단백질", "en": "Protein"},
    "nutrient.salt": {"ko": "소금", "en": "Salt"},
    "nutrient.sodium": {"ko": "나트륨", "en": "Sodium"},
    "allergen.gluten": {"ko": "글루텐", "en": "gluten"},
    "allergen.crustaceans": {"ko": "갑각류", "en": "crustaceans"},
    "allergen.eggs": {"ko": "알류", "en": "eggs"},
    "allergen.fish": {"ko": "생선", "en": "fish"},
    "allergen.peanuts": {"ko": "땅콩", "en": "peanuts"},
    "allergen.soybeans": {"ko": "대두", "en": "soybeans"},
    "allergen.milk": {"ko": "우유", "en": "milk"},
    "allergen.nuts": {"ko": "견과류", "en": "nuts"},
    "allergen.celery": {"ko": "셀러리", "en": "celery"},
    "allergen.mustard": {"ko": "겨자", "en": "mustard"},
    "allergen.sesame": {"ko": "참깨", "en": "sesame"},
    "allergen.sulphites": {"ko": "아황산류", "en": "sulphites"},
    "allergen.lupin": {"ko": "루핀", "en": "lupin"},
    "allergen.molluscs": {"ko": "조개류", "en": "molluscs"},
    "allergen.wheat": {"ko": "밀", "en": "wheat"},
    "allergen.buckwheat": {"ko": "메밀", "en": "buckwheat"},
    "allergen.walnuts": {"ko": "호두", "en": "walnuts"},
    "allergen.pine-nuts": {"ko": "잣", "en": "pine nuts"},
    "allergen.mackerel": {"ko": "고등어", "en": "mackerel"},
    "allergen.crab": {"ko": "게", "en": "crab"},
    "allergen.shrimp": {"ko": "새우", "en": "shrimp"},
    "allergen.squid": {"ko": "오징어", "en": "squid"},
    "allergen.pork": {"ko": "돼지고기", "en": "pork"},
    "allergen.beef": {"ko": "쇠고기", "en": "beef"},
    "allergen.chicken": {"ko": "닭고기", "en": "chicken"},
    "allergen.peach": {"ko": "복숭아", "en": "peach"},
    "allergen.tomato": {"ko": "토마토", "en": "tomato"},
    # cart
    "cart.title": {"ko": "장바구니", "en": "Cart"},
    "cart.units": {"ko": "{count}개 상품", "en": "{count} items"},
    "cart.unit": {"ko": "{count}개 상품", "en": "{count} item"},
    "cart.empty": {"ko": "장바구니가 비어 있습니다", "en": "Your cart is empty"},
    "cart.empty_hint": {
        "ko": "상품을 가리키고 눌러 담아 보세요",
        "en": "Point at a product and press to add it",
    },
    "cart.each": {"ko": "개당 {price}", "en": "{price} each"},
    "cart.sum": {"ko": "합계", "en": "Total"},
    "cart.checkout": {"ko": "결제하기 {price}", "en": "Check out {price}"},
    "cart.undo": {"ko": "되돌리기", "en": "Undo"},
    "notice.cart_added": {"ko": "담았습니다: {what}", "en": "Added: {what}"},
    "notice.cart_taken": {"ko": "뺐습니다: {what}", "en": "Taken out: {what}"},
    "notice.undone": {"ko": "되돌렸습니다: {what}", "en": "Undone: {what}"},
    "notice.undone_nothing": {
        "ko": "이미 바뀌어 되돌릴 것이 없습니다: {what}",
        "en": "It has changed since, nothing to undo: {what}",
    },
    "notice.compare_choose": {
        "ko": "{what}와(과) 비교할 상품을 고르세요",
        "en": "Choose a product to compare with {what}",
    },
    "cart.more": {"ko": "외 {count}종", "en": "and {count} more"},
    # checkout
    "checkout.title": {"ko": "휴대폰으로 결제", "en": "Pay on your phone"},
    "checkout.hint": {
        "ko": "헤드셋을 벗지 않고 QR을 스캔하세요",
        "en": "Scan the code without taking the headset off",
    },
    "checkout.hint_window": {
        "ko": "휴대폰으로 QR을 스캔하거나 이 컴퓨터에서 결제하세요",
        "en": "Scan the code with your phone, or pay on this computer",
    },
    "checkout.browse": {"ko": "브라우저에서 결제", "en": "Pay in the browser"},
    "checkout.step_cart": {"ko": "장바구니", "en": "Cart"},
    "checkout.step_pay": {"ko": "결제", "en": "Pay"},
    "checkout.step_done": {"ko": "완료", "en": "Done"},
    "checkout.left": {"ko": "{time} 남음", "en": "{time} left"},
    "checkout.over": {"ko": "시간이 지났습니다", "en": "Time is over"},
    "checkout.cancel": {"ko": "결제 취소", "en": "Cancel checkout"},
    # order
    "order.title": {"ko": "주문이 완료되었습니다", "en": "Order confirmed"},
    "order.number": {"ko": "주문 번호 {number}", "en": "Order {number}"},
    "order.paid": {"ko": "결제 완료", "en": "Paid"},
    "order.close": {"ko": "계속 쇼핑하기", "en": "Keep shopping"},
    # loading, connection
    "loading.title": {"ko": "매장에 들어가는 중", "en": "Entering the shop"},
    "loading.connect": {"ko": "매장에 연결하는 중", "en": "Connecting to the shop"},
    "loading.catalogue": {"ko": "상품 목록을 받는 중", "en": "Receiving the catalogue"},
    "loading.models": {"ko": "3D 모델을 받는 중", "en": "Receiving 3D models"},
    "loading.scene": {"ko": "진열대를 세우는 중", "en": "Putting up the shelves"},
    "notice.connection_lost": {
        "ko": "연결이 끊겼습니다. 다시 연결하는 중…",
        "en": "Connection lost. Reconnecting…",
    },
    # refusals (catalog_sync.wire.messages.Ack) and order endings
    "notice.unknown_product": {
        "ko": "이 상품은 더 이상 팔지 않습니다",
        "en": "This product is no longer sold",
    },
    "notice.unpriced": {
        "ko": "가격이 없어 살 수 없습니다",
        "en": "It has no price, so it cannot be bought",
    },
    "notice.out_of_stock": {
        "ko": "재고가 모자랍니다",
        "en": "There is not enough in stock",
    },
    "notice.quantity_max": {
        "ko": "한 상품은 99개까지 담을 수 있습니다",
        "en": "At most 99 of one product",
    },
    "notice.lines_max": {
        "ko": "장바구니가 가득 찼습니다",
        "en": "The cart is full",
    },
    "notice.cart_changed": {
        "ko": "장바구니가 바뀌었습니다. 확인 후 다시 결제하세요",
        "en": "Your cart has changed: look at it and check out again",
    },
    "notice.empty_cart": {"ko": "장바구니가 비어 있습니다", "en": "Your cart is empty"},
    "notice.checkout_open": {
        "ko": "이미 결제가 진행 중입니다",
        "en": "A checkout is already open",
    },
    "notice.unknown_order": {
        "ko": "주문을 찾을 수 없습니다",
        "en": "There is no such order",
    },
    "notice.not_cancellable": {
        "ko": "이미 끝난 주문이라 취소할 수 없습니다",
        "en": "This order is finished and cannot be cancelled",
    },
    "notice.outbox_full": {
        "ko": "연결이 없어 더 담아 둘 수 없습니다. 잠시 후 다시 하세요",
        "en": "Too much waits for the connection: try again in a moment",
    },
    "notice.order_cancelled": {
        "ko": "결제를 취소했습니다. 장바구니는 그대로입니다",
        "en": "Checkout cancelled. Your cart is as it was",
    },
    "notice.order_expired": {
        "ko": "결제 시간이 지났습니다. 장바구니는 그대로입니다",
        "en": "The checkout ran out of time. Your cart is as it was",
    },
    "notice.no_browser": {
        "ko": "이 컴퓨터에 브라우저가 없습니다. 휴대폰으로 스캔하세요",
        "en": "There is no browser here: scan the code with your phone",
    },
    "notice.picture_kept": {"ko": "화면을 저장했습니다: {what}", "en": "Picture kept: {what}"},
    "notice.picture_lost": {
        "ko": "{what}에 그림을 저장할 수 없습니다",
        "en": "No picture can be kept in {what}",
    },
    "notice.recording_stopped": {
        "ko": "녹화가 멈췄습니다: {what}",
        "en": "The recording has stopped: {what}",
    },
    # a layout that cannot be shown
    "problem.title": {
        "ko": "바뀐 매장 배치에 문제가 있습니다",
        "en": "The changed layout has a problem",
    },
    "problem.kept": {
        "ko": "고칠 때까지 지금 매장을 그대로 보여 줍니다",
        "en": "The store stays as it was until it is mended",
    },
    # map
    "map.title": {"ko": "매장 지도", "en": "Store map"},
    "map.hint": {"ko": "가고 싶은 곳을 누르세요", "en": "Press where you want to be"},
    "map.looked_for": {"ko": "찾은 상품: {name}", "en": "Found: {name}"},
    "map.sought": {"ko": "‘{query}’ 찾은 곳", "en": "Found for ‘{query}’"},
    # search
    "search.title": {"ko": "상품 찾기", "en": "Find a product"},
    "search.hint": {
        "ko": "이름, 브랜드, 종류, 상품 번호나 첫소리(ㅇㅇ)로 찾아보세요",
        "en": "Type a name, a brand, a kind of product or its number",
    },
    "search.nothing": {
        "ko": "'{query}'에 맞는 상품이 없습니다",
        "en": "Nothing here is called '{query}'",
    },
    "search.looking": {"ko": "‘{query}’ 찾는 중…", "en": "Looking for ‘{query}’…"},
    "search.count": {"ko": "{count}개 찾음", "en": "{count} found"},
    "search.one": {"ko": "{count}개 찾음", "en": "{count} found"},
    "search.meant": {"ko": "‘{meant}’ {count}개 찾음", "en": "{count} found for ‘{meant}’"},
    "search.keys": {"ko": "글자판", "en": "Letters"},
    "search.erase": {"ko": "지우기", "en": "Erase"},
    "search.space": {"ko": "띄우기", "en": "Space"},
    "search.shift": {"ko": "Shift", "en": "Shift"},
    "search.letters": {"ko": "한/영", "en": "EN/한"},
    "search.kinds": {"ko": "{count}가지 종류", "en": "{count} kinds of products"},
    "search.units": {"ko": "{count}개", "en": "{count}"},
    # mirror
    "notice.mirror_middle": {"ko": "한 눈으로 보기", "en": "One eye in the middle"},
    "notice.mirror_left": {"ko": "왼쪽 눈", "en": "Left eye"},
    "notice.mirror_right": {"ko": "오른쪽 눈", "en": "Right eye"},
    "notice.mirror_both": {"ko": "두 눈 나란히", "en": "Both eyes side by side"},
    "notice.headset_gone": {
        "ko": "헤드셋 연결이 끊겼습니다. 이 창에서 그대로 이어집니다",
        "en": "The headset is gone: you go on in this window as you were",
    },
    "notice.not_on_shelf": {
        "ko": "이 상품은 지금 매장에 진열되어 있지 않습니다",
        "en": "This product stands on no shelf at the moment",
    },
    "notice.way_shown": {
        "ko": "바닥의 표시를 따라가세요: {what}",
        "en": "Follow the marks on the floor: {what}",
    },
    "notice.way_here": {"ko": "바로 여기 있습니다: {what}", "en": "It is right here: {what}"},
    # what is heard, in words
    "caption.add": {"ko": "담았습니다: {name}", "en": "In the cart: {name}"},
    "caption.take_out": {"ko": "뺐습니다: {name}", "en": "Taken out: {name}"},
    "caption.refused": {"ko": "할 수 없습니다", "en": "That did not work"},
    "caption.paid": {"ko": "결제가 끝났습니다", "en": "Your order is paid"},
    "caption.lost": {"ko": "연결이 끊겼습니다", "en": "The connection is gone"},
    "caption.back": {"ko": "다시 연결되었습니다", "en": "Connected again"},
    # the first minute
    "safety.title": {"ko": "쇼핑하기 전에", "en": "Before you shop"},
    "safety.room": {
        "ko": "주변을 치우고 벽과 가구에서 떨어지세요.",
        "en": "Clear the room around you, and keep away from walls and furniture.",
    },
    "safety.breaks": {
        "ko": "30분마다 쉬세요. 어지럽거나 속이 불편하면 바로 앉아서 헤드셋을 벗으세요.",
        "en": "Take a break every half hour. If you feel dizzy or unwell, sit down and take the "
        "headset off.",
    },
    "safety.children": {
        "ko": "어린아이에게는 맞지 않습니다. 헤드셋 제조사가 정한 나이를 지키고 "
        "어른이 곁에 있어 주세요.",
        "en": "Not for young children: keep to the age that the headset's maker gives, with an "
        "adult beside them.",
    },
    "safety.seizures": {
        "ko": "발작이나 의식을 잃은 적이 있다면 먼저 의사와 상의하세요.",
        "en": "If you have ever had a seizure or lost consciousness, ask a doctor first.",
    },
    "safety.gentle": {
        "ko": "움직임은 설정에서 더 편하게 바꿀 수 있고, 앉아서도 쇼핑할 수 있습니다.",
        "en": "The settings make moving gentler, and you can shop sitting down.",
    },
    "safety.understood": {"ko": "알겠습니다", "en": "I understand"},
    "tutorial.look_headset": {
        "ko": "고개를 돌려 매장을 둘러보세요",
        "en": "Turn your head and look around",
    },
    "tutorial.look_desktop": {
        "ko": "매장을 둘러보세요",
        "en": "Look around the shop",
    },
    "tutorial.press": {"ko": "상품을 가리키고 누르세요", "en": "Point at a product and press"},
    "tutorial.add": {
        "ko": "카드에서 담기를 누르세요",
        "en": "Press Add on its card",
    },
    "tutorial.move_headset": {
        "ko": "조금 옮겨 가 보세요",
        "en": "Hop or walk a little",
    },
    "tutorial.move_desktop": {"ko": "조금 걸어 보세요", "en": "Walk a little"},
    "tutorial.cart": {"ko": "장바구니를 여세요", "en": "Open your cart"},
    "tutorial.done": {"ko": "이제 다 배웠습니다", "en": "That is all you need"},
    "tutorial.again": {
        "ko": "도움말에서 언제든 다시 볼 수 있습니다",
        "en": "You find this again in the help",
    },
    "tutorial.skip": {"ko": "건너뛰기", "en": "Skip"},
    "tutorial.start": {"ko": "쇼핑 시작", "en": "Start shopping"},
    # shopping list
    "wishes.title": {"ko": "살 것", "en": "Shopping list"},
    "wishes.empty": {
        "ko": "상품 카드나 찾기에서 목록 단추를 눌러 두세요. 가장 짧은 길로 줄을 세웁니다",
        "en": "Press the list button on a product's card or in the search. The list puts itself "
        "into the shortest walk",
    },
    "wishes.left": {"ko": "{count}개 중 {left}개 남음", "en": "{left} of {count} left"},
    "wishes.walk": {"ko": "약 {metres} m", "en": "about {metres} m to walk"},
    "wishes.next": {"ko": "다음 상품으로 가기", "en": "Take me to the next one"},
    "wishes.done": {"ko": "다 담았습니다", "en": "Everything is in the cart"},
    "notice.nothing_left": {
        "ko": "목록에 더 담을 상품이 없습니다",
        "en": "Nothing on the list is left to get",
    },
    "notice.wishes_max": {"ko": "목록이 가득 찼습니다", "en": "The list is full"},
    # settings
    "settings.title": {"ko": "설정", "en": "Settings"},
    "settings.moving": {"ko": "움직이기", "en": "Moving"},
    "settings.reading": {"ko": "읽기와 소리", "en": "Reading and sound"},
    "settings.text_size": {"ko": "글자 크기", "en": "Text size"},
    "settings.text_size_normal": {"ko": "보통", "en": "Usual"},
    "settings.text_size_large": {"ko": "크게", "en": "Large"},
    "settings.text_size_largest": {"ko": "아주 크게", "en": "Largest"},
    "settings.contrast": {"ko": "고대비", "en": "High contrast"},
    "settings.contrast_usual": {"ko": "끔", "en": "Off"},
    "settings.contrast_light": {"ko": "흰 바탕에 검은 글자", "en": "Black on white"},
    "settings.contrast_dark": {"ko": "검은 바탕에 흰 글자", "en": "White on black"},
    "settings.volume": {"ko": "소리", "en": "Sound"},
    "settings.volume_normal": {"ko": "보통", "en": "Usual"},
    "settings.volume_quiet": {"ko": "작게", "en": "Quiet"},
    "settings.volume_off": {"ko": "끔", "en": "Off"},
    "settings.subtitles": {"ko": "소리 자막", "en": "Subtitles of sounds"},
    "settings.turn": {"ko": "돌아보기", "en": "Turning"},
    "settings.snap": {"ko": "30°씩", "en": "In steps of 30°"},
    "settings.smooth": {"ko": "부드럽게", "en": "Smoothly"},
    "settings.hop": {"ko": "순간 이동", "en": "Hops"},
    "settings.short": {"ko": "가까이 (1.5 m)", "en": "Short (1.5 m)"},
    "settings.long": {"ko": "멀리 (4 m)", "en": "Long (4 m)"},
    "settings.pace": {"ko": "걷는 속도", "en": "Walking pace"},
    "settings.slow": {"ko": "느리게", "en": "Slow"},
    "settings.normal": {"ko": "보통", "en": "Usual"},
    "settings.fast": {"ko": "빠르게", "en": "Fast"},
    "settings.vignette": {"ko": "걸을 때 시야 좁히기", "en": "Narrow view while walking"},
    "settings.seated": {"ko": "앉아서 쇼핑", "en": "I am seated"},
    "settings.hand": {"ko": "주로 쓰는 손", "en": "Main hand"},
    "settings.right": {"ko": "오른손", "en": "Right"},
    "settings.left": {"ko": "왼손", "en": "Left"},
    "settings.still": {"ko": "움직임 줄이기", "en": "Reduced motion"},
    "settings.on": {"ko": "켬", "en": "On"},
    "settings.off": {"ko": "끔", "en": "Off"},
    "settings.language": {"ko": "언어 · Language", "en": "Language · 언어"},
    "settings.own": {"ko": "한국어", "en": "English"},
    "settings.hint": {
        "ko": "누르면 다음 값으로 바뀌고 저장됩니다",
        "en": "Press a row for its next choice; it is kept for the next time",
    },
    # the row of buttons below the cart
    "dock.next": {"ko": "다음 {left}", "en": "Next {left}"},
    "dock.search": {"ko": "찾기", "en": "Find"},
    "dock.wishes": {"ko": "살 것", "en": "List"},
    "dock.map": {"ko": "지도", "en": "Map"},
    "dock.settings": {"ko": "설정", "en": "Settings"},
    "dock.help": {"ko": "도움말", "en": "Help"},
    # help
    "help.title": {"ko": "조작 방법", "en": "Controls"},
    "help.close": {"ko": "닫기", "en": "Close"},
    "help.more": {"ko": "더 보기", "en": "More"},
    "help.first": {"ko": "처음으로", "en": "First page"},
    "help.keyboard": {"ko": "키보드·마우스", "en": "Keyboard, mouse"},
    "help.gamepad": {"ko": "게임패드", "en": "Gamepad"},
    "help.point": {"ko": "상품 가리키고 누르기", "en": "Point at a product and press"},
    "help.walk": {"ko": "걷기", "en": "Walk"},
    "help.run": {"ko": "빨리 걷기", "en": "Walk faster"},
    "help.hop": {"ko": "가리킨 곳으로 순간 이동", "en": "Hop to where you point"},
    "help.turn": {"ko": "30°씩 돌아보기", "en": "Turn in steps"},
    "help.look": {"ko": "둘러보기", "en": "Look around"},
    "help.quantity": {"ko": "카드 수량, 휠로 쪽도 넘기기", "en": "Quantity; the wheel turns pages"},
    "help.grab": {"ko": "집어 들기, 놓으면 제자리로", "en": "Take in hand; let go, it flies home"},
    "help.twist": {"ko": "든 상품 돌려 보기", "en": "Turn what is in hand"},
    "help.drop": {"ko": "위에서 놓으면 담기", "en": "Let go over it: in the cart"},
    "help.grip": {"ko": "그립 버튼", "en": "Grip button"},
    "help.wrist": {"ko": "손목", "en": "Turn your wrist"},
    "help.basket": {"ko": "허리 옆 장바구니", "en": "Basket at the hip"},
    "help.add": {"ko": "카드의 상품 담기", "en": "Add what the card shows"},
    "help.menu": {"ko": "장바구니", "en": "Cart"},
    "help.map": {"ko": "매장 지도", "en": "Store map"},
    "help.search": {"ko": "상품 찾기", "en": "Find a product"},
    "help.compare": {"ko": "카드의 상품 비교하기", "en": "Compare what the card shows"},
    "help.undo": {"ko": "장바구니 되돌리기, 다시 하기", "en": "Undo and redo in the cart"},
    "help.back": {"ko": "앞의 창 닫기", "en": "Close what is in front"},
    "help.wishes": {"ko": "살 것 목록", "en": "Shopping list"},
    "help.next": {"ko": "목록의 다음 상품으로", "en": "On to the next on the list"},
    "help.settings": {"ko": "설정", "en": "Settings"},
    "help.help": {"ko": "이 도움말", "en": "This page"},
    "help.tutorial": {"ko": "따라 하며 배우기", "en": "Show me around"},
    "help.language": {"ko": "한국어 / English", "en": "한국어 / English"},
    "help.recentre": {"ko": "여기를 정면으로", "en": "Make this the front"},
    "help.mirror": {"ko": "왼쪽, 오른쪽, 두 눈 보기", "en": "Left eye, right eye, both"},
    "help.fullscreen": {"ko": "전체 화면", "en": "Full screen"},
    "help.screenshot": {"ko": "화면을 그림으로 저장", "en": "Keep a picture"},
    "help.trigger": {"ko": "트리거", "en": "Trigger"},
    "help.stick": {"ko": "스틱", "en": "Stick"},
    "help.stick_up": {"ko": "주 손 스틱 위로", "en": "Main stick up"},
    "help.stick_aside": {"ko": "주 손 스틱 옆으로", "en": "Main stick aside"},
    "help.head": {"ko": "고개", "en": "Turn your head"},
    "help.menu_button": {"ko": "메뉴 버튼", "en": "Menu button"},
    "help.back_button": {"ko": "B 버튼", "en": "B button"},
    "help.menu_left": {"ko": "왼손 메뉴 버튼", "en": "Left menu button"},
    "help.menu_right": {"ko": "오른손 메뉴 버튼", "en": "Right menu button"},
    "help.pad": {"ko": "패드 누르기", "en": "Press the pad"},
    "help.pad_up": {"ko": "주 손 패드 위쪽", "en": "Main pad, upper edge"},
    "help.pad_aside": {"ko": "주 손 패드 옆쪽", "en": "Main pad, side"},
    "help.mouse_left": {"ko": "클릭", "en": "Click"},
    "help.mouse_right": {"ko": "오른쪽 끌기", "en": "Right drag"},
    "help.wheel": {"ko": "휠", "en": "Wheel"},
    # what a window shows until its keys are known
    "hint.click": {"ko": "클릭", "en": "Click"},
    "hint.product": {"ko": "상품 보기", "en": "See product"},
    "hint.grab": {"ko": "집기", "en": "Hold"},
    "hint.walk": {"ko": "걷기", "en": "Walk"},
    "hint.drag": {"ko": "오른쪽 끌기", "en": "Right drag"},
    "hint.look": {"ko": "둘러보기", "en": "Look"},
    "hint.cart": {"ko": "장바구니", "en": "Cart"},
    "hint.map": {"ko": "지도", "en": "Map"},
    "hint.search": {"ko": "찾기", "en": "Find"},
    "hint.help": {"ko": "도움말", "en": "Help"},
}


def text(key: str, language: str, **values: object) -> str:
    """The sentence `key` in `language` (English for any language we do not speak)."""
    if language != "ko":
        return STRINGS[key]["en"].format(**values)
    return with_particles(STRINGS[key]["ko"], values).format(**values)


def notice_text(code: str, language: str) -> str:
    """A notice in words: our sentence for a code we know, else what came, as it came.

    A code may say what it is about: `picture_kept=shop.png`.
    """
    name, _, what = code.partition("=")
    key = f"notice.{name}"
    return text(key, language, what=what) if key in STRINGS else code
