"""A new sensor is told in words on the page of the record, never by the name of its column."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backstride.knowledge.loader import shipped
from backstride.model.findings import STRAP, FormBreak, FormPoint, FormSeries
from backstride.model.history import Span
from backstride.model.text import Text
from backstride.reports.record.axis import Axis
from backstride.reports.record.lanes_form import form_lane
from backstride.reports.wording import Wording

LAST = date(2026, 6, 28)


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("contact_ms", "stryd_contact_ms", "Stryd ground contact time, before that ground contact time."),
        ("contact_ms", f"contact_ms{STRAP}", "ground contact time by a strap or pod at the trunk, before"),
    ],
)
@pytest.mark.parametrize("width", [350, 720])
def test_a_sensor_break_is_told_in_words(was: str, now: str, told: str, width: int) -> None:
    days = [LAST - timedelta(days=back) for back in range(20, 0, -1)]
    points = tuple(FormPoint(on, str(on), 1.0, 5.0, 0) for on in days)
    series = FormSeries(
        "contact_changed",
        Text("features.name_running_contact_ms"),
        "ms",
        points,
        (),
        (FormBreak(days[9], "sensor", was, now),),
    )

    lane = form_lane(series, Axis(Span(days[0], LAST), width, Wording(shipped().sentences)))

    assert lane is not None
    said = " ".join(lane.parts)
    assert told in said
    assert "_ms" not in said
