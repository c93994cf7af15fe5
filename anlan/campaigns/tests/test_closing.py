"""The closing report says what the records say, is frozen when the campaign closes, and shows what changes later."""

import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from anlan.campaigns.commands import campaign
from anlan.campaigns.models import Campaign
from anlan.campaigns.tests.scenes import Cast, fresh, issued, opened, signed_in
from anlan.evidence import store
from anlan.figures.bulletins import keeping, render
from anlan.figures.reports.queries import VERSION
from anlan.hazards import commands as hazards
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import ERQI, JINSHUI, NOW, TODAY, later
from anlan.inspections.tests.scenes import answered, begun, finished, met
from anlan.kernel import canonical
from anlan.kernel.scope import SYSTEM, acting_as
from anlan.kernel.words import Refused
from anlan.site import closing, closing_paper

pytestmark = pytest.mark.django_db
SUMMARY = "排查出的隐患逐条交办、逐条销号。"


@pytest.fixture
def city() -> Cast:
    return Cast()


def closed(city: Cast, **given) -> Campaign:
    c = opened(city, until=TODAY, **given)
    return campaign.close(c.pk, by=city.clerk, at=NOW, summary=SUMMARY, problems="个别企业自查不实。")


def lived(city: Cast) -> None:
    """One visit, one hazard found and put right, one that stands open."""
    v = begun(city)
    answered(city, v, *met("HC01"))
    finished(city, v)
    scenes.register(city.officer, city.firm, at=later(days=-2))
    scenes.register(city.officer, city.firm, at=later(days=-1))


def said_of(c: Campaign) -> dict:
    said = closing.frozen(fresh(c))
    assert said is not None
    return said


def figure(said: dict, code: str, *, place: str = "", sector: str = "") -> object:
    [found] = [
        f["value"] for f in said["figures"] if (f["code"], f["place"], f["sector"]) == (code, place, sector)
    ]
    return found


def test_a_campaign_is_not_closed_without_a_summary_and_then_nothing_is_frozen(city):
    c = opened(city, until=TODAY)
    with pytest.raises(Refused, match="工作总结"):
        campaign.close(c.pk, by=city.clerk, at=NOW, summary="")
    assert fresh(c).report_sha256 == ""


def test_the_report_says_what_the_records_say_of_the_whole_each_unit_and_each_sector(city):
    lived(city)
    said = said_of(closed(city))
    assert figure(said, "visits") == 1
    assert figure(said, "firms_checked") == 1
    assert figure(said, "found_general", place=JINSHUI) == figure(said, "found_general")
    assert figure(said, "found_general", place=ERQI) == 0
    assert figure(said, "visits", sector="HAZCHEM") == 1
    assert figure(said, "window_rate", place=ERQI) is None, "over nothing there is no rate"
    assert (said["start"], said["end"]) == ("2019-08-01", TODAY.isoformat())


def test_the_report_tells_plans_bodies_rules_and_what_was_covered(city):
    c = opened(city, until=TODAY)
    issued(city, c, city.station)
    campaign.seat(
        c.pk,
        by=city.clerk,
        at=NOW,
        body="OFFICE",
        name="马处长",
        title="副主任",
        seconded=True,
        home_name="市教育局",
    )
    campaign.put_rule(c.pk, by=city.clerk, at=NOW, kind="UNIFIED", title="统一指挥", text="一个口子对外")
    said = said_of(campaign.close(c.pk, by=city.clerk, at=NOW, summary=SUMMARY))
    words = "".join(closing_paper.organised(said))
    assert "集中办公室1人(抽调1人)" in words
    assert "五统一1项已落实0项" in words
    assert "下发1家,签收0家" in words


def test_what_was_frozen_is_named_by_its_hash_with_the_records_and_the_programs_version(city):
    lived(city)
    c = fresh(closed(city))
    assert c.report_version == VERSION
    for sha in (c.report_sha256, c.report_kept_sha256, c.report_pdf_sha256, c.report_docx_sha256):
        assert store.holds(sha)
    with acting_as(SYSTEM):
        assert list(closing.check()) == []
    store.path_of(c.report_pdf_sha256).write_bytes(b"another")
    with acting_as(SYSTEM):
        [found] = closing.check()
    assert "PDF" in str(found.reason.params)
    keeper = replace(SYSTEM, can=frozenset({"campaign.system"}))
    with pytest.raises(Refused, match="已留存"):
        campaign.keep_report(c.pk, by=keeper, at=NOW, said="0", kept="0", pdf="0", docx="0", version="0")


