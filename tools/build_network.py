"""Make the cities and the railway links that travel times are reckoned on.

    python tools/build_network.py SHARED_DIR

Figures are rearranged into our own schema, files are not copied: `cities.csv` (name, province, place) and
`rail_links.csv` (a link between two neighbouring cities of a line, length, design speed, year of opening). Lengths are
great circles times a detour. What the collected table has wrong or lacks stands below, by hand, and is marked so in the
column of sources.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pandas as pd

from build_figures import FIGURES, six, write
from hinterland.data.figures import assumption
from hinterland.data.network import great_circle_km
from hinterland.data.regions import china

CAPITALS = """
    北京 天津 石家庄 太原 呼和浩特 沈阳 长春 哈尔滨 上海 南京 杭州 合肥 福州 南昌 济南 郑州
    武汉 长沙 广州 南宁 海口 重庆 成都 贵阳 昆明 拉萨 西安 兰州 西宁 银川 乌鲁木齐
"""
# Names of the list of cities that are out of date, misspelt or joined, by their Chinese name there.
RENAMED = {"襄樊": "襄阳", "毫州": "亳州", "思茅": "普洱"}
ENGLISH = {
    "襄阳": "Xiangyang",
    "普洱": "Pu'er",
    "鄂尔多斯": "Ordos",
    "呼伦贝尔": "Hulunbuir",
    "巴彦淖尔": "Bayannur",
    "乌兰察布": "Ulanqab",
    "西安": "Xi'an",
    "延安": "Yan'an",
    "吉安": "Ji'an",
    "广安": "Guang'an",
    "泰安": "Tai'an",
    "六安": "Lu'an",
    "淮安": "Huai'an",
    "雅安": "Ya'an",
    "马鞍山": "Ma'anshan",
    "济南": "Jinan",
    "驻马店": "Zhumadian",
}
WELL_KNOWN = ("苏州", "福州")  # keep the bare English name that two cities share
# Cities the list lacks: Chinese name, English name, county whose seat stands for it (and prefecture, if two match).
ADDED = {
    "拉萨": ("Lhasa", "城关区", "拉萨市"),
    "日喀则": ("Shigatse", "桑珠孜区"),
    "那曲": ("Nagqu", "色尼区"),
    "林芝": ("Nyingchi", "巴宜区"),
    "昌都": ("Qamdo", "卡若区"),
    "吉隆": ("Gyirong", "吉隆县"),
    "格尔木": ("Golmud", "格尔木市"),
    "德令哈": ("Delingha", "德令哈市"),
    "玉树": ("Yushu", "玉树市"),
    "吐鲁番": ("Turpan", "高昌区"),
    "哈密": ("Hami", "伊州区"),
    "库尔勒": ("Korla", "库尔勒市"),
    "喀什": ("Kashgar", "喀什市"),
    "和田": ("Hotan", "和田市"),
    "阿克苏": ("Aksu", "阿克苏市"),
    "阿图什": ("Artux", "阿图什市"),
    "若羌": ("Ruoqiang", "若羌县"),
    "奎屯": ("Kuytun", "奎屯市"),
    "伊宁": ("Yining", "伊宁市"),
    "博乐": ("Bole", "博乐市"),
    "霍尔果斯": ("Khorgos", "霍尔果斯市"),
    "阿勒泰": ("Altay", "阿勒泰市"),
    "敦煌": ("Dunhuang", "敦煌市"),
    "华山": ("Huashan", "华阴市"),
    "绥德": ("Suide", "绥德县"),
    "康定": ("Kangding", "康定市"),
    "马尔康": ("Barkam", "马尔康市"),
    "西昌": ("Xichang", "西昌市"),
    "江油": ("Jiangyou", "江油市"),
    "青城山": ("Qingchengshan", "都江堰市"),
    "万州": ("Wanzhou", "万州区"),
    "黔江": ("Qianjiang", "黔江区"),
    "利川": ("Lichuan", "利川市"),
    "恩施": ("Enshi", "恩施市"),
    "吉首": ("Jishou", "吉首市"),
    "安顺": ("Anshun", "西秀区"),
    "六盘水": ("Liupanshui", "钟山区"),
    "毕节": ("Bijie", "七星关区"),
    "铜仁": ("Tongren", "碧江区"),
    "兴义": ("Xingyi", "兴义市"),
    "凯里": ("Kaili", "凯里市"),
    "都匀": ("Duyun", "都匀市"),
    "开阳": ("Kaiyang", "开阳县"),
    "大理": ("Dali", "大理市"),
    "楚雄": ("Chuxiong", "楚雄市"),
    "景洪": ("Jinghong", "景洪市"),
    "勐腊": ("Mengla", "勐腊县"),
    "瑞丽": ("Ruili", "瑞丽市"),
    "香格里拉": ("Shangri-La", "香格里拉市"),
    "蒙自": ("Mengzi", "蒙自市"),
    "河口": ("Hekou", "河口瑶族自治县"),
    "凭祥": ("Pingxiang, Guangxi", "凭祥市"),
    "二连": ("Erenhot", "二连浩特市"),
    "锡林浩特": ("Xilinhot", "锡林浩特市"),
    "桑根达来": ("Sanggin Dalai", "正蓝旗"),
    "霍林郭勒": ("Holingol", "霍林郭勒市"),
    "乌兰浩特": ("Ulanhot", "乌兰浩特市"),
    "阿尔山": ("Arxan", "阿尔山市"),
    "海拉尔": ("Hailar", "海拉尔区"),
    "牙克石": ("Yakeshi", "牙克石市"),
    "满洲里": ("Manzhouli", "满洲里市"),
    "原平": ("Yuanping", "原平市"),
    "隆化": ("Longhua", "隆化县"),
    "大虎山": ("Dahushan", "黑山县"),
    "双辽": ("Shuangliao", "双辽市"),
    "梅河口": ("Meihekou", "梅河口市"),
    "敦化": ("Dunhua", "敦化市"),
    "图们": ("Tumen", "图们市"),
    "珲春": ("Hunchun", "珲春市"),
    "富裕": ("Fuyu", "富裕县"),
    "北安": ("Bei'an", "北安市"),
    "绥化": ("Suihua", "北林区"),
    "抚远": ("Fuyuan", "抚远市"),
    "绥芬河": ("Suifenhe", "绥芬河市"),
    "漠河": ("Mohe", "漠河市"),
    "新沂": ("Xinyi", "新沂市"),
    "海安": ("Hai'an", "海安市"),
    "启东": ("Qidong", "启东市"),
    "婺源": ("Wuyuan", "婺源县"),
    "荣成": ("Rongcheng", "荣成市"),
}
# The list puts Chongqing at Wanzhou: its seat is the district of Yuzhong.
MOVED = {"重庆": "渝中区"}
# Years of opening: the table has the start of works (three sections of Shanghai-Kunming), the last extension, or the
# second track instead of the line itself. From memory of the railway chronicle: quality B.
OPENED = {
    "沪昆高铁-沪杭段": 2010,
    "沪昆高铁-杭长段": 2014,
    "沪昆高铁-长昆段": 2016,
    "广深港高速线": 2011,
    "青藏铁路-西格段": 1984,
    "西康线": 2001,
    "遂渝铁路": 2006,
    "胶新线": 2003,
    "邯济铁路": 2000,
}
DESIGN = {"广深港高速线": 350.0, "新通客专线": 250.0, "滨绥线-牡绥段": 200.0}
# Routes: the table has Hengyang before Changsha on the old line to Guangzhou, and Lanxin without Xining.
ROUTED = {
    "京广铁路": "北京>石家庄>邯郸>新乡>郑州>漯河>信阳>孝感>武汉>长沙>衡阳>广州",
    "兰新客运专线": "兰州>西宁>张掖>嘉峪关>哈密>吐鲁番>乌鲁木齐",
}
# Lines that the table has only in their rebuilt form, or that opened after it was made: line, route, km/h, year.
LACKING = (
    ("达成铁路-遂成旧线", "遂宁>成都", 120.0, 1998),
    ("银西高铁", "西安>庆阳>银川", 250.0, 2020),
    ("京哈高铁-京承段", "北京>承德", 350.0, 2021),
)
BY_HAND = "raillines2020; corrected by hand"


def province_name(code: str) -> str:
    """Return the English name of a province."""
    return china().name(code)


def listed(geo: Path) -> pd.DataFrame:
    """Return the prefectures of the list with their names put right."""
    table = pd.read_csv(geo / "malin84" / "cityinfo.csv")
    zh = table["cityname_chn"].str.removesuffix("市").replace(RENAMED)
    english = table["cityname_eng"].str.replace(r"\d", "", regex=True)
    frame = {
        "zh": zh,
        "en": english.where(~zh.isin(list(ENGLISH)), zh.map(ENGLISH)),
        "region_code": (table["dzcode"] // 100).map(six),
        "longitude": table["coord_long"].round(4),
        "latitude": table["coord_lat"].round(4),
        "source": "matang2024",
    }
    return pd.DataFrame(frame)


def seat(counties: pd.DataFrame, county: str, prefecture: str = "") -> pd.Series:
    """Return the one county of that name."""
    found = counties[counties["district_name"] == county]
    found = found[found["city_name"] == prefecture] if prefecture else found
    if len(found) != 1:
        raise SystemExit(f"{county}: {len(found)} counties of that name")
    return found.iloc[0]


def cities(geo: Path) -> pd.DataFrame:
    """Return every city: those of the list, and those of routes and the west that it lacks."""
    table = listed(geo)
    counties = pd.read_csv(geo / "county_table_merged.csv", dtype={"province_adcode": str})
    for name, county in MOVED.items():
        place = seat(counties, county)
        table.loc[table["zh"] == name, ["longitude", "latitude", "source"]] = [
            place["lon"],
            place["lat"],
            "countycentroids",
        ]
    rows = []
    for zh, (en, *where) in ADDED.items():
        place = seat(counties, *where)
        rows.append((zh, en, six(place["province_adcode"]), place["lon"], place["lat"], "countycentroids"))
    table = pd.concat([table, pd.DataFrame(rows, columns=table.columns)], ignore_index=True)
    repeated = table["en"].duplicated(keep=False) & ~table["zh"].isin(WELL_KNOWN)
    table.loc[repeated, "en"] += ", " + table.loc[repeated, "region_code"].map(province_name)
    table.insert(5, "capital", table["zh"].isin(CAPITALS.split()).astype(int))
    if (
        table["zh"].duplicated().any()
        or table["en"].duplicated().any()
        or table["capital"].sum() != len(CAPITALS.split())
    ):
        raise SystemExit("a name stands twice, or a capital is missing")
    return table.sort_values(["region_code", "zh"], ignore_index=True)


def lines(geo: Path) -> pd.DataFrame:
    """Return line, route, design speed and year of opening of every line, corrected."""
    table = pd.read_csv(geo / "rail_lines_network.csv", dtype=str)
    given = pd.to_numeric(table["design_speed_kmh"], errors="coerce")
    touched = table["line"].isin([*OPENED, *DESIGN, *ROUTED])
    frame = {
        "line": table["line"],
        "route": table["city_route"].where(~table["line"].isin(list(ROUTED)), table["line"].map(ROUTED)),
        "speed_kmh": table["line"].map(DESIGN).fillna(given).fillna(assumption("rail_speed_unknown")),
        "opened": table["line"].map(OPENED).fillna(table["opened"].str[:4].astype(int)).astype(int),
        "source": touched.map({True: BY_HAND, False: "raillines2020"}),
    }
    lacking = pd.DataFrame([(*row, BY_HAND) for row in LACKING], columns=list(frame))
    return pd.concat([pd.DataFrame(frame), lacking], ignore_index=True)


def links(table: pd.DataFrame, places: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return the links between neighbouring cities of every line, and those dropped for want of a city."""
    where = places.set_index("zh")[["longitude", "latitude"]]
    detour = assumption("rail_detour")
    rows, lost = [], []
    for line, route, speed, opened, source in table.itertuples(index=False):
        stops = route.split(">")
        for a, b in pairwise(stops):
            if not {a, b} <= set(where.index):
                lost.append(f"{line}: {a}-{b}")
            elif a != b:
                km = detour * float(great_circle_km(*where.loc[a], *where.loc[b]))
                rows.append((a, b, round(km, 1), speed, opened, "", line, source))
    columns = ["city_a", "city_b", "km", "speed_kmh", "opened", "closed", "line", "source"]
    return pd.DataFrame(rows, columns=columns).drop_duplicates(columns[:-2], ignore_index=True), lost


def main(shared: Path) -> None:
    """Read, rearrange, write; say what was lost."""
    geo = shared / "data" / "geo"
    places = cities(geo)
    write("cities.csv", places)
    found, lost = links(lines(geo), places)
    write("rail_links.csv", found)
    print(f"{len(places)} cities, {len(found)} links of {found['line'].nunique()} lines in {FIGURES}")
    print(f"{len(lost)} links dropped for want of a city: {'; '.join(lost)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
