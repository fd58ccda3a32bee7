"""Fits scikit-learn's logistic regression to each of many label sets of the same pairs; bench/routing/speed.ts starts it.

    python sklearn_fits.py FOLDER

FOLDER has job.json, {"pairs", "width", "mixes", "l2"}, vectors.f32 (pairs x width) and labels.f32 (pairs x mixes, 0 or 1),
float32, row by row. No intercept; C = 1 / l2 is the same penalty. Writes fits.json: {"seconds" of all fits one after the
other at the usual tolerance, reading not counted, "version", "weights": [[width] for each of the first mixes]}, the weights
of fits to the end, which are not timed.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

folder = Path(sys.argv[1])
job = json.loads((folder / "job.json").read_text())
vectors = np.fromfile(folder / "vectors.f32", dtype=np.float32).reshape(job["pairs"], job["width"])
labels = np.fromfile(folder / "labels.f32", dtype=np.float32).reshape(job["pairs"], job["mixes"])


def fit(mix, tolerance):
    model = LogisticRegression(C=1 / job["l2"], fit_intercept=False, max_iter=1000, tol=tolerance)
    return model.fit(vectors, labels[:, mix])


started = time.perf_counter()
for mix in range(job["mixes"]):
    fit(mix, 1e-4)
seconds = time.perf_counter() - started
weights = [fit(mix, 1e-8).coef_[0].tolist() for mix in range(10)]
(folder / "fits.json").write_text(json.dumps({"seconds": seconds, "version": sklearn.__version__, "weights": weights}))
