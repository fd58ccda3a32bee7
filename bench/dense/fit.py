"""Fits scikit-learn's LogisticRegression to the heads of one split and writes the logits of all rows.

    fit.py FOLDER

FOLDER has rows.f32 (n x width float32 numbers) and task.json: {"width", "heads": [{"targets", "weights"}], "splits": [...]}.
Each head is fitted on the rows of split "train" that have a weight, a soft target being two rows with its shares as weights, and
both classes weigh alike. Writes logits.json: for each head {"default": [...], "tuned": [...], "C": ...}, with the default C = 1
and with the C of .01, .1, 1, 10 that has the lowest weighted log loss on the rows of split "validation".
"""

import json
import pathlib
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression

CHOICES = [0.01, 0.1, 1.0, 10.0]


def fit(x, targets, weights, c):
    yes, no = weights * targets, weights * (1 - targets)
    total = yes.sum() + no.sum()
    balanced = np.concatenate([yes * total / (2 * yes.sum()), no * total / (2 * no.sum())])
    kept = balanced > 0
    rows = np.concatenate([x, x])[kept]
    labels = np.concatenate([np.ones(len(x)), np.zeros(len(x))])[kept]
    return LogisticRegression(C=c, max_iter=2000).fit(rows, labels, sample_weight=balanced[kept])


def loss(logits, targets, weights):
    yes, no = weights * targets, weights * (1 - targets)
    total = yes.sum() + no.sum()
    return (yes * np.logaddexp(0, -logits) * total / (2 * yes.sum()) + no * np.logaddexp(0, logits) * total / (2 * no.sum())).sum()


def main():
    folder = pathlib.Path(sys.argv[1])
    task = json.loads((folder / "task.json").read_text())
    x = np.fromfile(folder / "rows.f32", dtype="<f4").reshape(-1, task["width"])
    splits = np.array(task["splits"])
    train, validation = splits == "train", splits == "validation"
    answers = []
    for head in task["heads"]:
        targets, weights = np.array(head["targets"]), np.array(head["weights"])
        fits = {c: fit(x[train], targets[train], weights[train], c) for c in CHOICES}
        losses = {c: loss(found.decision_function(x[validation]), targets[validation], weights[validation]) for c, found in fits.items()}
        best = min(losses, key=losses.get)
        answers.append({"default": fits[1.0].decision_function(x).tolist(), "tuned": fits[best].decision_function(x).tolist(), "C": best})
    (folder / "logits.json").write_text(json.dumps(answers))


if __name__ == "__main__":
    main()
