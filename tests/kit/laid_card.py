"""What a reader says of a synthetic citizen's card."""

from hardware.interfaces.id_card_reader import CardLayout, IdCard

CARD = IdCard(
    layout=CardLayout.CITIZEN,
    name="欧阳测试",
    sex_code="2",
    birth="19990101",
    number="42029919990101006x",
    ethnicity_code="01",
    address="测试省测试市测试路1号",
    issuer="测试市公安局",
    valid_from="20200101",
    valid_to="20400101",
)
