"""Draws the charts of docs/performance.md as SVG: horizontal bars on linear axes from zero.

Each bar is a figure of benches/results.json. Each chart has a file for each language.
"""
import math
import unicodedata

# The folder of each language, relative to `docs`.
FOLDERS = ("performance", "zh/performance")
LEFT, PLOT, RIGHT = 200, 400, 160
WIDTH = LEFT + PLOT + RIGHT
SIZE, LINE = 13, 26
# Fill of the bars by the kind of a row.
KINDS = {
    "ours": ("compshare-rs", "compshare-rs"),
    "bare": ("by hand, on the same HTTP library", "用同一 HTTP 库手写"),
    "other": ("other software", "其他软件"),
}
STYLE = """
text { font: 13px system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; fill: #1f2328 }
.title { font-size: 15px; font-weight: 600 } .note, .tick { font-size: 12px; fill: #59636e } .ours { fill: #0969da }
.bare { fill: #8c959f } .other { fill: #bf8700 } .page { fill: #ffffff; stroke: #d1d9e0 } .grid { stroke: #d1d9e0 }
.value { paint-order: stroke; stroke: #ffffff; stroke-width: 5px }
.target { stroke: #cf222e; stroke-dasharray: 4 3 } text.target { fill: #cf222e; stroke: none; font-size: 12px }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc } .note, .tick { fill: #9198a1 } .ours { fill: #4493f8 } .bare { fill: #768390 } .other { fill: #d29922 }
.page { fill: #0d1117; stroke: #3d444d } .grid { stroke: #3d444d } .value { stroke: #0d1117 } .target { stroke: #f85149 } text.target { fill: #f85149 }
}
"""

# The rows of a group: name in the results, kind, and label in both languages.
CLIENTS = [
    ("bare hyper", "bare", "loop over hyper", "hyper 手写循环"),
    ("async client", "ours", "async client", "异步客户端"),
    ("bare ureq", "bare", "loop over ureq", "ureq 手写循环"),
    ("sync client", "ours", "blocking client", "同步客户端"),
    ("UCloud's Python SDK", "other", "UCloud's Python SDK", "UCloud Python SDK"),
]
PREFETCH = ("async client, prefetch 4", "ours", "async, prefetch(4)", "异步，prefetch(4)")
START = [
    ("bare ureq", "bare", "30 lines over ureq", "30 行 ureq 程序"),
    ("compshare", "ours", "compshare", "compshare"),
]
BUILDS = [
    ("bare ureq", "bare", "ureq alone", "仅 ureq"),
    ("compshare-client sync", "ours", "client, sync", "客户端，sync"),
    ("bare hyper", "bare", "hyper alone", "仅 hyper"),
    ("compshare-client async", "ours", "client, async", "客户端，async"),
    ("compshare-client both", "ours", "client, both", "客户端，两者"),
    ("reqwest", "other", "reqwest alone", "仅 reqwest"),
]


class Panel:
    """The bars of one figure of one group. `per` divides the figure, for another unit."""

    def __init__(self, titles, subject, group, figure, rows, unit, per=1, target=None):
        self.titles = titles
        self.subject = subject
        self.group = group
        self.figure = figure
        self.rows = rows
        self.unit = unit
        self.per = per
        # A multiple of the baseline that was aimed at, marked in the panel.
        self.target = target


