# SPDX-License-Identifier: MIT
"""From measurements to figures: medians, ratios, whether bars are reached, and tables of them."""
import statistics

import plan


def median_of(measurements, row, case, contender):
    """In the row's unit; None if it was not measured."""
    values = measurements.values.get((row.workload, case, contender, row.threads))
    return statistics.median(values) * plan.UNITS[row.workload].scale if values else None


def peak_of(measurements, row, case):
    """The median of the limit that was measured beside glia; None if there is none."""
    limits = measurements.limits.get((row.workload, case, row.contender, row.threads))
    return statistics.median(limits) * plan.UNITS[row.workload].scale if limits else None


def contenders_of(measurements, row, case):
    """Who measured the case, in the order of the runs."""
    return [key[2] for key in measurements.values
            if (key[0], key[1], key[3]) == (row.workload, case, row.threads)]


def best_of(measurements, row, case, contenders):
    """(name, median) of the best; None if there is nobody."""
    medians = [(name, median_of(measurements, row, case, name)) for name in contenders]
    if not medians:
        return None
    return (max if plan.UNITS[row.workload].more_is_better else min)(medians, key=lambda item: item[1])


def limit_of(measurements, row, case):
    """(name, median) of the limit."""
    peak = peak_of(measurements, row, case)
    if peak is not None:
        return "peak", peak
    limits = [name for name in contenders_of(measurements, row, case) if name.startswith("limit")]
    return best_of(measurements, row, case, limits)


def peer_of(measurements, row, case):
    """(name, median) of the best peer."""
    peers = [name for name in contenders_of(measurements, row, case) if not name.startswith(("limit", "glia"))]
    return best_of(measurements, row, case, peers)


def rounds_of(measurements, row, case, contender, of_best):
    """The medians, or the best samples where there were several; None if it was not measured."""
    key = (row.workload, case, contender, row.threads)
    return of_best and measurements.best.get(key) or measurements.values.get(key)


def beside_of(measurements, row, case, contender, of_best=False):
    """Those of glia and of another, round by round; None if one of them is not there."""
    own = rounds_of(measurements, row, case, row.contender, of_best)
    beside = None
    if contender == "limit":
        beside = measurements.limits.get((row.workload, case, row.contender, row.threads))
        limit = limit_of(measurements, row, case)
        contender = limit and limit[0]
    beside = beside or rounds_of(measurements, row, case, contender, of_best)
    return (own, beside) if own and beside else None


def ratio_to(measurements, row, case, contender):
    """glia's figure through another's, the median over the rounds; None if there is no other."""
    both = beside_of(measurements, row, case, contender)
    if both is None:
        return None
    own, beside = both
    if row.is_paired and len(own) == len(beside):
        return statistics.median(a / b for a, b in zip(own, beside))
    return statistics.median(own) / statistics.median(beside)


def best_ratio_to(measurements, row, case, contender):
    """The best sample of all rounds of glia's through that of the other's."""
    both = beside_of(measurements, row, case, contender, of_best=True)
    best = max if plan.UNITS[row.workload].more_is_better else min
    return both and best(both[0]) / best(both[1])


def worst_case(row, value_of):
    """(value, case) where value_of(case) is worst; None if it is nowhere known."""
    found = [(value_of(case), case) for case in row.cases if value_of(case) is not None]
    if not found:
        return None
    return min(found) if plan.UNITS[row.workload].more_is_better else max(found)


def reaches(row, bar, value):
    return value >= bar.factor if plan.UNITS[row.workload].more_is_better else value <= bar.factor


def bar_of(measurements, row, bar):
    """What a bar asks for and what is there, at the case that is worst; None if that was not measured."""
    if bar.contender is None:
        worst, best = worst_case(row, lambda case: median_of(measurements, row, case, row.contender)), None
    else:
        worst = worst_case(row, lambda case: ratio_to(measurements, row, case, bar.contender))
        best = worst_case(row, lambda case: best_ratio_to(measurements, row, case, bar.contender))
    if worst is None:
        return None
    value, case = worst
    return {"of": bar.contender, "factor": bar.factor, "value": value, "case": case, "best": best and best[0],
            "reached": reaches(row, bar, value), "best_reaches": reaches(row, bar, best[0] if best else value)}


