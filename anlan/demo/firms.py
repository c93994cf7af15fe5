"""Forty invented firms, three that have applied, and the streets they are said to stand in.

No name is meant to be that of a firm that exists; a credit code is valid by its check character only.
"""

from typing import NamedTuple


class Firm(NamedTuple):
    """A firm as the place enters it."""

    name: str
    sector: str
    scale: str
    headcount: int
    county: str


#: the first is the firm of the printed logins
FIRMS: tuple[Firm, ...] = tuple(
    Firm(*row)
    for row in (
        ("河南砚澜精细化工有限公司", "HAZCHEM", "MEDIUM", 186, "410105"),
        ("郑州沐岳涂料有限公司", "HAZCHEM", "SMALL", 64, "410105"),
        ("郑州禾沣燃气储配有限公司", "HAZCHEM", "SMALL", 42, "410108"),
        ("荥阳昕泽气体有限公司", "HAZCHEM", "SMALL", 38, "410182"),
        ("新郑榆隆油脂化工有限公司", "HAZCHEM", "MEDIUM", 210, "410184"),
        ("管城砥畅加油站有限公司", "HAZCHEM", "MICRO", 12, "410104"),
        ("郑州岱衡机械制造有限公司", "TRADE", "MEDIUM", 320, "410105"),
        ("郑州菁锐铝制品有限公司", "TRADE", "SMALL", 88, "410172"),
        ("中牟箬盛食品有限公司", "TRADE", "MEDIUM", 265, "410122"),
        ("巩义嵩榆耐火材料有限公司", "TRADE", "LARGE", 680, "410181"),
        ("新密钧磊磨料有限公司", "TRADE", "SMALL", 95, "410183"),
        ("郑州栖木家具有限公司", "TRADE", "SMALL", 72, "410103"),
        ("上街岱源铸造有限公司", "TRADE", "MEDIUM", 240, "410106"),
        ("郑州析微精密仪器有限公司", "TRADE", "SMALL", 130, "410172"),
        ("沣禾云庭一期项目部", "BUILD", "LARGE", 560, "4101Z1"),
        ("砚澜北苑住宅项目部", "BUILD", "MEDIUM", 310, "410105"),
        ("临空榆园安置房三标段项目部", "BUILD", "LARGE", 720, "410173"),
        ("昕泽广场综合体项目部", "BUILD", "MEDIUM", 280, "410103"),
        ("惠济箬溪学校项目部", "BUILD", "SMALL", 120, "410108"),
        ("岱衡物流园二期项目部", "BUILD", "MEDIUM", 205, "410171"),
        ("二七沐光购物中心", "FIRE", "LARGE", 450, "410103"),
        ("二七禾联商贸城", "FIRE", "LARGE", 900, "410103"),
        ("金水榆庚医院", "FIRE", "MEDIUM", 330, "410105"),
        ("管城砚舍宾馆", "FIRE", "SMALL", 85, "410104"),
        ("郑州沣储仓储有限公司", "FIRE", "SMALL", 56, "410171"),
        ("登封砥行中学", "FIRE", "MEDIUM", 240, "410185"),
        ("郑州畅澜客运有限公司", "TRANSPORT", "LARGE", 610, "410104"),
        ("郑州衡顺危货运输有限公司", "TRANSPORT", "SMALL", 74, "410102"),
        ("新郑昕程巴士有限公司", "TRANSPORT", "MEDIUM", 190, "410184"),
        ("登封砥岳煤业有限公司", "COAL", "LARGE", 1200, "410185"),
        ("新密垚沣煤业有限公司", "COAL", "LARGE", 1450, "410183"),
        ("巩义箬岭煤业有限公司", "COAL", "LARGE", 980, "410181"),
        ("登封垚石石料有限公司", "MINE_NC", "SMALL", 66, "410185"),
        ("荥阳岱石采石有限公司", "MINE_NC", "SMALL", 48, "410182"),
        ("登封箬溪谷景区管理有限公司", "TOURISM", "MEDIUM", 300, "410185"),
        ("中牟榆湖游乐园有限公司", "TOURISM", "MEDIUM", 260, "410122"),
        ("中原沐影影城", "CROWDED", "SMALL", 60, "410102"),
        ("新密砺峰民爆器材有限公司", "CIVEX", "SMALL", 58, "410183"),
        ("郑州昕输天然气管道有限公司", "PIPELINE", "MEDIUM", 150, "410105"),
        ("郑东衡升电梯工程有限公司", "SPECIAL", "SMALL", 90, "4101Z1"),
    )
)
APPLICANTS: tuple[Firm, ...] = (
    Firm("郑州栖禾包装有限公司", "TRADE", "SMALL", 45, "410105"),
    Firm("金水沐晨日化有限公司", "HAZCHEM", "SMALL", 33, "410105"),
    Firm("郑州岱青铸件有限公司", "TRADE", "MICRO", 9, "410105"),
)
STREETS = (
    "兴业路",
    "创新大道",
    "工业三路",
    "文华街",
    "朝阳路",
    "仓前街",
    "利民路",
    "和顺街",
    "迎宾大道",
    "科苑路",
)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = (
    "建国", "志强", "晓明", "红梅", "国庆", "海涛", "丽华", "文斌", "俊杰", "秀英", "永刚", "春燕", "鹏飞", "玉兰",
    "振宇", "雪梅", "立新", "桂芳", "浩然", "明辉", "思远", "静怡", "卫东", "晨曦", "佳宁", "宏伟", "雅琴", "少华",
)  # fmt: skip