REQUEST = "one request, 20 favorites"
CHARTS = {
    "start-up": (
        ("One request by the command line, from start to exit", "命令行发一个请求，从启动到退出"),
        [
            Panel(("Beside UCloud's Python SDK", "与 UCloud Python SDK 对比"), "start-up", REQUEST, "wall ms",
                  [*START, CLIENTS[4]], "ms"),
            Panel(("Beside 30 lines over ureq", "与 30 行的 ureq 程序对比"), "start-up", REQUEST, "wall ms",
                  START, "ms", target=1.3),
        ],
    ),
    "call": (
        ("CPU time of a call that returns 20 images", "一次调用（返回 20 个镜像）的 CPU 时间"),
        [
            Panel(("Beside UCloud's Python SDK", "与 UCloud Python SDK 对比"), "in-flight",
                  "1000 requests, 64 in flight, 0 ms", "CPU ms", CLIENTS, "ms", per=1000),
            Panel(("The same, without Python", "同上，不含 Python"), "in-flight",
                  "1000 requests, 64 in flight, 0 ms", "CPU ms", CLIENTS[:4], "ms", per=1000),
        ],
    ),
    "listing": (
        ("Listing 10,000 images in 101 requests", "分 101 个请求列出 10,000 个镜像"),
        [
            Panel(("Server without delay: total time", "服务端无延迟：总用时"), "listing", "10000 images, 0 ms", "wall ms",
                  CLIENTS, "ms"),
            Panel(("Each response after 50 ms: total time", "每个响应延迟 50 ms：总用时"), "listing", "10000 images, 50 ms",
                  "wall ms", [*CLIENTS, PREFETCH], "s", per=1000),
        ],
    ),
    "memory": (
        ("Peak memory", "内存峰值"),
        [
            Panel(("Listing 10,000 images", "列出 10,000 个镜像"), "listing", "10000 images, 0 ms", "peak MiB", CLIENTS, "MiB"),
            Panel(("1,000 calls, 64 at a time", "1,000 次调用，64 个并发"), "in-flight", "1000 requests, 64 in flight, 0 ms",
                  "peak MiB", CLIENTS, "MiB"),
        ],
    ),
    "build": (
        ("Build cost of the dependency", "依赖的编译开销"),
        [
            Panel(("Crates", "crate 数"), "build-cost", "cold build", "crates", BUILDS, ("crates", "个")),
            Panel(("CPU time of a clean release build", "完整 release 编译的 CPU 时间"), "build-cost", "cold build", "CPU s",
                  BUILDS, "s"),
        ],
    ),
}


def draw(subjects):
    """Yields the path, relative to `docs`, and the text of each chart."""
    for name, (titles, panels) in CHARTS.items():
        for at, folder in enumerate(FOLDERS):
            yield f"{folder}/{name}.svg", chart(titles, panels, subjects, at)


def figures(subjects):
    """Returns each figure of the charts as the documents quote it, without its unit."""
    panels = [panel for _, panels in CHARTS.values() for panel in panels]
    rows = [(panel, value) for panel in panels for _, value, _ in rows_of(panel, subjects)]
    return {amount(value, panel, 0).split()[0] for panel, value in rows}


def chart(titles, panels, subjects, at):
    subject = subjects[panels[0].subject]
    parts = [text(16, 30, titles[at], "title"), legend(panels, at)]
    top, alternative = 88, []
    for panel in panels:
        rows = rows_of(panel, subjects)
        alternative += [f"{label(row, at)}: {amount(value, panel, at)}" for row, value, _ in rows]
        parts += draw_panel(panel, rows, top, at)
        top += len(rows) * LINE + 68
    shorter = ("Shorter is better; × is relative to the bar above.", "越短越好；倍数以上一行为基准。")[at]
    measured = (f"Measured {subject.day} on loopback", f"{subject.day} 在本机回环地址上测得")[at]
    if panels[0].subject == "build-cost":
        measured = (f"Measured {subject.day}", f"{subject.day} 测得")[at]
    machine = (subject.machine, subject.machine.replace(" cores", " 核").replace(", ", "，"))[at]
    note = (f"{shorter} {measured}: {machine}.", f"{shorter}{measured}：{machine}。")[at]
    parts.append(text(16, top - 10, note, "note"))
    height = top + 8
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{escape(titles[at])}</title>",
        f"<desc>{escape('; '.join(alternative))}</desc>",
        f"<style>{STYLE}</style>",
        f'<rect class="page" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="6"/>',
        *parts,
        "</svg>",
    ]) + "\n"


