"""Writes the JSON fixtures of StatisticsTests from SciPy and NumPy, or straight from the definitions.

Run it here: python3 generate.py. The versions that made the committed files are kept inside them.
The inputs come from fixed seeds, so that running it again with the same versions changes nothing.
"""

import itertools
import json
import pathlib

import numpy
import scipy
from scipy import stats

HERE = pathlib.Path(__file__).parent
VERSIONS = {"scipy": scipy.__version__, "numpy": numpy.__version__}


def write(name, cases):
    document = {"madeWith": VERSIONS, "cases": cases}
    (HERE / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n")


def sample(random, size, ties):
    if ties:
        return [float(value) for value in random.integers(0, max(2, size), size)]
    return [float(value) for value in random.normal(100, 10, size)]


def mann_whitney():
    random = numpy.random.default_rng(19470301)
    cases = []
    sizes = [(1, 1), (3, 3), (4, 6), (5, 5), (7, 2), (8, 8), (10, 12), (20, 20), (25, 25), (5, 100)]
    for n, m in sizes:
        a, b = sample(random, n, False), sample(random, m, False)
        found = stats.mannwhitneyu(a, b, method="exact")
        cases.append({"name": f"exact {n}x{m}", "method": "exact", "a": a, "b": b,
                      "u": float(found.statistic), "p": float(found.pvalue)})
    for n, m in [(30, 30), (26, 25), (40, 60)]:
        a, b = sample(random, n, False), sample(random, m, False)
        found = stats.mannwhitneyu(a, b, method="asymptotic")
        cases.append({"name": f"normal {n}x{m}", "method": "normal", "a": a, "b": b,
                      "u": float(found.statistic), "p": float(found.pvalue)})
    for n, m in [(30, 30), (21, 20), (50, 35)]:
        a, b = sample(random, n, True), sample(random, m, True)
        found = stats.mannwhitneyu(a, b, method="asymptotic")
        cases.append({"name": f"normal with ties {n}x{m}", "method": "normal", "a": a, "b": b,
                      "u": float(found.statistic), "p": float(found.pvalue)})
    # PermutationMethod walks through all arrangements when there are fewer of them than resamples.
    for n, m in [(2, 3), (3, 3), (4, 4), (5, 5), (3, 7), (7, 3), (6, 6), (8, 8)]:
        for _ in range(2):
            a, b = sample(random, n, True), sample(random, m, True)
            found = stats.mannwhitneyu(a, b, method=stats.PermutationMethod(n_resamples=10**6))
            cases.append({"name": f"permutation with ties {n}x{m}", "method": "exact", "a": a, "b": b,
                          "u": float(found.statistic), "p": float(found.pvalue)})
    write("mann-whitney", cases)


def descriptive():
    random = numpy.random.default_rng(1996)
    cases = []
    for size in [1, 2, 3, 4, 7, 10, 101]:
        values = sample(random, size, False)
        fractions = [0.0, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 1.0]
        cases.append({
            "values": values,
            "fractions": fractions,
            "quantiles": [float(numpy.quantile(values, f, method="linear")) for f in fractions],
            "median": float(numpy.median(values)),
            "mad": float(stats.median_abs_deviation(values)),
            "mean": float(numpy.mean(values)),
            "deviation": float(numpy.std(values, ddof=1)) if size > 1 else None,
        })
    write("descriptive", cases)


def tail_table(n, m):
    """P(U <= u) for all u, by counting every arrangement: no recurrence, no library."""
    counts = [0] * (n * m + 1)
    for chosen in itertools.combinations(range(n + m), n):
        counts[sum(rank - position for position, rank in enumerate(chosen))] += 1
    return list(numpy.cumsum(counts) / sum(counts))


def hodges_lehmann():
    random = numpy.random.default_rng(1963)
    cases = []
    for n, m, confidence in [(1, 1, 0.95), (3, 3, 0.95), (5, 5, 0.95), (6, 6, 0.95), (4, 9, 0.9), (8, 8, 0.99)]:
        a = [float(v) for v in random.lognormal(3, 0.3, n)]
        b = [float(v) for v in random.lognormal(3.2, 0.3, m)]
        tails = tail_table(n, m)
        fitting = [u for u, tail in enumerate(tails) if tail <= (1 - confidence) / 2]
        position = max(fitting) + 1 if fitting else 1
        differences = numpy.sort(numpy.subtract.outer(b, a).ravel())
        quotients = numpy.sort(numpy.divide.outer(b, a).ravel())
        cases.append({
            "a": a, "b": b, "confidence": confidence,
            "coverage": max(0.0, float(1 - 2 * tails[position - 1])),
            "shift": float(numpy.median(differences)),
            "shiftInterval": [float(differences[position - 1]), float(differences[-position])],
            "ratio": float(numpy.exp(numpy.median(numpy.log(quotients)))),
            "ratioInterval": [float(quotients[position - 1]), float(quotients[-position])],
        })
    write("hodges-lehmann", cases)


def bootstrap():
    random = numpy.random.default_rng(1979)
    cases = []
    for size in [3, 5, 6, 10, 15, 30, 31]:
        values = sample(random, size, False)
        resamples = random.choice(values, (400_000, size))
        medians = numpy.median(resamples, axis=1)
        # The distribution has steps: the interval has to lie between the quantiles a little to either side.
        cases.append({
            "values": values,
            "lower": [float(q) for q in numpy.quantile(medians, [0.022, 0.028], method="inverted_cdf")],
            "upper": [float(q) for q in numpy.quantile(medians, [0.972, 0.978], method="inverted_cdf")],
        })
    for size in [301, 500]:
        values = sample(random, size, False)
        found = stats.bootstrap((values,), numpy.median, n_resamples=20_000, method="percentile", rng=random)
        width = found.confidence_interval.high - found.confidence_interval.low
        low, high = found.confidence_interval
        cases.append({
            "values": values,
            "lower": [float(low - width / 10), float(low + width / 10)],
            "upper": [float(high - width / 10), float(high + width / 10)],
        })
    write("bootstrap", cases)


def holm():
    """Straight from the definition: the largest of min(1, (m - j + 1) p(j)) over all j up to i."""
    random = numpy.random.default_rng(19790)
    cases = []
    for size in [1, 2, 3, 10, 40]:
        p = [float(v) for v in random.beta(0.4, 3, size)]
        if size > 3:
            p[1] = p[0]
        adjusted = []
        for value in p:
            order = sorted(p)
            last = max(j for j, other in enumerate(order) if other == value)
            adjusted.append(max(min(1.0, (size - j) * order[j]) for j in range(last + 1)))
        cases.append({"p": p, "adjusted": adjusted})
    write("holm", cases)


def fisher():
    """SciPy sums all tables that are no likelier; the fixture doubles the smaller tail, as the library does."""
    cases = []
    for a, n, b, m in [(0, 6, 3, 6), (6, 12, 0, 12), (4, 12, 8, 24), (1, 3, 1, 30), (12, 24, 0, 24), (5, 5, 5, 5), (0, 4, 0, 9)]:
        table = [[a, b], [n - a, m - b]]
        tails = [stats.fisher_exact(table, alternative=side).pvalue for side in ("less", "greater")]
        cases.append({"a": a, "n": n, "b": b, "m": m, "p": float(min(1, 2 * min(tails)))})
    write("fisher", cases)


def shape():
    """The spread: SciPy's Mann-Whitney test on distances from the common median. The tails: Fisher on the outer quarter."""
    random = numpy.random.default_rng(19871)
    cases = []
    # Odd totals: the common median is then one of the values, and no two distances are equal.
    for n, m, width in [(5, 6, 1), (6, 7, 5), (8, 13, 3), (12, 13, 4), (20, 19, 2), (24, 25, 1)]:
        a = [float(v) for v in random.normal(100, 2, n)]
        b = [float(v) for v in random.normal(101, 2 * width, m)]
        centre = numpy.median(a + b)
        distances = [numpy.abs(numpy.array(side) - centre) for side in (a, b)]
        pooled = sorted(a + b)
        outer = max(1, int(len(pooled) / 4 + 0.5))
        tails = {}
        for name, inside in [("lower", lambda v: v <= pooled[outer - 1]), ("upper", lambda v: v >= pooled[-outer])]:
            table = [[sum(map(inside, a)), sum(map(inside, b))], [0, 0]]
            table[1] = [n - table[0][0], m - table[0][1]]
            sides = [stats.fisher_exact(table, alternative=side).pvalue for side in ("less", "greater")]
            tails[name] = float(min(1, 2 * min(sides)))
        cases.append({"a": a, "b": b, "spread": float(stats.mannwhitneyu(*distances, method="exact").pvalue), **tails})
    write("shape", cases)


mann_whitney()
descriptive()
hodges_lehmann()
bootstrap()
holm()
fisher()
shape()
