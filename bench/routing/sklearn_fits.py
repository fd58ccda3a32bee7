"""Fits scikit-learn's logistic regression to each of many label sets of the same pairs; bench/routing/speed.ts starts it.

    python sklearn_fits.py FOLDER

FOLDER has job.json, {"pairs", "width", "mixes", "l2"}, vectors.f32 (pairs x width) and labels.f32 (pairs x mixes, 0 or 1),
float32, row by row. No intercept; C = 1 / l2 is the same penalty. Writes fits.json: {"seconds" of all fits one after the
other, reading not counted, "version", "weights": [[width] for each mix]}.
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

started = time.perf_counter()
weights = [
    LogisticRegression(C=1 / job["l2"], fit_intercept=False, max_iter=1000).fit(vectors, labels[:, mix]).coef_[0]
    for mix in range(job["mixes"])
]
seconds = time.perf_counter() - started
answer = {"seconds": seconds, "version": sklearn.__version__, "weights": [own.tolist() for own in weights]}
(folder / "fits.json").write_text(json.dumps(answer))
