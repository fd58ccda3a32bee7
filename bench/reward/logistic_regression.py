"""Fits scikit-learn's logistic regression to preference pairs; bench/reward/logistic-regression.ts starts it.

    python logistic_regression.py FOLDER

FOLDER has job.json, {"pairs", "widths": {name: width}, "split": ["train" | "validation" | "test", ...], "first": [0 | 1, ...]},
and for each name a file NAME.f32: the differences of the pairs' vectors, float32, row by row. No intercept, each pair in
both orders, the penalty chosen on the validation pairs. Writes margins.json, {name: [log odds of the test pairs]}.
"""

import json
import sys
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression

penalties = (0.03, 0.1, 0.3, 1, 3, 10, 30)


def log_loss(margins, first):
    return float(np.mean(np.logaddexp(0, -np.where(first == 1, margins, -margins))))


def margins_of(rows, split, first):
    train, validation, test = (split == part for part in ("train", "validation", "test"))
    both = np.vstack([rows[train], -rows[train]])
    outcomes = np.concatenate([first[train], 1 - first[train]])
    fits = [LogisticRegression(C=c, fit_intercept=False, max_iter=1000).fit(both, outcomes) for c in penalties]
    best = min(fits, key=lambda fit: log_loss(fit.decision_function(rows[validation]), first[validation]))
    return best.decision_function(rows[test]).tolist()


def main():
    warnings.filterwarnings("ignore")
    folder = sys.argv[1]
    with open(f"{folder}/job.json", encoding="utf-8") as file:
        job = json.load(file)
    split, first = np.array(job["split"]), np.array(job["first"])
    margins = {}
    for name, width in job["widths"].items():
        rows = np.fromfile(f"{folder}/{name}.f32", dtype=np.float32).reshape(job["pairs"], width)
        margins[name] = margins_of(rows, split, first)
    with open(f"{folder}/margins.json", "w", encoding="utf-8") as file:
        json.dump(margins, file)


if __name__ == "__main__":
    main()
