"""Inquiries in English, German, French, Spanish and Portuguese."""

from datetime import date

from inquiry_case import Case

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
    Case(
        "en",
        "We would like to order 40 pumps and order 500 pcs of seals.",
        ((40, ""), (500, "pcs")),
    ),
    Case("en", "See order 4500 and invoice 778, item 300 was late.", ()),
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
]
