"""Codes with their checks: unified social credit code, administrative division, industry.

Standard library only. A code that fails is refused with the reason, never corrected: a typing error in
a credit code would give one firm's file to another.
"""

from anlan.kernel.words import Reason

#: GB 32100-2015: no I, O, S, V, Z
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE = {c: i for i, c in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
#: GB 11714: letters stand for 10–35; the weights of the eight characters before the check
_ORGANISATION_VALUE = {c: i for i, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

#: departments that register and the kinds they register (GB 32100-2015, table 1)
DEPARTMENTS = "123456789AY"

#: codes of provinces and their equals (GB/T 2260)
_PROVINCES = """
11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42
43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82
"""
PROVINCES = frozenset(_PROVINCES.split())

#: GB/T 4754-2017: section letter → its name and its two-digit divisions, first to last
INDUSTRIES: dict[str, tuple[str, int, int]] = {
    "A": ("农、林、牧、渔业", 1, 5),
    "B": ("采矿业", 6, 12),
    "C": ("制造业", 13, 43),
    "D": ("电力、热力、燃气及水生产和供应业", 44, 46),
    "E": ("建筑业", 47, 50),
    "F": ("批发和零售业", 51, 52),
    "G": ("交通运输、仓储和邮政业", 53, 60),
    "H": ("住宿和餐饮业", 61, 62),
    "I": ("信息传输、软件和信息技术服务业", 63, 65),
    "J": ("金融业", 66, 69),
    "K": ("房地产业", 70, 70),
    "L": ("租赁和商务服务业", 71, 72),
    "M": ("科学研究和技术服务业", 73, 75),
    "N": ("水利、环境和公共设施管理业", 76, 79),
    "O": ("居民服务、修理和其他服务业", 80, 82),
    "P": ("教育", 83, 83),
    "Q": ("卫生和社会工作", 84, 85),
    "R": ("文化、体育和娱乐业", 86, 90),
    "S": ("公共管理、社会保障和社会组织", 91, 96),
    "T": ("国际组织", 97, 97),
}

#: GB/T 4754-2017: the two-digit divisions (大类)
_DIVISIONS = """
01 农业
02 林业
03 畜牧业
04 渔业
05 农、林、牧、渔专业及辅助性活动
06 煤炭开采和洗选业
07 石油和天然气开采业
08 黑色金属矿采选业
09 有色金属矿采选业
10 非金属矿采选业
11 开采专业及辅助性活动
12 其他采矿业
13 农副食品加工业
14 食品制造业
15 酒、饮料和精制茶制造业
16 烟草制品业
17 纺织业
18 纺织服装、服饰业
19 皮革、毛皮、羽毛及其制品和制鞋业
20 木材加工和木、竹、藤、棕、草制品业
21 家具制造业
22 造纸和纸制品业
23 印刷和记录媒介复制业
24 文教、工美、体育和娱乐用品制造业
25 石油、煤炭及其他燃料加工业
26 化学原料和化学制品制造业
27 医药制造业
28 化学纤维制造业
29 橡胶和塑料制品业
30 非金属矿物制品业
31 黑色金属冶炼和压延加工业
32 有色金属冶炼和压延加工业
33 金属制品业
34 通用设备制造业
35 专用设备制造业
36 汽车制造业
37 铁路、船舶、航空航天和其他运输设备制造业
38 电气机械和器材制造业
39 计算机、通信和其他电子设备制造业
40 仪器仪表制造业
41 其他制造业
42 废弃资源综合利用业
43 金属制品、机械和设备修理业
44 电力、热力生产和供应业
45 燃气生产和供应业
46 水的生产和供应业
47 房屋建筑业
48 土木工程建筑业
49 建筑安装业
50 建筑装饰、装修和其他建筑业
51 批发业
52 零售业
53 铁路运输业
54 道路运输业
55 水上运输业
56 航空运输业
57 管道运输业
58 多式联运和运输代理业
59 装卸搬运和仓储业
60 邮政业
61 住宿业
62 餐饮业
63 电信、广播电视和卫星传输服务
64 互联网和相关服务
65 软件和信息技术服务业
66 货币金融服务
67 资本市场服务
68 保险业
69 其他金融业
70 房地产业
71 租赁业
72 商务服务业
73 研究和试验发展
74 专业技术服务业
75 科技推广和应用服务业
76 水利管理业
77 生态保护和环境治理业
78 公共设施管理业
79 土地管理业
80 居民服务业
81 机动车、电子产品和日用产品修理业
82 其他服务业
83 教育
84 卫生
85 社会工作
86 新闻和出版业
87 广播、电视、电影和录音制作业
88 文化艺术业
89 体育
90 娱乐业
91 中国共产党机关
92 国家机构
93 人民政协、民主党派
94 社会保障
95 群众团体、社会团体和其他成员组织
96 基层群众自治组织及其他组织
97 国际组织
"""
DIVISIONS: dict[str, str] = {line[:2]: line[3:] for line in _DIVISIONS.strip().splitlines()}


def check_character(first17: str) -> str:
    """The 18th character of a credit code (GB 32100-2015). Raises KeyError outside the alphabet."""
    total = sum(_VALUE[c] * w for c, w in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def organisation_check(first8: str) -> str:
    """The ninth character of an organisation code (GB 11714): 10 is X, 11 is 0."""
    total = sum(_ORGANISATION_VALUE[c] * w for c, w in zip(first8, _ORGANISATION_WEIGHTS, strict=True))
    left = 11 - total % 11
    return {10: "X", 11: "0"}.get(left, str(left))


def check_uscc(code: str) -> Reason | None:
    """Why a unified social credit code cannot be right, or None. Capitals, no spaces."""
    if len(code) != 18:
        return Reason("统一社会信用代码应为18位,现在是%(n)s位,请核对", {"n": len(code)})
    if wrong := next((c for c in code if c not in _VALUE), None):
        return Reason("统一社会信用代码中不会出现“%(wrong)s”,请核对(没有I、O、S、V、Z)", {"wrong": wrong})
    if code[0] not in DEPARTMENTS:
        return Reason("统一社会信用代码的第1位“%(wrong)s”不是登记管理部门代码,请核对", {"wrong": code[0]})
    # 100000 is the registration by a national authority
    if code[2:8] != "100000" and check_division(code[2:8]) is not None:
        return Reason("统一社会信用代码的第3至8位“%(wrong)s”不是行政区划代码,请核对", {"wrong": code[2:8]})
    if organisation_check(code[8:16]) != code[16]:
        return Reason("统一社会信用代码的第9至17位(组织机构代码)校验不符,请逐位核对")
    if check_character(code[:17]) != code[17]:
        return Reason("统一社会信用代码的最后一位校验不符,请逐位核对")
    return None


def make_uscc(region: str, n: int, *, kind: str = "91") -> str:
    """A valid code for demonstrations and tests: the n-th of a division. Belongs to nobody known.

    `region` six digits; `kind` 91 is an enterprise. The organisation part is a number in base 31 behind
    the letters MA, as codes given since 2015 are.
    """
    if n < 0 or n >= 31**6:
        raise ValueError("n is between 0 and 31**6")
    digits = ""
    for _ in range(6):
        n, rest = divmod(n, 31)
        digits = ALPHABET[rest] + digits
    body = f"MA{digits}"
    first17 = f"{kind}{region}{body}{organisation_check(body)}"
    return first17 + check_character(first17)


def check_division(code: str) -> Reason | None:
    """Why a division code cannot be right: 2, 4, 6, 9 or 12 places, beginning with a province.

    Digits, except that a management unit without a national code has a letter in its fifth place
    (4101Z1 and what is below it).
    """
    if len(code) not in (2, 4, 6, 9, 12):
        return Reason("区划代码应为2、4、6、9或12位,现在是%(n)s位,请核对", {"n": len(code)})
    digits = code[:4] + code[5:] if len(code) > 4 and code[4] == "Z" else code
    if not (digits.isascii() and digits.isdigit()):
        return Reason("区划代码“%(code)s”只能是数字,请核对", {"code": code})
    if code[:2] not in PROVINCES:
        return Reason("区划代码“%(code)s”的前两位不是省级代码,请核对", {"code": code})
    return None


def check_industry(code: str) -> Reason | None:
    """Why an industry code cannot be right: a section letter, two to four digits, or both (GB/T 4754-2017)."""
    letter, digits = (code[:1], code[1:]) if code[:1].isalpha() else ("", code)
    if letter and letter not in INDUSTRIES:
        return Reason("行业门类“%(letter)s”不存在,应为A至T,请核对", {"letter": letter})
    if not digits:
        return None if letter else Reason("请填写国民经济行业代码")
    if not (digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 4):
        return Reason("行业代码“%(code)s”应为门类字母加2至4位数字,请核对", {"code": code})
    if digits[:2] not in DIVISIONS:
        return Reason("行业大类“%(digits)s”不存在,请核对", {"digits": digits[:2]})
    if letter and section_of(digits) != letter:
        return Reason(
            "行业大类%(digits)s属于门类%(right)s,不属于%(letter)s,请核对",
            {"digits": digits[:2], "right": section_of(digits), "letter": letter},
        )
    return None


def section_of(code: str) -> str:
    """The section letter of an industry code. Raises LookupError for an unknown division."""
    if code[:1].isalpha():
        return code[0]
    division = int(code[:2])
    for letter, (_, first, last) in INDUSTRIES.items():
        if first <= division <= last:
            return letter
    raise LookupError(code)


def industry_name(code: str) -> str:
    """What an industry code says, as far as its division: 制造业 · 化学原料和化学制品制造业."""
    if not code or check_industry(code) is not None:
        return code
    section = INDUSTRIES[section_of(code)][0]
    digits = code[1:] if code[:1].isalpha() else code
    return f"{section} · {DIVISIONS[digits[:2]]}" if digits and DIVISIONS[digits[:2]] != section else section
