"""Writes consensus-golden.json: aggregates of random labels, computed independently of the TypeScript beside it.

    pip install numpy scipy
    python3 lib/stats/consensus-golden.py > lib/stats/consensus-golden.json

Kendall's W comes from SciPy's Friedman test, mid-ranks from SciPy, the standard error from the three sums of Gatz &
Smith (1995), medians from NumPy on repeated values, spans from one array a category with a place for every code point.
"""

import json

import numpy as np
from scipy import stats

random = np.random.default_rng(20261126)
ROUND = 12


def plain(values):
    return np.round(np.asarray(values, dtype=float), ROUND).tolist()


def rankings(voters, things, levels, weights):
    ranks = random.integers(1, levels + 1, size=(voters, things))
    mids = np.array([stats.rankdata(row) for row in ranks])
    w = None
    if len(set(weights)) == 1:
        # The test statistic is m (n - 1) W.
        w = stats.friedmanchisquare(*mids.T).statistic / (voters * (things - 1))
    margins = np.zeros((things, things))
    for row, weight in zip(ranks, weights):
        margins += weight * (np.subtract.outer(row, row) < 0) - weight * (np.subtract.outer(row, row) > 0)
    return {
        "ranks": ranks.tolist(),
        "weights": weights,
        "meanRanks": plain(np.average(mids, axis=0, weights=weights)),
        "margins": plain(margins / sum(weights)),
        "w": w,
    }


def means(values, weights):
    x, p = np.array(values, dtype=float), np.array(weights, dtype=float)
    n, mean, middle = len(x), np.average(x, weights=p), p.mean()
    a = p * x - middle * mean
    b = p - middle
    square = n / ((n - 1) * p.sum() ** 2) * ((a**2).sum() - 2 * mean * (b * a).sum() + mean**2 * (b**2).sum())
    return {
        "values": values,
        "weights": weights,
        "mean": mean,
        "standardError": float(np.sqrt(square)),
        # Weights are halves: two entries for a person, one for a judge.
        "median": float(np.median(np.repeat(x, (2 * p).astype(int)))),
    }


def runs(mask):
    found, start = [], None
    for place, is_in in enumerate([*mask, False]):
        if is_in and start is None:
            start = place
        if not is_in and start is not None:
            found.append((start, place))
            start = None
    return found


def spans(voters, length, weights):
    marked = []
    for _ in range(voters):
        own = []
        for _ in range(random.integers(0, 4)):
            start = int(random.integers(0, length))
            end = int(min(length, start + random.integers(0, 12)))
            own.append({"start": start, "end": end, "category": "ab"[random.integers(0, 2)]})
        marked.append(own)
    found, agreeing, said = [], 0.0, 0
    for category in "ab":
        share = np.zeros(length)
        for own, weight in zip(marked, weights):
            mask = np.zeros(length, dtype=bool)
            for span in own:
                if span["category"] == category:
                    mask[span["start"] : span["end"]] = True
            share += weight * mask / sum(weights)
        inside = share > 0.5 + 1e-9
        for start, end in runs(~inside):
            if start > 0 and end < length and end - start <= 2:
                inside[start:end] = True
        for start, end in runs(inside):
            found.append({"start": start, "end": end, "category": category, "share": share[start:end].mean()})
        any_mark = share > 0
        agreeing += np.where(inside, share, 1 - share)[any_mark].sum()
        said += any_mark.sum()
    found.sort(key=lambda span: (span["start"], span["end"], span["category"]))
    return {"votes": marked, "weights": weights, "spans": found, "confidence": agreeing / said if said else 1}


def weights_of(voters, judges):
    return [1.0] * (voters - judges) + [0.5] * judges


print(
    json.dumps(
        {
            "rankings": [
                rankings(3, 5, 9, weights_of(3, 0)),
                rankings(4, 6, 3, weights_of(4, 0)),
                rankings(7, 4, 4, weights_of(7, 0)),
                rankings(5, 4, 4, weights_of(5, 2)),
            ],
            "means": [
                means(random.integers(0, 101, size).tolist(), weights_of(size, judges))
                for size, judges in ((2, 0), (5, 0), (6, 3), (9, 4))
            ],
            "spans": [
                spans(voters, 60, weights_of(voters, judges))
                for voters, judges in ((1, 0), (2, 0), (3, 0), (3, 1), (5, 0), (6, 3), (9, 2))
            ],
        },
        default=float,
    )
)
