"""Charts from the server: where everything lies is computed here, a macro draws it as SVG.

A template draws one in two lines, and the numbers stand in a table below the drawing:

    {% from "charts/histogram.html" import histogram, mini_histogram %}
    {{ histogram(scores, id="pho-diem-6a1", title="Toán, lớp 6A1, ĐĐGgk") }}

| Macro, in `templates/charts/` | What it takes |
|---|---|
| histogram.html: `histogram(scores, id, title)` | marks in tenths and how often: {75: 3} |
| `dots(scores, id, title)` | the same, each mark a dot: for fewer than ten marks |
| `mini_histogram(scores, title)` | the same, for the cell of a table |
| boxes.html: `box_plots(groups, id, title)` | a list of (label, scores), the one looked at first |
| running.html: `running_shares(groups, id, title)` | the same: up to three distributions |
| trend.html: `trend(groups, id, title)` | the same, in the order of time |
| edits.html: `edit_timeline(days, id, title)` | `EditDay`s: how much was edited on which day |
| ranking.html: `ranked_bars(rows, title, head, value_head)` | `RankedRow`s in rank order |

`id` begins a drawing's own ids and is unique on its page. No drawing has colours of its own: they
are classes of style.css, and no meaning rests on a colour alone.
"""

from web.charts.boxes import box_plots
from web.charts.edits import EditDay, edit_timeline
from web.charts.histogram import dots, histogram, mini_histogram
from web.charts.ranking import RankedRow, ranked_bars
from web.charts.running import running_shares
from web.charts.trends import trend

__all__ = [
    "EditDay",
    "RankedRow",
    "box_plots",
    "dots",
    "edit_timeline",
    "histogram",
    "mini_histogram",
    "ranked_bars",
    "running_shares",
    "trend",
]
