"""The words for units with which the suite starts; managers add and correct theirs.

>>> UNITS["stück"]
Unit(name='pcs', measure='piece')
>>> UNITS["トン"].measure
'weight'
"""

from dataclasses import dataclass

# of two quantities in one clause the one whose measure stands first is the quantity,
# the other tells what a piece, a pack or a tonne is like
MEASURES = (
    "piece",
    "pack",
    "container",
    "weight",
    "volume",
    "area",
    "length",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of quantities.

    :param name: how it is written on lines
    :param measure: one of ``MEASURES``
    """

    name: str
    measure: str


_WORDS = {
    ("pcs", "piece"): (
        "pcs pc pce pces piece pieces unit units pieza piezas pza pzas unidad unidades"
        " ud uds unid unids peça peças peca pecas pç pçs pièce pièces piece unité"
        " unités unite unites exemplaire exemplaires stück stueck stk stck einheit"
        " einheiten шт штук штуки штука единиц единицы قطعة قطع قطعه حبة حبه وحدة وحدات"
        " 个 個 件 只 隻 支 台 枚 本 颗 粒 根 片 把 块 條 条 辆 张 枝 ケ コ こ 個入り"
        " ピース"
        " 架 顶 部"
    ),
    ("set", "piece"): (
        "set sets kit kits satz sätze saetze jeu jeux juego juegos conjunto conjuntos"
        " jogo jogos комплект комплекта комплектов набор наборов طقم أطقم 套 组 セット"
        " 組 式"
    ),
    ("pair", "piece"): (
        "pair pairs prs paar paare paire paires par pares пара пары пар زوج أزواج 双 对"
        " 足 双"
    ),
    ("dozen", "piece"): (
        "dozen dozens doz dz dutzend douzaine douzaines docena docenas dúzia dúzias"
        " duzia дюжина дюжины дюжин دزينة 打 ダース"
    ),
    ("carton", "pack"): (
        "carton cartons ctn ctns karton kartons cartón cartones caja cajas caixa"
        " caixas box boxes caisse caisses boîte boîtes boite boites kiste kisten"
        " коробка коробки коробок ящик ящика ящиков كرتون كرتونة كراتين صندوق صناديق"
        " 箱 盒 ケース カートン"
    ),
    ("pack", "pack"): (
        "pack packs package packages packung packungen pkg pkgs paquet paquets paquete"
        " paquetes pacote pacotes упаковка упаковки упаковок уп пачек عبوة عبوات علبة"
        " علب 包 袋入り パック"
    ),
    ("bag", "pack"): (
        "bag bags beutel sack säcke sac sacs bolsa bolsas saco sacos мешок мешка мешков"
        " كيس أكياس 袋"
    ),
    ("pallet", "pack"): (
        "pallet pallets palette paletten palettes palet palets palete paletes паллета"
        " паллет паллеты поддон поддонов منصة منصات طبلية 托 托盘 卡板 パレット"
    ),
    ("roll", "pack"): (
        "roll rolls rolle rollen rouleau rouleaux rollo rollos rolo rolos рулон рулона"
        " рулонов لفة لفات رول 卷 巻 ロール"
    ),
    ("drum", "pack"): (
        "drum drums barrel barrels fass fässer fût fûts bidon bidons tambor tambores"
        " barril barriles бочка бочек برميل براميل 桶 ドラム 缶"
    ),
    ("bottle", "pack"): (
        "bottle bottles btl flasche flaschen bouteille bouteilles botella botellas"
        " garrafa garrafas бутылка бутылок бутылки زجاجة زجاجات 瓶 本入り"
    ),
    ("container", "container"): (
        "container containers fcl conteneur conteneurs contenedor contenedores"
        " contêiner contêineres conteiner контейнер контейнера контейнеров حاوية حاويات"
        " 柜 货柜 集装箱 コンテナ"
    ),
    ("kg", "weight"): (
        "kg kgs kilo kilos kilogram kilograms kilogramm kilogrammes quilo quilos кг"
        " килограмм килограммов كجم كغ كغم كيلو كيلوغرام كيلوجرام 公斤 千克 キロ"
        " キログラム"
    ),
    ("t", "weight"): (
        "t mt mts ton tons tonne tonnes tonnen to tonelada toneladas т тн тонна тонны"
        " тонн طن أطنان 吨 噸 トン"
    ),
    ("g", "weight"): "gram grams gramm gramme grammes gramos gramas грамм غرام 克",
    ("lb", "weight"): "lb lbs pound pounds libras",
    ("l", "volume"): (
        "l ltr ltrs liter liters litre litres litro litros литр литра литров л لتر ليتر"
        " 升 リットル"
    ),
    ("gal", "volume"): "gal gallon gallons galones galões",
    ("m3", "volume"): "m3 cbm м3 立方米 立方 立米",
    ("m2", "area"): "m2 sqm qm м2 平方米 平米 平方メートル",
    ("sqft", "area"): "sqft",
    ("m", "length"): (
        "m meter meters mtr mtrs metre metres mètre mètres lfm metro metros м метр"
        " метра"
        " метров متر أمتار 米 メートル"
    ),
    ("ft", "length"): "ft feet foot pies",
    ("yd", "length"): "yd yds yard yards 码",
    ("km", "length"): "km км 公里",
}

UNITS = {word: Unit(*unit) for unit, words in _WORDS.items() for word in words.split()}
