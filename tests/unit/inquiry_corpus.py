"""Inquiries as they are written, and what a reader finds in them.

A case is its language, the text, the lines as ``(quantity, unit)``, and what else must
be found: ``term``, ``country`` of the destination, ``price`` with ``currency`` of the
first line, ``wanted`` day. All are written on 15 March 2026.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Case:
    """One inquiry and what it says."""

    language: str
    text: str
    lines: tuple
    term: str = ""
    country: str = ""
    price: float | None = None
    currency: str = ""
    wanted: date | None = None
    name: str = ""


CASES = [
    # English
    Case(
        "en",
        "Dear Sirs,\nPlease quote for 500 pcs of deep groove ball bearing 6204-2RS,"
        " CIF Hamburg, delivery by 15 May 2026.\n\nBest regards\nJohn Doe\n+49 40"
        " 123456, 20095 Hamburg",
        ((500, "pcs"),),
        term="CIF",
        country="DE",
        wanted=date(2026, 5, 15),
        name="deep groove ball bearing 6204-2RS",
    ),
    Case(
        "en",
        "We need 1,000 sets gaskets and 2,500.50 kg grease, target price US$ 1.20 per"
        " set FOB Shanghai.",
        ((1000, "set"), (2500.5, "kg")),
        term="FOB",
        price=1.2,
        currency="USD",
    ),
    Case(
        "en",
        "Hi, we are ISO 9001 certified since 1998. Looking for 300 stainless steel"
        " valves DN50, 100% tested.",
        ((300, ""),),
    ),
    Case(
        "en",
        "Item: hex bolt M8x20\nQuantity: 20,000\nTarget price: USD 0.05/pc\nPort of"
        " discharge: Durban",
        ((20000, ""),),
        price=0.05,
        currency="USD",
        country="ZA",
        name="hex bolt M8x20",
    ),
    Case(
        "en",
        "Kindly send your best price for 2 x 40HQ garden chairs to Rotterdam within 45"
        " days.",
        ((2, "40HQ"),),
        country="NL",
        wanted=date(2026, 4, 29),
    ),
    Case(
        "en",
        "6204-2RS x 500\n6305-ZZ x 300\nNeed it next month.",
        ((500, ""), (300, "")),
        wanted=date(2026, 4, 30),
    ),
    Case(
        "en",
        "Could you offer 500-1000 pcs LED lamps? Our budget is $5,000 in total.",
        ((500, "pcs"),),
    ),
    Case(
        "en",
        "My phone is +1 415 555 2671, our address 1200 Market Street, CA 94103."
        " Please call me about PO 450012345.",
        (),
    ),
    Case(
        "en",
        "We want 5k pcs of USB cable and three pallets of packing film DDP Chicago.",
        ((5000, "pcs"), (3, "pallet")),
        term="DDP",
        country="US",
    ),
    # Chinese
    Case(
        "zh",
        "您好，请报价：深沟球轴承6204-2RS，1000个，FOB上海，目标价1.5美元/个。",
        ((1000, "pcs"),),
        term="FOB",
        price=1.5,
        currency="USD",
    ),
    Case(
        "zh",
        "我们需要两千件T恤，发往德国，下个月交货。",
        ((2000, "pcs"),),
        country="DE",
        wanted=date(2026, 4, 30),
    ),
    Case("zh", "想采购1万只灯泡，单价不超过3元。", ((10000, "pcs"),), price=3.0),
    Case(
        "zh",
        "求购齿轮箱５００台，CIF鹿特丹，2026年6月30日前交货。电话：138 1234 5678",
        ((500, "pcs"),),
        term="CIF",
        country="NL",
        wanted=date(2026, 6, 30),
    ),
    Case(
        "zh",
        "阀门300套、法兰200片、螺栓1.5吨，请报价。",
        ((300, "set"), (200, "pcs"), (1.5, "t")),
    ),
    Case("zh", "三个月内我们可能会有需求，请给我一个报价单。", ()),
    Case("zh", "数量：3500，产品：不锈钢管，30天内到汉堡", ((3500, ""),), country="DE"),
    Case("zh", "五百套餐具，要2个40尺柜装。", ((500, "set"), (2, "40FT"))),
    # German
    Case(
        "de",
        "Sehr geehrte Damen und Herren,\nwir benötigen 1.500 Stück Kugellager 6204-2RS,"
        " Lieferung bis 15.05.2026 frei Haus DAP München.\n\nMit freundlichen Grüßen\n"
        "Max Muster\nTel. 089 123 456",
        ((1500, "pcs"),),
        term="DAP",
        country="DE",
        wanted=date(2026, 5, 15),
        name="Kugellager 6204-2RS",
    ),
    Case(
        "de",
        "Bitte um Angebot für 2,5 Tonnen Stahldraht sowie 300 Rollen Klebeband nach"
        " Österreich.",
        ((2.5, "t"), (300, "roll")),
        country="AT",
    ),
    Case(
        "de",
        "Menge: 10.000\nArtikel: Sechskantschraube M10x40 DIN 933\nZielpreis: 0,12"
        " EUR/Stück",
        ((10000, ""),),
        price=0.12,
        currency="EUR",
    ),
    Case(
        "de",
        "Wir suchen 250 Ventile aus Edelstahl innerhalb von 4 Wochen.",
        ((250, ""),),
        wanted=date(2026, 4, 12),
    ),
    Case("de", "Wir sind nach ISO 9001 zertifiziert, gegründet 1987, PLZ 80331.", ()),
    Case(
        "de",
        "Anfrage: 12 Paletten Fliesen 60x60 cm, EXW, Lieferung Ende Mai.",
        ((12, "pallet"),),
        term="EXW",
        wanted=date(2026, 5, 31),
    ),
    Case(
        "de",
        "Zwei Container Altpapier, bitte Preis CFR Antwerpen.",
        ((2, "container"),),
        term="CFR",
        country="BE",
    ),
    # French
    Case(
        "fr",
        "Bonjour,\nNous avons besoin de 1 000 pièces de roulements 6204, livraison au"
        " Havre avant fin mai 2026.\nCordialement,\nMarie",
        ((1000, "pcs"),),
        wanted=date(2026, 5, 31),
    ),
    Case(
        "fr",
        "Merci de nous faire un devis pour 500 cartons de gants et 20 rouleaux de film,"
        " CIP Marseille.",
        ((500, "carton"), (20, "roll")),
        term="CIP",
        country="FR",
    ),
    Case(
        "fr",
        "Quantité : 2 500\nProduit : vanne papillon DN100\nPrix cible : 12,50 €/unité",
        ((2500, ""),),
        price=12.5,
        currency="EUR",
    ),
    Case(
        "fr",
        "Nous souhaitons commander 3 conteneurs de carrelage vers le Maroc sous 30"
        " jours.",
        ((3, "container"),),
        country="MA",
        wanted=date(2026, 4, 14),
    ),
    Case(
        "fr",
        "Votre catalogue 2025 des pièces est-il disponible ? Tel 01 44 55 66 77",
        (),
    ),
    Case("fr", "deux tonnes de café vert, 25 sacs de sucre", ((2, "t"), (25, "bag"))),
    Case(
        "fr", "Prix pour 150 mètres de câble à Dakar svp", ((150, "m"),), country="SN"
    ),
    # Spanish
    Case(
        "es",
        "Estimados señores, necesitamos 5.000 piezas de rodamientos 6204 y 200 cajas de"
        " guantes, CIF Valencia.",
        ((5000, "pcs"), (200, "carton")),
        term="CIF",
        country="ES",
    ),
    Case(
        "es",
        "Solicito cotización de 3 toneladas de alambre hacia México en 30 días.",
        ((3, "t"),),
        country="MX",
        wanted=date(2026, 4, 14),
    ),
    Case(
        "es",
        'Cantidad: 800\nProducto: válvula de bola 2"\nPrecio objetivo: 4,75 USD por'
        " unidad",
        ((800, ""),),
        price=4.75,
        currency="USD",
    ),
    Case("es", "Quisiera comprar 40 pares de zapatos de seguridad.", ((40, "pair"),)),
    Case(
        "es",
        "Buenos días, 2 contenedores de 40 pies de sillas plásticas para Chile antes"
        " de junio.",
        ((2, "container"),),
        country="CL",
        wanted=date(2026, 6, 30),
    ),
    Case(
        "es",
        "Somos una empresa con 25 años de experiencia, llámenos al 91 123 45 67.",
        (),
    ),
    Case("es", "10 mil unidades de tapas rosca, por favor.", ((10000, "pcs"),)),
    # Portuguese
    Case(
        "pt",
        "Bom dia, precisamos de 1.200 peças de rolamentos 6204, CIF Santos, para o"
        " próximo mês.\nAtenciosamente,\nJoão",
        ((1200, "pcs"),),
        term="CIF",
        country="BR",
        wanted=date(2026, 4, 30),
    ),
    Case(
        "pt",
        "Gostaria de cotar 15 caixas de parafusos e 8 rolos de fita.",
        ((15, "carton"), (8, "roll")),
    ),
    Case(
        "pt",
        "Quantidade: 600\nProduto: bomba centrífuga\nPreço alvo: R$ 350,00 por unidade",
        ((600, ""),),
        price=350.0,
        currency="BRL",
    ),
    Case(
        "pt",
        "Queremos 20 toneladas de açúcar para Portugal em 60 dias.",
        ((20, "t"),),
        country="PT",
        wanted=date(2026, 5, 14),
    ),
    Case(
        "pt", "dois contêineres de azulejos FOB Ningbo", ((2, "container"),), term="FOB"
    ),
    Case("pt", "Enviem catálogo, nosso CEP é 01310-100 e telefone 11 3333 4444.", ()),
    Case(
        "pt",
        "Compramos 500 unid. por mês, preço unitário 2,30 EUR",
        ((500, "pcs"),),
        price=2.3,
        currency="EUR",
    ),
    # Russian
    Case(
        "ru",
        "Здравствуйте! Нам нужно 1 500 шт. подшипников 6204, доставка в Москву до"
        " 15.05.2026.\nС уважением, Иван\nтел. 8 495 123-45-67",
        ((1500, "pcs"),),
        country="RU",
        wanted=date(2026, 5, 15),
    ),
    Case(
        "ru",
        "Просим цену на 20 тонн листа и 300 метров кабеля, DAP Минск.",
        ((20, "t"), (300, "m")),
        term="DAP",
        country="BY",
    ),
    Case(
        "ru",
        "Количество: 5000\nТовар: болт М8х20\nЦелевая цена: 3,5 руб/шт",
        ((5000, ""),),
        price=3.5,
        currency="RUB",
    ),
    Case(
        "ru",
        "Требуется 12 комплектов прокладок в течение 30 дней.",
        ((12, "set"),),
        wanted=date(2026, 4, 14),
    ),
    Case("ru", "Наша компания работает с 1995 года, ГОСТ 8338-75, звоните.", ()),
    Case(
        "ru", "два контейнера плитки до Владивостока", ((2, "container"),), country="RU"
    ),
    Case(
        "ru",
        "Интересует 10 тыс. шт. крышек CIF Новороссийск",
        ((10000, "pcs"),),
        term="CIF",
        country="RU",
    ),
    # Arabic
    Case(
        "ar",
        "السلام عليكم، نحتاج ٥٠٠ قطعة من المحامل 6204 إلى ميناء جبل علي",
        ((500, "pcs"),),
        country="AE",
    ),
    Case(
        "ar",
        "نريد شراء 20 طن حديد تسليم CIF جدة خلال 30 يوم",
        ((20, "t"),),
        term="CIF",
        country="SA",
        wanted=date(2026, 4, 14),
    ),
    Case(
        "ar",
        "الكمية: 1000\nالمنتج: صمامات\nالسعر المستهدف: 5 دولار للقطعة",
        ((1000, ""),),
        price=5.0,
        currency="USD",
    ),
    Case(
        "ar",
        "أرجو عرض سعر لعدد 300 كرتون قفازات و 50 لفة شريط",
        ((300, "carton"), (50, "roll")),
    ),
    Case("ar", "شركتنا تأسست عام 1999 وهاتفنا 0501234567", ()),
    Case("ar", "عشرة أطنان سكر إلى مصر", ((10, "t"),), country="EG"),
    Case(
        "ar",
        "٣ حاويات بلاط الشهر القادم",
        ((3, "container"),),
        wanted=date(2026, 4, 30),
    ),
    # Japanese
    Case(
        "ja",
        "お世話になっております。深溝玉軸受6204を500個、CIF横浜でお見積りをお願いします。"
        "希望価格は1個あたり150円です。",
        ((500, "pcs"),),
        term="CIF",
        country="JP",
        price=150.0,
        currency="JPY",
    ),
    Case(
        "ja",
        "ボルトM8x20を１０００本、来月納品でお願いします。",
        ((1000, "pcs"),),
        wanted=date(2026, 4, 30),
    ),
    Case(
        "ja",
        "数量：2000\n品名：ガスケット\n納期：2026年5月20日",
        ((2000, ""),),
        wanted=date(2026, 5, 20),
    ),
    Case(
        "ja",
        "鋼線3トンと梱包フィルム200巻を大阪まで。",
        ((3, "t"), (200, "roll")),
        country="JP",
    ),
    Case(
        "ja", "手袋50箱とネジ5kgの価格を教えてください。", ((50, "carton"), (5, "kg"))
    ),
    Case("ja", "創業1965年、電話03-1234-5678です。カタログをください。", ()),
    Case("ja", "バルブ2万個、三ヶ月以内に", ((20000, "pcs"),)),
]