def row_of(measurements, row):
    """All there is to say about a row; None if glia has not run."""
    cases = []
    for case in row.cases:
        value = median_of(measurements, row, case, row.contender)
        if value is not None:
            cases.append({"case": case, "glia": value, "limit": limit_of(measurements, row, case),
                          "peer": peer_of(measurements, row, case),
                          "against": row.against and ratio_to(measurements, row, case, row.against)})
    if not cases:
        return None
    bars = [bar for bar in (bar_of(measurements, row, bar) for bar in row.bars) if bar is not None]
    unit = plan.UNITS[row.workload]
    return {"title": row.title, "threads": row.threads, "unit": unit.name, "more_is_better": unit.more_is_better,
            "contender": row.contender, "against": row.against, "cases": cases, "bars": bars}


def rows_of(measurements, rows):
    return [row for row in (row_of(measurements, row) for row in rows) if row is not None]


def number(value):
    """Three digits."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def span(values):
    """One number, or the least and the largest."""
    values = [value for value in values if value is not None]
    if not values:
        return "–"
    least, most = number(min(values)), number(max(values))
    return least if least == most else f"{least} to {most}"


def limit_text(row):
    return span([case["limit"] and case["limit"][1] for case in row["cases"]])


def peer_text(row):
    """The peers that are best at some case."""
    best = {}
    for case in row["cases"]:
        if case["peer"]:
            best.setdefault(case["peer"][0], []).append(case["peer"][1])
    return ", ".join(f"{name} {span(values)}" for name, values in best.items()) or "–"


def ratio_text(row):
    """glia through what its bars are about."""
    parts = []
    for bar in row["bars"]:
        where = f" ({bar['case']})" if len(row["cases"]) > 1 else ""
        name = {"limit": "", None: ""}.get(bar["of"], f" x {bar['of']}")
        parts.append("" if bar["of"] is None else f"{bar['value']:.2f}{name}{where}")
    return ", ".join(filter(None, parts)) or "–"


def best_text(row):
    """The same of the best samples."""
    return ", ".join(f"{bar['best']:.2f}" for bar in row["bars"] if bar["best"] is not None) or "–"


def bar_text(row):
    sign = "" if row["more_is_better"] else "at most "
    parts = []
    for bar in row["bars"]:
        name = {"limit": "", None: f" {row['unit']}"}.get(bar["of"], f" x {bar['of']}")
        parts.append(f"{sign}{bar['factor']:.3g}{name}")
    return ", ".join(parts)


def reached_text(row):
    if all(bar["reached"] for bar in row["bars"]):
        return "yes"
    return "by the best samples" if all(bar["best_reaches"] for bar in row["bars"]) else "no"


BAR_HEADER = ("workload", "unit", "limit", "best peer", "glia", "glia / limit", "best samples", "bar", "reached")
EXTRA_HEADER = ("workload", "unit", "glia", "ratio", "to")


def bar_lines(rows):
    return [(row["title"], row["unit"], limit_text(row), peer_text(row), span([case["glia"] for case in row["cases"]]),
             ratio_text(row), best_text(row), bar_text(row), reached_text(row)) for row in rows if row["bars"]]


def extra_lines(rows):
    lines = []
    for row in rows:
        ratios = [case["against"] for case in row["cases"]]
        lines.append((row["title"], row["unit"], span([case["glia"] for case in row["cases"]]), span(ratios),
                      row["against"] if any(ratios) else "–"))
    return lines


def detail_lines(measurements):
    """Every case: the medians of all contenders."""
    lines = {}
    for (workload, case, contender, threads), values in measurements.values.items():
        unit = plan.UNITS.get(workload)
        if unit is not None:
            lines.setdefault((workload, case, threads), []).append(
                f"{contender} {number(statistics.median(values) * unit.scale)}")
    return [(f"{workload}: {case}", threads, plan.UNITS[workload].name, "; ".join(figures))
            for (workload, case, threads), figures in lines.items()]


def ahead_lines(rows):
    """Where a peer does better than glia by more than what measuring blurs."""
    lines = []
    for row in rows:
        for case in row["cases"]:
            if not case["peer"]:
                continue
            name, figure = case["peer"]
            lead = figure / case["glia"] if row["more_is_better"] else case["glia"] / figure
            if lead > 1.03:
                lines.append((row["title"], case["case"], row["threads"], name, f"{number(figure)} {row['unit']}",
                              f"{number(case['glia'])} {row['unit']}", f"{lead:.2f}"))
    return lines


def as_text(header, lines):
    """Columns for a terminal."""
    table = [tuple(map(str, line)) for line in (header, *lines)]
    widths = [max(len(line[i]) for line in table) for i in range(len(header))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in table)


def as_markdown(header, lines):
    table = [header, ["---"] * len(header), *lines]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in table)
