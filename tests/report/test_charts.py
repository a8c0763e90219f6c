"""Charts as numbers."""

from __future__ import annotations

import pytest

from reviewer.model.document import HotspotPart
from reviewer.report.charts import bar, dots, grid, strip, weeks
from tests.report.parts import endpoint


def test_bar_is_filled_from_edge_to_edge_and_leaves_out_empty_states():
    found = bar.segments([("met", 5), ("partly", 0), ("not_shown", 3)])
    assert [(part.state, part.x, part.width) for part in found] == [("met", 0, 62.5), ("not_shown", 62.5, 37.5)]


def test_bar_of_nothing_has_no_segment():
    assert bar.segments([("met", 0)]) == []


def test_a_segment_too_narrow_for_its_number_has_none():
    assert [part.labelled for part in bar.segments([("met", 99), ("partly", 1)])] == [True, False]


@pytest.mark.parametrize(
    ("level", "reached"), [(None, 0), (0, 0), (2, 2), (4, 4)], ids=["unknown", "none", "two", "all"]
)
def test_strip_fills_the_reached_steps_and_outlines_the_wanted_one(level, reached):
    found = strip.steps(level, 3)
    assert [step.reached for step in found] == [n < reached for n in range(4)]
    assert [step.wanted for step in found] == [False, False, True, False]


def test_grid_fits_a_narrow_screen_and_says_what_each_cell_is():
    found = grid.grid([endpoint("GET", f"/{n}", (True, False, None)[n % 3], True, n) for n in range(20)])
    assert found.width <= 252
    assert found.height == 3 * grid.PITCH
    assert [cell.kind for cell in found.cells[:3]] == ["hit", "miss", "unknown"]
    assert found.cells[1].label == "GET /1: no test reaches it"
    assert len({(cell.x, cell.y) for cell in found.cells}) == 20


def test_dots_stay_in_the_plot_and_name_the_worst():
    spots = [HotspotPart(name="f", path="a.py", line=1, complexity=c, touches=t) for c, t in ((40, 9), (12, 3), (5, 1))]
    found = dots.dots(spots)
    assert [dot.number for dot in found.dots] == [1, 2, 3]
    assert all(0 <= dot.x <= 100 and 0 <= dot.y <= dots.HEIGHT for dot in found.dots)
    assert found.threshold is not None


def test_no_threshold_where_every_function_is_simple():
    assert dots.dots([HotspotPart(name="f", path="a.py", line=1, complexity=6, touches=1)]).threshold is None


def test_no_picture_without_hotspots():
    assert dots.dots([]) is None


def test_weeks_without_commits_leave_a_gap():
    found = weeks.weeks([("2024-01-01", 4, 0), ("2024-01-15", 2, 2)])
    assert (found.per_bar, found.width, found.most) == (1, 3 * weeks.UNIT, 4)
    assert found.own.count("M") == 2
    assert found.others.count("M") == 1


def test_long_histories_put_several_weeks_into_one_bar():
    found = weeks.weeks([("1990-01-01", 1, 0), ("2024-01-01", 1, 0)])
    assert found.width <= weeks.BARS * weeks.UNIT
    assert found.per_bar > 1


@pytest.mark.parametrize(
    "rows", [[], [("not a date", 1, 1)], [("2024-01-01", 0, 0)]], ids=["none", "no dates", "no commits"]
)
def test_no_picture_without_dated_commits(rows):
    assert weeks.weeks(rows) is None
