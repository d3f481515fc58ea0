"""Charts: exact SVG for small data, well-formed for any words, links where there are leads to list."""

import xml.etree.ElementTree as ET

import pytest
from django.utils import translation

from reporting import charts
from reporting.charts import Bar, Line, Stack

HOSTILE = """</title><script>alert("1")</script> & 'quoted' <b>"""
TWO = [Bar("0-1", 1000, "a1", "/leads/?age=0"), Bar("2-3", 500, "a2")]


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 (our own output)


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in parsed(svg).iter("text")]


def test_histogram_of_two_bars() -> None:
    assert charts.histogram(TWO, key="age", title="Age", goal="promise", height=108) == (
        '<svg class="chart" height="108" role="group" aria-labelledby="age-t" aria-describedby="age-d">'
        '<title id="age-t">Age</title><desc id="age-d">0-1: 1,000; 2-3: 500</desc>'
        '<line class="axis" x1="0.00%" x2="100.00%" y1="80.5" y2="80.5"/>'
        '<a href="/leads/?age=0" aria-label="0-1: 1,000">'
        '<rect class="a1" x="6.50%" width="37.00%" y="46.0" height="34.0" rx="3"><title>0-1: 1,000</title></rect></a>'
        '<text class="value" text-anchor="middle" x="25.00%" y="39.0">1,000</text>'
        '<text text-anchor="middle" x="25.00%" y="100.0">0-1</text>'
        '<rect class="a2" x="56.50%" width="37.00%" y="63.0" height="17.0" rx="3"><title>2-3: 500</title></rect>'
        '<text class="value" text-anchor="middle" x="75.00%" y="56.0">500</text>'
        '<text text-anchor="middle" x="75.00%" y="100.0">2-3</text>'
        '<line class="goal" x1="50.00%" x2="50.00%" y1="4.0" y2="80.0"/>'
        '<text class="goal-text" dx="6" x="50.00%" y="13.0">promise</text></svg>'
    )


def test_a_chart_without_links_is_one_image() -> None:
    assert parsed(charts.histogram(TWO[1:], key="age", title="Age")).get("role") == "img"


def test_numbers_follow_the_reader() -> None:
    with translation.override("nl"):
        assert texts(charts.histogram(TWO, key="age", title="Age")) == ["1.000", "0-1", "500", "2-3"]


def test_weekly_of_two_weeks_against_a_target() -> None:
    drawn = charts.weekly(
        ["wk 1", "wk 2"],
        Line("now", [0.5, 0.6]),
        key="w",
        title="By week",
        target=0.8,
        target_label="target",
        height=108,
    )
    assert drawn == (
        '<svg class="chart" height="108" role="img" aria-labelledby="w-t" aria-describedby="w-d">'
        '<title id="w-t">By week</title><desc id="w-d">wk 1: 50%; wk 2: 60%</desc>'
        '<line class="grid" x1="10.00%" x2="100.00%" y1="80.0" y2="80.0"/><text x="0.00%" y="84.0">50%</text>'
        '<line class="grid" x1="10.00%" x2="100.00%" y1="58.0" y2="58.0"/><text x="0.00%" y="62.0">60%</text>'
        '<line class="grid" x1="10.00%" x2="100.00%" y1="36.0" y2="36.0"/><text x="0.00%" y="40.0">70%</text>'
        '<line class="grid" x1="10.00%" x2="100.00%" y1="14.0" y2="14.0"/><text x="0.00%" y="18.0">80%</text>'
        '<svg viewBox="0 0 1000 108" width="100%" height="108" preserveAspectRatio="none">'
        '<polygon class="area" points="100.0,80 100.0,80.0 975.0,58.0 975.0,80"/>'
        '<polyline class="line" points="100.0,80.0 975.0,58.0"/></svg>'
        '<line class="goal" x1="10.00%" x2="100.00%" y1="14.0" y2="14.0"/>'
        '<text class="goal-text" text-anchor="end" x="100.00%" y="8.0">target</text>'
        '<text text-anchor="middle" x="10.00%" y="100.0">wk 1</text>'
        '<text text-anchor="middle" x="97.50%" y="100.0">wk 2</text>'
        '<circle class="dot" cx="10.00%" cy="80.0" r="3"><title>wk 1: 50%</title></circle>'
        '<circle class="dot on" cx="97.50%" cy="58.0" r="4.5"><title>wk 2: 60%</title></circle>'
        '<text class="value" text-anchor="end" dx="4" x="97.50%" y="47.0">60%</text></svg>'
    )


def test_a_week_without_leads_leaves_a_gap() -> None:
    drawn = parsed(charts.weekly(["1", "2", "3", "4"], Line("now", [0.5, 0.6, None, 0.7]), key="w", title="By week"))
    assert [line.get("points") for line in drawn.iter("polyline")] == ["100.0,180.0 391.7,124.7", "975.0,69.3"]
    assert drawn.findtext("desc") == "1: 50%; 2: 60%; 3: –; 4: 70%"  # noqa: RUF001


def test_what_the_nights_knew_is_dashed_beneath() -> None:
    live, nightly = Line("now", [0.5, 0.6]), Line("then", [0.4, None])
    drawn = parsed(charts.weekly(["1", "2"], live, key="w", title="By week", nightly=nightly))
    assert [line.get("class") for line in drawn.iter("polyline")] == ["line dashed", "line"]


