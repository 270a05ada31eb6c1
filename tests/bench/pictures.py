# SPDX-License-Identifier: MIT
"""How cost grows with width, batch and threads: SVG files, drawn by gnuplot."""
import re
import shutil
import statistics
import subprocess

STYLE = """set terminal svg size 720,420 font 'DejaVu Sans,12' background 'white' noenhanced
set grid lc rgb '#dddddd'
set border 3
set tics nomirror
set key bottom right
set logscale x 2
"""
COLOURS = ("#1f5fa8", "#c8501e", "#3a8a3a", "#7b4fa0", "#888888", "#b8860b")


def curve(measurements, label, threads):
    """Points (x, median) of the cases "LABEL x"."""
    points = []
    for (workload, case, _, count), values in measurements.values.items():
        found = re.fullmatch(rf"{label} (\d+)", case)
        if workload == "growth" and count == threads and found:
            points.append((int(found[1]), statistics.median(values)))
    return sorted(points)


def thread_counts(measurements):
    return sorted({key[3] for key in measurements.values if key[0] == "growth"})


def threads_text(count):
    return "1 thread" if count == 1 else f"{count} threads"


def draw(path, titles, curves, settings=""):
    """`curves`: {title: points}."""
    lines = [STYLE, settings, f"set output '{path}'", f"set title '{titles[0]}'", f"set xlabel '{titles[1]}'",
             f"set ylabel '{titles[2]}'"]
    plots = []
    for number, (title, points) in enumerate(curves.items()):
        lines += [f"$curve{number} << EOD", *(f"{x} {y:.6g}" for x, y in points), "EOD"]
        plots.append(f"$curve{number} with linespoints pt 7 ps 0.5 lw 2 lc rgb '{COLOURS[number % len(COLOURS)]}' "
                     f"title '{title}'")
    lines.append("plot " + ", ".join(plots))
    subprocess.run(["gnuplot"], input="\n".join(lines), text=True, check=True)


# The pictures, and what a reader who does not see them should know.
TEXTS = {
    "performance-width.svg": "GFLOP/s of a training step over the width of a network, for one thread and more",
    "performance-batch.svg": "Rows a second over the rows of a call, training and predicting",
    "performance-threads.svg": "How much faster more threads are, over the width of a network",
}


def draw_all(measurements, folder):
    """performance-width.svg, -batch.svg, -threads.svg in the folder; False if that cannot be."""
    counts = thread_counts(measurements)
    if not counts or shutil.which("gnuplot") is None:
        return False
    width = {count: curve(measurements, "train width", count) for count in counts}
    draw(folder / "performance-width.svg",
         ("A training step of W-W-10, batch 128: how much of the processor it uses", "width W", "GFLOP/s"),
         {threads_text(count): points for count, points in width.items()}, "set yrange [0:*]\n")
    batch = {}
    for label in ("train", "predict"):
        for count in counts:
            points = curve(measurements, f"{label} batch", count)
            batch[f"{label}, {threads_text(count)}"] = [(x, y / 1000) for x, y in points]
    draw(folder / "performance-batch.svg", ("784-128-10: rows a second", "rows a call", "thousand rows/s"), batch,
         "set logscale y\n")
    alone = dict(width[counts[0]])
    gains = {threads_text(count): [(x, y / alone[x]) for x, y in width[count] if x in alone] for count in counts[1:]}
    if gains:
        draw(folder / "performance-threads.svg",
             ("A training step of W-W-10, batch 128: how much faster than one thread", "width W", "times"), gains,
             "set yrange [0:*]\n")
    return True
