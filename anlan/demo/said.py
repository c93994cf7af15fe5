"""What is said about a hazard: an expert's opinion, a leader's instruction, and what follows from them."""

from anlan.demo import texts
from anlan.demo.plot import Plot, Tale


def consulted(p: Plot) -> Tale:
    """The bureau asks an expert; on his opinion the office has the grade determined anew."""
    p.make_major()
    p.find(p.officer, "GOV_SPECIAL")
    yield p.hours(2, 6)
    p.do(
        "consult", p.officer, expert=p.cast.actors["expert"], words="是否构成重大隐患,请提出意见", until=p.day(45)
    )  # fmt: skip
    yield p.hours(6, 30)
    p.do("opinion", p.cast.actors["expert"], words="联锁长期摘除,符合判定标准", thinks_major=True)
    yield p.hours(4, 20)
    p.do("regrade", p.office, reason="专家认为符合判定标准,请重新认定")
    yield p.hours(4, 20)
    p.do("confirm_major", p.officer, basis=p.fault.clause, evacuate=False, suspend=False, second=p.second)
    yield 4


def opined(p: Plot) -> Tale:
    """An expert registers what he saw and adds what he thinks."""
    expert = p.cast.actors["expert"]
    p.find(expert, "EXPERT_SERVICE", "EXPERT_PROFESSIONAL", general=False)
    yield p.hours(3, 10)
    p.do("opinion", expert, words="建议核算防火间距,并检查联锁投用情况", thinks_major=False)
    yield p.hours(20, 60)
    p.do("assign", p.office, to=p.bureau, reply_due=p.day(10), words="专家意见附后,请办理")
    yield p.hours(3, 10)
    p.do("sign", p.officer)
    yield p.hours(1, 5)
    p.do("grade_general", p.officer, basis=p.fault.clause)
    yield p.hours(1, 5)
    p.order(10)
    yield p.hours(30, 100)
    p.submit()
    yield p.hours(8, 40)
    p.accept()
    yield 1


def instructed(p: Plot) -> Tale:
    """A leader writes a line on it; the owner answers."""
    p.find(p.officer, "GOV_LEADER")
    yield p.hours(2, 6)
    p.order(5, 7)
    yield p.hours(2, 8)
    p.do(
        "instruct", p.cast.actors["leader"], words=p.chance.choice(texts.INSTRUCTIONS), owner=p.bureau,
        due_on=p.day(7),
    )  # fmt: skip
    yield p.hours(30, 90)
    p.do("answer_instruction", p.officer, answer=p.chance.choice(texts.ANSWERS))
    yield 2