def test_many_weeks_show_some_labels_and_always_the_last() -> None:
    weeks = [f"wk {n}" for n in range(1, 13)]
    drawn = charts.weekly(weeks, Line("now", [0.5] * 12), key="w", title="By week")
    assert [words for words in texts(drawn) if words.startswith("wk")] == [f"wk {n}" for n in range(2, 13, 2)]


def test_followed_by_day_climbs_in_steps() -> None:
    drawn = parsed(charts.followed_by_day([Line("Now", [0, 0.5, 1])], key="d", title="Days", promised_day=1))
    assert [line.get("points") for line in drawn.iter("polyline")] == [
        "110.0,210.0 540.0,210.0 540.0,112.0 970.0,112.0 970.0,14.0"
    ]
    assert drawn.findtext("desc") == "Now: 100%"


def test_funnel_says_which_part_goes_on() -> None:
    steps = [Bar("MQL", 200), Bar("SAL", 100), Bar("SQL", 0), Bar("Won", 0)]
    drawn = charts.funnel(steps, key="f", title="Funnel", goes_on="%s goes on")
    assert texts(drawn) == ["MQL", "200", "SAL", "100", "50% goes on", "SQL", "0", "0% goes on", "Won", "0"]
    assert [rect.get("width") for rect in parsed(drawn).iter("rect") if rect.get("class") != "track"] == [
        "100.00%",
        "50.00%",
        "0.00%",
        "0.00%",
    ]


def test_stacked_rows_leave_out_empty_parts() -> None:
    row = Stack("Fair", [Bar("in time", 3, "a1"), Bar("late", 0, "a4"), Bar("never", 1, "a7", "/x/")], "25%")
    drawn = parsed(charts.stacked([row], key="s", title="Stacked"))
    assert [(rect.get("class"), rect.get("x"), rect.get("width")) for rect in drawn.iter("rect")] == [
        ("a1", "0.00%", "74.70%"),
        ("a7", "75.00%", "24.70%"),
    ]
    assert [(link.get("href"), link.get("aria-label")) for link in drawn.iter("a")] == [("/x/", "Fair, never: 1")]


@pytest.mark.parametrize(
    ("total", "scale"), [(0, 1), (240, 1), (241, 2), (480, 2), (481, 5), (1200, 5), (1201, 10), (240_001, 2000)]
)
def test_leads_a_dot(total: int, scale: int) -> None:
    assert charts.leads_a_dot(total) == scale


def test_seeds_keep_a_dot_for_every_part_that_has_leads() -> None:
    drawn = parsed(charts.seeds([("gone", 1), ("slow", 0), ("quick", 999)], label="Cloud"))
    colours = [dot.get("class") for dot in drawn.iter("circle")]
    assert (colours.count("gone"), colours.count("slow"), colours.count("quick")) == (1, 0, 200)


def test_three_seeds() -> None:
    assert charts.seeds([("gone", 1), ("quick", 2)], label="Cloud", radius=50) == (
        '<svg class="seeds" viewBox="0 0 100 100" role="img" aria-label="Cloud">'
        '<circle class="gone" cx="68.4" cy="50.0" r="3.1"/><circle class="quick" cx="26.5" cy="71.5" r="4.1"/>'
        '<circle class="quick" cx="53.6" cy="9.1" r="4.5"/></svg>'
    )


@pytest.mark.parametrize(
    ("share", "shade"),
    [
        (0, "h1"),
        (0.12, "h1"),
        (0.125, "h2"),
        (0.3, "h3"),
        (0.4, "h4"),
        (0.5, "h5"),
        (0.74, "h5"),
        (0.75, "h6"),
        (1, "h6"),
    ],
)
def test_heat(share: float, shade: str) -> None:
    assert charts.heat(share) == shade


def test_no_data_draws_an_empty_chart() -> None:
    drawn = [
        charts.histogram([], key="a", title="None"),
        charts.weekly([], Line("now", []), key="b", title="None"),
        charts.followed_by_day([], key="c", title="None"),
        charts.funnel([], key="d", title="None"),
        charts.stacked([Stack("Fair", [])], key="e", title="None"),
        charts.seeds([], label="None"),
    ]
    assert [parsed(svg).tag for svg in drawn] == ["svg"] * 6


def test_hostile_words_stay_words() -> None:
    bars = [Bar(HOSTILE, 2, url="/x/?a=1&b=2"), Bar(HOSTILE, 1)]
    drawn = [
        charts.histogram(bars, key="a", title=HOSTILE, goal=HOSTILE),
        charts.weekly([HOSTILE], Line(HOSTILE, [0.5]), key="b", title=HOSTILE, target=0.8, target_label=HOSTILE),
        charts.followed_by_day([Line(HOSTILE, [0.5])], key="c", title=HOSTILE),
        charts.funnel(bars, key="d", title=HOSTILE, goes_on="%s <i>"),
        charts.stacked([Stack(HOSTILE, bars, HOSTILE)], key="e", title=HOSTILE),
    ]
    assert [parsed(svg).findtext("title") for svg in drawn] == [HOSTILE] * 5
    assert [list(parsed(svg).iter("script")) for svg in drawn] == [[]] * 5
    assert parsed(charts.seeds([("gone", 1)], label=HOSTILE)).get("aria-label") == HOSTILE
