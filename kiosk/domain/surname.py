"""Chinese surnames: where a name divides, and how its surname is read."""

COMPOUND = frozenset(
    {
        "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯",
        "诸葛", "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠",
        "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "闾丘", "子车",
        "亓官", "司寇", "巫马", "公西", "颛孙", "壤驷", "公良", "漆雕", "乐正", "宰父", "谷梁",
        "拓跋", "夹谷", "轩辕", "令狐", "段干", "百里", "呼延", "东郭", "南门", "羊舌", "微生",
        "公户", "公玉", "公仪", "梁丘", "公仲", "公上", "公门", "公山", "公坚", "左丘", "公伯",
        "西门", "公祖", "第五", "公乘", "贯丘", "公皙", "南荣", "东里", "东宫", "仲长", "子书",
        "子桑", "即墨", "达奚", "褚师", "纳兰", "贺兰", "完颜", "叶赫", "耶律", "单于", "淳于",
        "屈突", "爱新觉罗",
    }
)  # fmt: skip

READINGS = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "任": "ren", "华": "hua",
    "查": "zha", "盖": "ge", "朴": "piao", "覃": "qin", "缪": "miao", "乐": "yue", "召": "shao",
    "员": "yun", "黑": "he", "盛": "sheng", "冼": "xian", "洗": "xian", "繁": "po", "折": "she",
    "翟": "zhai", "秘": "bi", "种": "chong", "祭": "zhai", "那": "na", "佴": "nai", "能": "nai",
    "过": "guo", "隗": "wei", "逄": "pang", "晁": "chao", "柏": "bai", "卜": "bu", "牟": "mou",
    "薄": "bo", "车": "che", "石": "shi", "沈": "shen", "谌": "chen", "句": "gou", "阚": "kan",
    "乜": "nie", "燕": "yan", "臧": "zang", "褚": "chu", "郗": "xi", "郇": "xun", "宓": "mi",
    "应": "ying", "於": "yu", "贾": "jia", "纪": "ji", "葛": "ge", "幺": "yao", "尹": "yin",
    "宁": "ning", "冯": "feng", "曲": "qu", "尉": "wei", "俞": "yu", "占": "zhan", "颉": "xie",
    "万俟": "moqi", "尉迟": "yuchi", "长孙": "zhangsun", "澹台": "tantai", "单于": "chanyu",
    "鲜于": "xianyu", "令狐": "linghu", "乐正": "yuezheng", "呼延": "huyan", "宰父": "zaifu",
    "子车": "ziju", "亓官": "qiguan", "夹谷": "jiagu", "颛孙": "zhuansun", "拓跋": "tuoba",
}  # fmt: skip
"""readings that a dictionary of words would not give a surname; ü is written v"""

DOTS = "·•・‧"
"""the middle dot of names of other languages; cards and keyboards differ in its code point"""


def splits(name: str) -> tuple[tuple[str, str], ...]:
    """Every sensible way to divide a name into surname and given name, the likely one first.

    Args:
        name: as on the card.

    Returns:
        For most names one pair. For a name that begins with a compound surname two, because
        a bearer of the single surname may have been given the other character. For a name with
        a middle dot three, none of them likelier: undivided (no surname), first part, last part.
    """
    dot = next((mark for mark in DOTS if mark in name), None)
    if dot is not None:
        first, _, rest = name.partition(dot)
        start, _, last = name.rpartition(dot)
        found = (("", name), (first, rest), (last, start))
        return tuple(dict.fromkeys(pair for pair in found if all(pair) or pair == found[0]))
    for length in (4, 2):
        surname = name[:length]
        if surname in COMPOUND and len(name) > length:
            return ((surname, name[length:]), (name[:1], name[1:]))
    if name in COMPOUND:
        return ((name[:1], name[1:]), (name, ""))
    return ((name[:1], name[1:]),)


def is_divided_for_sure(name: str) -> bool:
    """Whether nobody needs to ask where the surname ends."""
    return len(splits(name)) == 1
