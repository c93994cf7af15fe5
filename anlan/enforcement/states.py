"""The words a document is sorted by: its kind, its state, how it was served."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """Which paper it is. DOC04, DOC07 and GOV06 of the inventory."""

    HANDOVER = "HANDOVER", _("交办单")
    RECTIFY_ORDER = "RECTIFY_ORDER", _("责令限期整改指令书")
    REVIEW_OPINION = "REVIEW_OPINION", _("整改复查意见书")


#: the word of each kind within a document number, after the agency's own
TYPE_WORDS = {Kind.HANDOVER: "交办", Kind.RECTIFY_ORDER: "责改", Kind.REVIEW_OPINION: "复查"}

#: kinds that are acts of enforcement upon a firm: two officers sign them (行政处罚法 art. 42)
BY_TWO_OFFICERS = frozenset({Kind.RECTIFY_ORDER, Kind.REVIEW_OPINION})


class State(TextChoices):
    DRAFT = "DRAFT", _("草稿")
    APPROVED = "APPROVED", _("已签发")
    SERVED = "SERVED", _("已送达")
    VOID = "VOID", _("作废")


class How(TextChoices):
    """How it was served (民事诉讼法 arts. 88–95, by 行政处罚法 art. 61)."""

    DIRECT = "DIRECT", _("直接送达")
    LEFT = "LEFT", _("留置送达")
    POST = "POST", _("邮寄送达")
    ELECTRONIC = "ELECTRONIC", _("电子送达")
    ENTRUSTED = "ENTRUSTED", _("委托送达")
    INTERNAL = "INTERNAL", _("公文交换")


class Receipt(TextChoices):
    """What the receiver did."""

    SIGNED = "SIGNED", _("已签收")
    REFUSED = "REFUSED", _("拒绝签收")
    ABSENT = "ABSENT", _("无人签收")


class Measure(TextChoices):
    """An interview or a fine stands, or was entered by mistake."""

    STANDS = "STANDS", _("有效")
    VOID = "VOID", _("作废")
