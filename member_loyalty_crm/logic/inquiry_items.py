"""Say in a few words what a quantity is of: the clause without figures and courtesies.

>>> name_item("Please quote for  of deep groove ball bearing 6204-2RS", [])
'deep groove ball bearing 6204-2RS'
>>> name_item("We need 500 pcs", [(8, 15)])
''
"""

import re
from collections.abc import Iterable

NAME_LENGTH = 120
_EDGE = " \t-–*•·:.,;/()[]{}|=+@\"'«»“”?!#_~><"
_FILLER_WORDS = (
    "please kindly quote quotation offer price prices best for of the a an to we i"
    " our us me need needs want require requires order buy purchase would like are"
    " is in interested looking send and at each per with from have your you dear"
    " sir sirs madam hello hi qty quantity about approx around total target unit"
    " can could give inquiry enquiry first trial monthly month year usd eur"
    " wir ich benötigen brauchen suchen bitte senden sie uns ein angebot über für"
    " von und mit die der das den im ca je pro menge anzahl stückzahl zum preis"
    " nous je avons besoin cherchons souhaitons commander de des du d la le les et"
    " pour veuillez merci par à prix bonjour quantité devis offre acheter un une"
    " necesitamos necesito queremos cotizar cotización por favor los las el y a"
    " comprar precio cantidad buenos días hola solicito para con"
    " precisamos preciso gostaria cotar cotação o os as e em da do quantidade preço"
    " olá bom dia comprar"
    " нам нужно нужны требуется купить просим цену по и на в количество прошу за"
    " хотим заказать здравствуйте добрый день пожалуйста предложение интересует"
    " нужна вас у"
    " نحتاج نريد إلى الى من شراء طلب سعر في الكمية كمية و عرض أرجو نرجو أريد"
)
_FILLERS = frozenset(_FILLER_WORDS.split())
_LABEL = re.compile(
    r"^(?:item|product|description|article|part|goods|artikel|produkt|bezeichnung|ware"
    r"|produit|désignation|producto|artículo|descripción|produto|descrição|товар"
    r"|наименование|المنتج|الصنف|品名|产品|產品|商品|货物|型号|規格|规格) ?"
    r"(?:name|no\.?|number)? ?[:=] ?",
    re.IGNORECASE,
)
_KANA = re.compile(r"[\u3040-\u30ff]")
_CAPACITY = re.compile(
    r"^ ?(?:de |à |of )?(?:20|40|45) ?(?:pies|pieds|ft|feet|fuß|футов\w*|قدم)\b",
    re.IGNORECASE,
)
# from here on a clause says where and when to, not what
_TAIL = re.compile(
    r" (?:(?:exw|fca|cpt|cip|dap|dpu|ddp|fas|fob|cfr|cif|ddu|to|within|before|until"
    r"|asap"
    r"|nach|innerhalb|binnen|vers|sous|hacia|para|antes|до|в течение|إلى|الى|خلال"
    r"|delivery"
    r"|delivered|shipped|lieferung|livraison|livré|entrega|доставка|تسليم|الشهر|next"
    r"|monthly|urgent\w*|svp|bitte|please)\b"
    r"|(?:in|en|em|à) (?=[0-9A-ZÀ-Þ])|by (?=[0-9])).*",
    re.IGNORECASE | re.DOTALL,
)
_CJK_FILLERS = re.compile(
    r"^(?:请报价|请报|请问|请提供|请|您好|你好|我们|我司|我公司|我方|想要|想|需要|需"
    r"|要|采购|购买|订购|求购"
    r"|报价|报|价格|数量|左右|约|大约|的|:|和|及|共|各|以及|は|を|の|が|で|と|数量は"
    r"|見積|お願いします"
    r"|ください|購入|したい|です|希望|见积)+|(?:的|请报价|报价|左右|数量|は|を|の|が"
    r"|で|と|需要"
    r"|お見積りをお願いします|お願いします|ほしい|欲しいです|必要です|購入したいです"
    r"|です)+$"
)


def name_item(clause: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return what is left of a clause to name an item by; empty when nothing is.

    :param spans: the places of quantities and prices in the clause
    """
    pieces, start = [], 0
    for begins, ends in sorted(spans):
        pieces.append(clause[start:begins])
        start = max(start, ends)
    pieces.append(clause[start:])
    named = [_bare(piece) for piece in pieces]
    # what is counted stands behind its number, in Japanese before it
    if not _KANA.search(clause):
        named = named[1:] + named[:1]
    return next(filter(None, named), "")[:NAME_LENGTH].strip(_EDGE)


def is_labelled(row: str) -> bool:
    """Tell whether a row says that it names the item, such as ``Product: valve``."""
    return bool(_LABEL.match(row))


def _bare(piece):
    piece = _CAPACITY.sub("", piece)
    words = _LABEL.sub("", piece[:400].strip(_EDGE)).split(" ")
    first, last = 0, len(words)
    while first < last and _is_filler(words[first]):
        first += 1
    while first < last and _is_filler(words[last - 1]):
        last -= 1
    name = " ".join(words[first:last]).strip(_EDGE)
    if tail := _TAIL.search(name, 1):
        name = name[: tail.start()].strip(_EDGE)
    name = _CJK_FILLERS.sub("", name).strip(_EDGE)
    return name if any(map(str.isalpha, name)) or _looks_like_code(name) else ""


def _is_filler(word):
    word = word.strip(_EDGE).lower()
    return not word or word in _FILLERS


def _looks_like_code(name):
    return len(name) >= 4 and any(map(str.isdigit, name))
