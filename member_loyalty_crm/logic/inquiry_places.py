"""The names of countries and ports with which destinations are recognised.

>>> PLACES["hamburg"], PLACES["ドイツ"], PLACES["оаэ"]
('DE', 'DE', 'AE')

Names of several words are joined by a blank, in small letters.
"""

_NAMES = {
    "AE": "uae|emirates|dubai|jebel ali|abu dhabi|émirats|emiratos|оаэ|дубай|الإمارات"
    "|الامارات|دبي|جبل علي|阿联酋|迪拜|ドバイ",
    "AR": "argentina|buenos aires|argentinien|argentine|аргентина|الأرجنتين|阿根廷",
    "AT": "austria|österreich|wien|vienna|autriche|австрия|奥地利",
    "AU": "australia|sydney|melbourne|brisbane|australien|australie|австралия|أستراليا"
    "|澳大利亚|澳洲|悉尼|オーストラリア",
    "BE": "belgium|belgien|belgique|bélgica|antwerp|antwerpen|anvers|amberes|antuérpia"
    "|бельгия|антверпен|比利时|安特卫普|ベルギー",
    "BR": "brazil|brasilien|brésil|brasil|santos|são paulo|sao paulo|rio de janeiro"
    "|paranaguá|itajaí|бразилия|البرازيل|巴西|桑托斯|ブラジル",
    "BY": "belarus|minsk|беларусь|минск|白俄罗斯",
    "CA": "canada|toronto|vancouver|montreal|kanada|canadá|канада|كندا|加拿大|温哥华"
    "|カナダ",
    "CH": "switzerland|schweiz|suisse|suiza|zürich|basel|швейцария|سويسرا|瑞士|スイス",
    "CI": "ivory coast|côte d'ivoire|abidjan|科特迪瓦",
    "CL": "chile|santiago|valparaíso|valparaiso|san antonio|чили|تشيلي|智利|チリ",
    "CM": "cameroon|cameroun|douala|喀麦隆",
    "CN": "china|shanghai|ningbo|shenzhen|qingdao|guangzhou|tianjin|xiamen|dalian|chine"
    "|китай|шанхай|الصين|شنغهاي|中国|上海|宁波|深圳|青岛|广州|天津|厦门|大连",
    "CO": "colombia|bogotá|bogota|cartagena|buenaventura|kolumbien|colombie|колумбия"
    "|哥伦比亚",
    "CZ": "czechia|czech republic|prague|tschechien|чехия|捷克",
    "DE": "germany|deutschland|allemagne|alemania|alemanha|германия|германию|ألمانيا"
    "|德国|ドイツ|hamburg|hambourg|hamburgo|bremen|bremerhaven|berlin|münchen|munich"
    "|frankfurt|köln|stuttgart|гамбург|هامبورغ|汉堡|ハンブルク",
    "DK": "denmark|dänemark|danemark|copenhagen|aarhus|дания|丹麦",
    "DZ": "algeria|algerien|algérie|argelia|alger|algiers|oran|алжир|الجزائر"
    "|阿尔及利亚",
    "EG": "egypt|ägypten|égypte|egipto|alexandria|cairo|port said|damietta|египет|مصر"
    "|الإسكندرية|القاهرة|埃及|エジプト",
    "ES": "spain|spanien|espagne|españa|espanha|испания|إسبانيا|西班牙|スペイン"
    "|barcelona"
    "|valencia|madrid|bilbao|algeciras|巴塞罗那|瓦伦西亚",
    "FI": "finland|finnland|finlande|helsinki|kotka|финляндия|芬兰",
    "FR": "france|frankreich|francia|frança|франция|فرنسا|法国|フランス|le havre|paris"
    "|marseille|fos sur mer|lyon|dunkerque|гавр|勒阿弗尔|马赛",
    "GB": "united kingdom|uk|england|großbritannien|royaume-uni|reino unido|london"
    "|felixstowe|southampton|liverpool|великобритания|بريطانيا|英国|伦敦|イギリス",
    "GH": "ghana|tema|accra|加纳",
    "GR": "greece|griechenland|grèce|grecia|piraeus|thessaloniki|греция|اليونان|希腊",
    "HK": "hong kong|hongkong|гонконг|هونغ كونغ|香港",
    "ID": "indonesia|jakarta|surabaya|indonesien|индонезия|إندونيسيا|印尼|印度尼西亚"
    "|雅加达",
    "IE": "ireland|irland|irlande|dublin|爱尔兰",
    "IL": "israel|haifa|ashdod|以色列",
    "IN": "india|mumbai|nhava sheva|chennai|mundra|kolkata|delhi|indien|inde|индия"
    "|الهند|印度|孟买|インド",
    "IQ": "iraq|umm qasr|basra|baghdad|العراق|البصرة|أم قصر|伊拉克",
    "IT": "italy|italien|italie|italia|itália|италия|إيطاليا|意大利|イタリア|genoa"
    "|genova"
    "|gênes|milan|naples|la spezia|venice|热那亚",
    "JO": "jordan|aqaba|amman|الأردن|العقبة|约旦",
    "JP": "japan|japon|japón|japão|tokyo|osaka|yokohama|kobe|nagoya|япония|اليابان|日本"
    "|東京|大阪|横浜|神戸|名古屋|东京",
    "KE": "kenya|mombasa|nairobi|кения|كينيا|肯尼亚|蒙巴萨",
    "KR": "korea|south korea|busan|incheon|seoul|südkorea|corée|corea|корея|كوريا|韩国"
    "|釜山|韓国",
    "KW": "kuwait|shuwaikh|الكويت|科威特",
    "KZ": "kazakhstan|almaty|казахстан|алматы|哈萨克斯坦",
    "LB": "lebanon|beirut|liban|لبنان|بيروت|黎巴嫩",
    "LY": "libya|tripoli|misurata|benghazi|ليبيا|طرابلس|利比亚",
    "MA": "morocco|marokko|maroc|marruecos|casablanca|tanger|марокко|المغرب"
    "|الدار البيضاء|摩洛哥|卡萨布兰卡",
    "MX": "mexico|mexiko|mexique|méxico|manzanillo|veracruz|мексика|المكسيك|墨西哥"
    "|メキシコ",
    "MY": "malaysia|port klang|penang|kuala lumpur|малайзия|ماليزيا|马来西亚|巴生",
    "NG": "nigeria|lagos|apapa|tin can|нигерия|نيجيريا|尼日利亚|拉各斯",
    "NL": "netherlands|niederlande|pays-bas|países bajos|holanda|holland|rotterdam"
    "|róterdam|roterdã|нидерланды|роттердам|هولندا|荷兰|鹿特丹|オランダ|ロッテルダム",
    "NO": "norway|norwegen|norvège|oslo|норвегия|挪威",
    "NZ": "new zealand|auckland|neuseeland|新西兰|奥克兰",
    "OM": "oman|sohar|muscat|عمان|صحار|阿曼",
    "PE": "peru|perú|callao|lima|перу|秘鲁",
    "PH": "philippines|manila|cebu|philippinen|菲律宾|马尼拉",
    "PK": "pakistan|karachi|lahore|пакистан|باكستان|كراتشي|巴基斯坦|卡拉奇",
    "PL": "poland|polen|pologne|polonia|gdansk|gdynia|warsaw|польша|بولندا|波兰"
    "|格但斯克|ポーランド",
    "PT": "portugal|lisbon|lisboa|leixões|leixoes|porto|sines|португалия|البرتغال"
    "|葡萄牙",
    "QA": "qatar|doha|hamad|قطر|الدوحة|卡塔尔",
    "RO": "romania|rumänien|roumanie|constanta|румыния|罗马尼亚",
    "RU": "russia|russland|russie|rusia|rússia|moscow|moskau|moscou|vladivostok"
    "|st petersburg|novorossiysk|россия|россию|москва|москву|москвы|владивосток"
    "|владивостока"
    "|санкт-петербург|санкт-петербурга|новороссийск|екатеринбург|روسيا|俄罗斯|莫斯科"
    "|ロシア",
    "SA": "saudi arabia|jeddah|dammam|riyadh|ksa|saudi-arabien|arabie saoudite"
    "|arabia saudita|саудовская аравия|السعودية|جدة|الدمام|الرياض|沙特|吉达|达曼",
    "SE": "sweden|schweden|suède|suecia|gothenburg|stockholm|швеция|瑞典",
    "SG": "singapore|singapur|singapour|сингапур|سنغافورة|新加坡|シンガポール",
    "SN": "senegal|sénégal|dakar|塞内加尔",
    "TH": "thailand|bangkok|laem chabang|thaïlande|tailandia|таиланд|تايلاند|泰国|曼谷"
    "|タイ|バンコク",
    "TN": "tunisia|tunesien|tunisie|tunis|rades|تونس|突尼斯",
    "TR": "turkey|türkei|turquie|turquía|turquia|istanbul|izmir|mersin|турция|تركيا"
    "|土耳其|伊斯坦布尔|トルコ",
    "TW": "taiwan|kaohsiung|keelung|taipei|тайвань|台湾|高雄",
    "TZ": "tanzania|dar es salaam|تنزانيا|坦桑尼亚",
    "UA": "ukraine|odessa|kyiv|украина|украину|أوكرانيا|乌克兰",
    "US": "usa|united states|vereinigte staaten|états-unis|etats-unis|estados unidos"
    "|eua|los angeles|long beach|new york|houston|savannah|miami|chicago|сша"
    "|الولايات المتحدة|أمريكا|美国|洛杉矶|纽约|アメリカ|米国",
    "UZ": "uzbekistan|tashkent|узбекистан|ташкент|乌兹别克斯坦",
    "VN": "vietnam|haiphong|hai phong|ho chi minh|hanoi|вьетнам|فيتنام|越南|胡志明|海防"
    "|ベトナム",
    "ZA": "south africa|durban|cape town|johannesburg|südafrika|afrique du sud"
    "|sudáfrica"
    "|юар|جنوب أفريقيا|南非|德班",
}

PLACES = {
    name: country for country, names in _NAMES.items() for name in names.split("|")
}
