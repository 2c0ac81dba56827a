"""The page as a whole: it stands alone, every link leads somewhere, and nothing breaks it."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

import songhua
from dom import Node, parse
from small import write
from songhua import Run, render, session
from songhua.document.report import PAGES
from songhua.document.studies import sections as every_section
from songhua.errors import SonghuaError
from songhua.format.view import View
from songhua.render import font
from songhua.results import Result

LANGS = ("en", "zh")
MOST = 1_600_000
SCRIPT = files("songhua.render.html").joinpath("files/script.js").read_text("utf-8")
HOSTILE = "<script>alert(1)</script>&\"'x onload=y"


#: A table's style holds its headings as texts, and a text in a style fetches nothing.
HEADINGS = re.compile(r'(--h\d+:"([^"\\\n\r\f]|\\["\\])*"(;|$))*')


def _anchors(tree: Node) -> tuple[list[str], list[str]]:
    ids = [node.attrs["id"] for node in tree.all() if "id" in node.attrs]
    hrefs = [n.attrs.get("href", "") for n in tree.all("a")]
    inside = [one for one in hrefs if "://" not in one and "#" in one]
    return ids, [one.partition("#")[2] for one in inside]


def _alone(tree: Node) -> None:
    """Nothing in the page makes a browser ask for anything."""
    for node in tree.all():
        assert node.tag not in ("link", "img", "iframe", "object", "embed", "base"), node.tag
        if node.tag == "script":  # our own, after all that is read
            assert node.inside == [SCRIPT]
        assert not node.attrs.keys() & {"src", "srcset", "xlink:href", "data", "action"}
        assert HEADINGS.fullmatch(node.attrs.get("style", "")), node.attrs
        assert not any(name.startswith("on") for name in node.attrs), node.attrs
        if node.tag != "a":
            assert not any("://" in v for k, v in node.attrs.items() if k not in ("id", "title"))
        else:
            assert re.match(r"#|https?://|[a-z]+-(en|zh)\.html(#|$)", node.attrs["href"])
    style = "".join(
        item for node in tree.all("style") for item in node.inside if isinstance(item, str)
    )
    assert "@import" not in style
    assert re.findall(r"url\((?!data:font/woff2;base64,)", style) == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_fetches_nothing(trees: dict[str, Node], lang: str) -> None:
    _alone(trees[lang])


@pytest.mark.parametrize("lang", LANGS)
def test_every_link_leads_to_one_place(trees: dict[str, Node], lang: str) -> None:
    ids, links = _anchors(trees[lang])
    own = [id for id in ids if id not in ("top", "main")]
    assert len(own) == len(set(own))
    assert set(links) - set(ids) == set()
    assert sum(link.startswith("obs-") for link in links) > 500
    assert sum(link.startswith("src-") for link in links) > 500


def test_every_observation_and_source_has_its_place(trees: dict[str, Node], harbin: Run) -> None:
    tree = trees["en"]
    ids, _ = _anchors(tree)
    assert sum(id.startswith("obs-") for id in ids) == len(harbin.region.figures.observations)
    assert sum(id.startswith("src-") for id in ids) == len(harbin.region.sources)
    rows = [row for row in tree.all("tr") if row.attrs.get("id", "").startswith("obs-")]
    assert all(any("#src-" in a.attrs["href"] for a in row.all("a")) for row in rows)
    assert all(next(row.all("span", "grade"), None) for row in rows)


@pytest.mark.parametrize("lang", LANGS)
def test_structure_for_readers_who_do_not_see_it(trees: dict[str, Node], lang: str) -> None:
    tree = trees[lang]
    assert next(tree.all("html")).attrs["lang"] == {"en": "en", "zh": "zh-Hans"}[lang]
    sections = [node.attrs["id"] for node in tree.inside[0].all("section")]
    assert sections == [name for name in every_section() if name not in PAGES]
    listed = [a.attrs["href"][1:] for a in next(tree.all("details", "toc")).all("a")]
    assert list(dict.fromkeys(listed)) == sections
    assert len(tree.inside) == 4
    for page in tree.inside:
        levels = [int(node.tag[1]) for node in page.all() if re.fullmatch("h[1-6]", node.tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    for table in tree.all("table"):
        assert next(table.all("caption")).text
        assert all(head.attrs.get("scope") for head in table.all("th"))
    for svg in tree.all("svg"):
        assert svg.attrs["role"] == "img"
        named = svg.attrs.get("aria-labelledby", "").split()
        assert all(tree.by_id(id).text for id in named)
        assert named or svg.attrs["aria-label"]
    assert (
        len(list(tree.all("svg", "plot"))) == 49
    )  # one a chain of the eight industries, what stands beside others, four of choices


def test_output_and_revenue_never_share_a_chart(trees: dict[str, Node], harbin: Run) -> None:
    tree = trees["en"]
    system = harbin.results["diagnose"].tables["system"]
    known = system[system["state"] == "known"]
    for measure, rows in known.groupby("measure"):
        chart = tree.by_id(f"c-size-{measure}-d").text
        mine = [harbin.region.label("industries", id) for id in rows["industry"]]
        others = [harbin.region.label("industries", id) for id in known["industry"]]
        assert all(name in chart for name in mine)
        assert not any(name in chart for name in set(others) - set(mine))


def test_every_kind_of_bounds_is_explained_in_words_on_each_page(trees: dict[str, Node]) -> None:
    for page in trees["en"].inside:
        said = "rounding bound: covers only the rounding of the printed figures"
        assert page.text.count(said) == 1
    assert trees["en"].by_id("legend").text.count("covers only the rounding") == 1


def test_a_page_is_below_1600_thousand_bytes(
    books: dict[str, dict[str, str]], western: dict[str, dict[str, str]]
) -> None:
    for book in (*books.values(), *western.values()):
        sizes = {name: len(text.encode()) for name, text in book.items()}
        assert len(sizes) == 4
        assert max(sizes.values()) < MOST, sizes


def test_a_link_names_another_page_only_for_what_is_there(books: dict[str, dict[str, str]]) -> None:
    held = {name: set(_anchors(parse(text))[0]) for name, text in books["en"].items()}
    for name, text in books["en"].items():
        for a in parse(text).all("a"):
            file, mark, place = a.attrs["href"].partition("#")
            if mark and "://" not in file:
                assert place in held[file or name]
                assert not file or place not in held[name]


def test_each_page_leads_to_the_others_and_to_the_same_in_the_other_language(
    books: dict[str, dict[str, str]],
) -> None:
    for name, text in books["en"].items():
        led = {a.attrs["href"] for a in next(parse(text).all("ul", "pages")).all("a")}
        assert led == {*books["en"], name.replace("-en", "-zh")} - {name}
        assert name.replace("-en", "-zh") in books["zh"]


def test_a_figure_leads_to_its_row_its_source_and_its_address(
    trees: dict[str, Node], harbin: Run
) -> None:
    """The row says what the figure is and what was printed; the source is one click from it."""
    held = harbin.region.figures.observations.frame.set_index("id")
    figures = trees["en"].inside[3]
    for row in figures.all("tr"):
        id = row.attrs.get("id", "")
        if not id.startswith("obs-"):
            continue
        one = held.loc[id.removeprefix("obs-")]
        assert harbin.region.label("indicators", one["indicator"], "en") in row.text
        address = str(harbin.region.sources[one["source"]]["address"])
        hrefs = [a.attrs["href"] for a in row.all("a")]
        assert f"#src-{one['source']}" in hrefs
        assert address in hrefs or not address.startswith("http")


def test_the_same_input_gives_the_same_bytes(rivertown: Path) -> None:
    done = session.open(rivertown).run_all()
    first = render.report(View.of(done))
    font._subset.cache_clear()
    again = session.open(rivertown).run_all()
    assert render.report(View.of(again)) == first


@pytest.mark.parametrize("lang", LANGS)
def test_names_that_look_like_markup_stay_text(tmp_path: Path, lang: str) -> None:
    quoted = HOSTILE.replace('"', '\\"')
    catalogue = write(tmp_path / "plain")
    changes = {}
    for name in ("region", "sources", "indicators", "industries"):
        text = (catalogue / f"{name}.toml").read_text("utf-8")
        text = text.replace("Rivertown", quoted).replace("河城", quoted).replace("Food", quoted)
        text = text.replace("Real growth", quoted).replace("食品", quoted)
        text = text.replace(
            'title = "A paper"', f'title = "{quoted}"\naddress = "javascript:alert(1)"'
        )
        changes[f"{name}_toml"] = text
    done = session.open(write(tmp_path / "hostile", **changes)).run_all()
    html = render.report(View.of(done, lang))
    tree = parse(html)
    _alone(tree)
    assert HOSTILE in tree.text


@pytest.mark.parametrize("lang", LANGS)
def test_a_small_region_without_plan_or_claims(rivertown: Path, lang: str) -> None:
    done = session.open(rivertown).run_all()
    assert done.plan is None
    tree = parse(render.report(View.of(done, lang)))
    _alone(tree)
    ids, links = _anchors(tree)
    assert set(links) <= set(ids)


@pytest.mark.parametrize("results", [{}, {"diagnose": Result("diagnose", {})}])
def test_nothing_was_found(rivertown: Path, results: dict[str, Result]) -> None:
    region = session.open(rivertown).region
    tree = parse(render.report(View(region=region, plan=None, results=results)))
    shown = [node.attrs["id"] for node in tree.all("section")]
    assert shown == [
        "findings", "figures", "recipe",
    ]  # fmt: skip
    assert "No plan in the folder" in tree.text
    assert not list(tree.all("svg"))


def test_as_of_a_day_shows_only_what_was_known(tmp_path: Path) -> None:
    done = session.open(session.example("harbin"), as_of="2021-03-09").run_all()
    tree = parse(render.report(View.of(done)))
    ids, links = _anchors(tree)
    assert set(links) <= set(ids)
    assert "9 Mar 2021" in next(tree.all("header")).text
    assert sum(id.startswith("obs-") for id in ids) == len(done.region.figures.observations) < 518


def test_every_other_example_is_shown_as_well(washington: Run) -> None:
    for name in sorted(set(session.examples()) - {"harbin"}):
        made = name == "washington"
        done = washington if made else session.open(session.example(name)).run_all()
        tree = parse(render.report(View.of(done)))
        _alone(tree)
        ids, links = _anchors(tree)
        assert set(links) <= set(ids), name


def test_the_font_holds_every_chinese_character_of_the_page(pages: dict[str, str]) -> None:
    import base64
    import io

    from fontTools.ttLib import TTFont

    html = pages["zh"]
    data = re.search(r"base64,([^)]+)\)", html)
    assert data
    drawn = set(TTFont(io.BytesIO(base64.b64decode(data[1]))).getBestCmap())
    text = {
        ord(c) for c in parse(html).text if re.match("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", c)
    }
    assert len(text) > 500
    assert text - drawn == set()


def test_some_sections_by_themselves_carry_their_charts_and_no_dead_link(harbin: Run) -> None:
    shown = songhua.show(harbin, "sizes", "claims", lang="zh")
    assert set(re.findall(r'<section id="([^"]+)"', shown.html)) == {"sizes", "claims"}
    assert "<svg" in shown.html
    assert "<nav" not in shown.html
    ids = set(re.findall(r' id="([^"]+)"', shown.html))
    assert set(re.findall(r'href="#([^"]+)"', shown.html)) <= ids
    assert "srcdoc" in shown._repr_html_()


def test_a_section_that_does_not_exist_or_has_nothing_is_said(harbin: Run) -> None:
    with pytest.raises(SonghuaError) as told:
        songhua.show(harbin, "sites")
    assert [fault.code for fault in told.value.faults] == ["section_unknown"]
    bare = replace(harbin, results={"claims": harbin.results["claims"]})
    with pytest.raises(SonghuaError) as told:
        songhua.show(bare, "simulate")
    assert [fault.code for fault in told.value.faults] == ["section_empty"]