def test_a_later_change_shows_beside_the_frozen_figure_with_the_record_that_left(city):
    gone = scenes.register(city.officer, city.firm, at=later(days=-2))
    scenes.register(city.officer, city.firm, at=later(days=-1))
    c = fresh(closed(city))
    with acting_as(city.clerk):
        assert closing.changes(c, said_of(c)) == []
    hazards.ask_void(gone.pk, by=city.officer, at=NOW, reason="误报")
    hazards.void(gone.pk, by=city.head, at=NOW)
    with acting_as(city.clerk):
        found = {(x.code, x.place, x.sector): x for x in closing.changes(c, said_of(c))}
    change = found["found_general", "", ""]
    assert (change.frozen, change.now) == (2, 1)
    assert change.moved is not None
    assert change.moved.gone == (gone.pk,)
    assert ("found_general", JINSHUI, "") in found
    assert ("found_general", ERQI, "") not in found
    assert figure(said_of(c), "found_general") == 2, "what was frozen stands"


def test_every_figure_on_the_page_opens_into_as_many_records_as_it_says(city):
    lived(city)
    c = closed(city)
    client = signed_in(city.clerk)
    page = client.get(f"/campaigns/{c.pk}/report/")
    assert page.status_code == 200
    for f in page.context["whole"]:
        rows = client.get(f["href"])
        assert rows.status_code == 200
        if f["code"] in ("visits", "found_general", "found_major"):
            assert rows.context["count"] == f["value"]
    for table in page.context["tables"]:
        for line in table["lines"]:
            for cell, column in zip(line["cells"], table["columns"], strict=True):
                if column["code"] in ("visits", "found_general") and int(cell["value"]):
                    assert client.get(cell["href"]).context["count"] == int(cell["value"])
    assert client.get(f"/campaigns/{c.pk}/rows/visits/?county=999999").status_code == 404


def test_the_paper_is_the_same_as_page_pdf_and_word(city):
    lived(city)
    c = fresh(closed(city))
    client = signed_in(city.clerk)
    word = b"".join(client.get(f"/campaigns/{c.pk}/report.docx").streaming_content)
    pdf = b"".join(client.get(f"/campaigns/{c.pk}/report.pdf").streaming_content)
    assert pdf == store.path_of(c.report_pdf_sha256).read_bytes()
    text = "\n".join(p.text for p in Document(io.BytesIO(word)).paragraphs)
    assert f"{c.name}工作总结的报告" in text
    assert SUMMARY in text
    assert "排查企业(单位)1家次" in text or "1家次" in text
    assert client.get(f"/campaigns/{c.pk}/report.txt").status_code == 404


def test_who_sees_a_part_of_the_city_is_told_its_own_figures_and_gets_no_paper_of_the_whole(city):
    lived(city)
    scenes.register(city.officer, city.firm, at=later(days=-3))
    c = fresh(closed(city))
    client = signed_in(city.county_clerk)
    page = client.get(f"/campaigns/{c.pk}/report/")
    assert page.context["part"] is True
    assert [line["place"] for line in page.context["said"]["units"]] == [JINSHUI]
    pdf = b"".join(client.get(f"/campaigns/{c.pk}/report.pdf").streaming_content)
    assert pdf != store.path_of(c.report_pdf_sha256).read_bytes()


def test_the_report_of_a_campaign_that_runs_is_a_draft(city):
    c = opened(city, until=date(2019, 10, 31))
    with acting_as(city.clerk):
        said = closing_paper.context(c, closing.draw(c, city.clerk, NOW))
    assert said["number"] == ""
    assert said["title"].endswith("进展情况的报告")
    assert render.pdf(said)[:4] == b"%PDF"


def test_a_report_frozen_by_another_version_of_the_program_is_still_shown_and_compared(city):
    lived(city)
    c = fresh(closed(city))
    said = said_of(c)
    said["whole"].append({"code": "of_old", "label": "旧指标", "unit": "处", "value": 3})
    said["figures"].append({"code": "of_old", "place": "", "sector": "", "value": 3})
    said["whole"].append({"code": "closure_rate", "label": "销号率", "unit": "%", "value": "1.0"})
    said["figures"].append({"code": "closure_rate", "place": "", "sector": "", "value": "1.0"})
    text = canonical.text(said).encode()
    Campaign._base_manager.filter(pk=c.pk).update(report_sha256=keeping.put(text))
    page = signed_in(city.clerk).get(f"/campaigns/{c.pk}/report/")
    assert page.status_code == 200
    assert "旧指标" in page.content.decode()
    assert [change["c"].code for change in page.context["restated"]["changes"]] == ["closure_rate"]
    for f in page.context["whole"]:
        if f["href"]:
            assert signed_in(city.clerk).get(f["href"]).status_code == 200
