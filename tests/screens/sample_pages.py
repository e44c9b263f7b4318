"""Pages of a form with every kind of field, written by hand so that screens are tested alone."""

from dataclasses import replace

from kiosk.domain.document import DocumentKind
from kiosk.forms.views import (
    FieldKind,
    FieldView,
    Finding,
    Option,
    PageView,
    ReviewLine,
    ReviewSection,
    Source,
    Text,
)


def said(parts: str) -> Text:
    """A sample: 中文|English|繁體."""
    return Text(f"sample:{parts}")


GROUPS = ("华北|North", "华东|East", "华中|Central", "华南|South", "西南|Southwest")
REGIONS = tuple(
    Option(f"{group}{index}", said(f"新疆维吾尔自治区{index}|Inner Mongolia region {index}"),
           group=said(name))
    for group, name in enumerate(GROUPS)
    for index in range(7)
)  # fmt: skip
ETHNIC = tuple(Option(f"{i:02}", said(f"柯尔克孜族{i}|Kirgiz {i}")) for i in range(1, 57))

NAME = PageView(
    "name",
    said("请核对您的姓名和拼音|Please check your name|請核對您的姓名和拼音"),
    (
        FieldView("surname", FieldKind.CHINESE_TEXT, said("姓|Surname"), "欧阳",
                  source=Source.ID_CARD, locked=True),
        FieldView("surname_pinyin", FieldKind.LATIN_TEXT,
                  said("姓的拼音|Surname in pinyin|姓的拼音"), "OUYANG", source=Source.DERIVED,
                  hint=said("证件上会这样印|Printed like this on your documents")),
        FieldView("given", FieldKind.CHINESE_TEXT, said("名|Given name"), "\U0002a84a明",
                  source=Source.ID_CARD, max_length=20),
        FieldView("given_pinyin", FieldKind.LATIN_TEXT, said("名的拼音|Given name in pinyin"), "",
                  finding=Finding("given_pinyin", said(
                      "请填写名的拼音，只用大写字母。"
                      "|Please type the given name in capital letters."))),
    ),
    0, 6,
    lead=said("身份证上的内容已经填好。|What your card says is filled in already."),
)  # fmt: skip
CONTACT = PageView(
    "contact",
    said("怎样联系您？|How can we reach you?|怎樣聯絡您？"),
    (
        FieldView("phone", FieldKind.DIGITS, said("手机号码|Mobile phone"), "1390000",
                  source=Source.CITIZEN, max_length=11,
                  finding=Finding("phone", said("手机号码是 11 位数字，还少 4 位。"
                                                "|A mobile number has 11 digits; 4 are missing."))),
        FieldView("contact_name", FieldKind.CHINESE_TEXT, said("紧急联系人|Emergency contact"), "",
                  hint=said("家人或朋友都可以|A relative or a friend")),
        FieldView("issued", FieldKind.DATE, said("旧证签发日期|Old document issued on"), "",
                  optional=True),
    ),
    4, 6,
)  # fmt: skip
CHOICES = PageView(
    "apply",
    said("您要办理什么？|What do you apply for?|您要辦理什麼？"),
    (
        FieldView("reason", FieldKind.CHOICE, said("护照|Passport"), "11",
                  source=Source.CITIZEN,
                  options=(
                      Option("11", said("首次申请|First passport"),
                             note=said("120 元|¥120")),
                      Option("31", said("换发：快到期、用完了|Renewal: expiring or full"),
                             note=said("120 元，请带旧护照|¥120, bring the old passport")),
                      Option("W4", said("补发：遗失或损坏|Replacement: lost or damaged")),
                  )),
        FieldView("places", FieldKind.CHOICES, said("去哪里？|Where do you go?"), ("HKG",),
                  source=Source.CITIZEN,
                  options=(Option("HKG", said("香港|Hong Kong")),
                           Option("MAC", said("澳门|Macao")))),
        FieldView("courier", FieldKind.YES_NO, said("需要快递吗？|By courier?"), False),
    ),
    2, 6,
)  # fmt: skip
BIRTH = PageView(
    "birth",
    said("出生地和民族|Place of birth and ethnicity|出生地和民族"),
    (
        FieldView("region", FieldKind.LONG_CHOICE, said("出生地|Place of birth"), "",
                  options=REGIONS),
        FieldView("ethnicity", FieldKind.LONG_CHOICE, said("民族|Ethnicity"), "03",
                  shown=said("回族|Hui"), source=Source.ID_CARD, options=ETHNIC),
    ),
    1, 6,
)  # fmt: skip


def pages() -> tuple[PageView, ...]:
    """All pages, nothing focused."""
    return NAME, CONTACT, CHOICES, BIRTH


def focused() -> tuple[tuple[PageView, str], ...]:
    """Pages with the field that is being answered."""
    grouped = replace(BIRTH.fields[0], value=REGIONS[3].code, shown=REGIONS[3].label)
    return (
        (NAME, "given_pinyin"),
        (CONTACT, "phone"),
        (CONTACT, "contact_name"),
        (BIRTH, "ethnicity"),
        (BIRTH, "region"),
        (replace(BIRTH, key="birth2", fields=(grouped, BIRTH.fields[1])), "region"),
    )


def document_sections() -> tuple[ReviewSection, ...]:
    """One section for each document."""
    materials = (
        said("居民身份证原件|Your resident identity card"),
        said("符合规定的证件照片一张|One photo that meets the rules"),
        said("登记备案的国家工作人员，带单位同意函|Registered state staff: consent of the unit"),
    )
    lines = (
        ReviewLine(said("申请类型|Application"), said("首次申请|First"), page="apply"),
        ReviewLine(said("前往地|Going to"), said("香港、澳门|Hong Kong, Macao"), page="apply"),
    )
    names = {
        DocumentKind.PASSPORT: ("普通护照|Passport|普通護照", 12000),
        DocumentKind.HK_MACAO_PERMIT: ("往来港澳通行证|Hong Kong and Macao permit", 6000),
        DocumentKind.TAIWAN_PERMIT: ("往来台湾通行证|Taiwan permit", 6000),
    }
    note = Text("fee.endorsement_extra", (("yuan", "15"),))
    processing = Text("form.processing.working_days", (("n", 7),))
    return tuple(
        ReviewSection(said(name), kind, lines, fee, materials, note, processing)
        for kind, (name, fee) in names.items()
    )