def legend(panels, at):
    """Draws the kinds of bars that the panels have."""
    kinds = {row[1] for panel in panels for row in panel.rows}
    parts, left = [], 16
    for kind in (kind for kind in KINDS if kind in kinds):
        words = KINDS[kind][at]
        parts.append(f'<rect class="{kind}" x="{left}" y="44" width="11" height="11"/>')
        parts.append(text(left + 17, 54, words, "note"))
        left += round(17 + extent(words, 12) + 14)
    return "".join(parts)


def rows_of(panel, subjects):
    """Returns the row, its value and, if its baseline is the bar above, the ratio to it, for each bar."""
    group = next(rows for name, rows in subjects[panel.subject].groups if name == panel.group)
    by_name = {row.name: row for row in group}
    result = []
    above = None
    for row in panel.rows:
        found = by_name[row[0]]
        value = found.values[panel.figure]
        ratio = value / above.values[panel.figure] if above and found.baseline == above.name else None
        result.append((row, value / panel.per, ratio))
        above = found
    return result


def draw_panel(panel, rows, top, at):
    most = max(value for _, value, _ in rows)
    step = nice(most / 4)
    end = math.ceil(most / step - 1e-9) * step
    below = top + 10 + len(rows) * LINE
    parts = [text(16, top, panel.titles[at], "panel")]

    for tick in range(round(end / step) + 1):
        x = LEFT + tick * step / end * PLOT
        parts.append(f'<line class="grid" x1="{x:.1f}" y1="{top + 10}" x2="{x:.1f}" y2="{below}"/>')
        words = f"{tick * step:.10g}"
        if tick * step == end:
            words += f" {unit(panel, at)}"
        parts.append(text(x, below + 16, words, "tick", "middle"))

    for number, (row, value, ratio) in enumerate(rows):
        y = top + 14 + number * LINE
        length = value / end * PLOT
        figure = amount(value, panel, at)
        if ratio:
            figure += (f" ({ratio:.2f}×)", f"（{ratio:.2f} 倍）")[at]
        assert extent(label(row, at), SIZE) < LEFT - 24, row
        assert LEFT + length + 8 + extent(figure, SIZE) < WIDTH - 4, figure
        parts.append(text(LEFT - 10, y + 13, label(row, at), None, "end"))
        parts.append(f'<rect class="{row[1]}" x="{LEFT}" y="{y}" width="{length:.1f}" height="18"/>')
        parts.append(text(LEFT + length + 8, y + 13, figure, "value"))

    if panel.target:
        aim = rows[0][1] * panel.target
        x = LEFT + aim / end * PLOT
        words = (f"aim: {panel.target}×, {amount(aim, panel, at)}", f"目标：{panel.target} 倍，{amount(aim, panel, at)}")[at]
        parts.append(f'<line class="target" x1="{x:.1f}" y1="{top + 4}" x2="{x:.1f}" y2="{below}"/>')
        parts.append(text(x, top, words, "target", "middle"))
    return parts


def nice(value):
    """Returns the least of 1, 2, 2.5, 5 and 10 times a power of ten that is not below the value."""
    power = 10 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= value - 1e-9)


def amount(value, panel, at):
    # Counts are whole; measurements have three digits.
    number = f"{value:,.0f}" if panel.figure == "crates" else digits(value)
    return f"{number} {unit(panel, at)}"


def digits(value):
    """Formats a measurement with three digits."""
    return f"{value:,.0f}" if value >= 99.95 else f"{value:#.3g}"


def unit(panel, at):
    return panel.unit if isinstance(panel.unit, str) else panel.unit[at]


def label(row, at):
    return row[2 + at]


def extent(words, size):
    """Estimates the width of a text, on the safe side."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in words)
    return size * (wide + 0.55 * (len(words) - wide))


def text(x, y, words, name=None, anchor=None):
    attributes = (f' class="{name}"' if name else "") + (f' text-anchor="{anchor}"' if anchor else "")
    return f'<text x="{x:.1f}" y="{y}"{attributes}>{escape(words)}</text>'


def escape(words):
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
