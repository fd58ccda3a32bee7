"""Writes learning-golden.json: ridge regressions and boosted trees by scikit-learn and NumPy.

    pip install numpy==2.4.6 scikit-learn==1.9.1
    python3 lib/stats/learning-golden.py > lib/stats/learning-golden.json

Ridge standardises the columns. With a free column the rows are left out one by one, each time solving the augmented
least squares anew. Numbers are multiples of 1/256, which scikit-learn's float32 holds.
"""

import json

import numpy as np
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.linear_model import RidgeCV

random = np.random.default_rng(20261126)
ALPHAS = [0.1, 1.0, 10.0, 100.0]


def grid(values):
    return np.round(values * 256) / 256


x = grid(random.normal(size=(40, 6)) * [1, 5, 0.2, 1, 1, 1] + [0, 3, 0, 0, 1, 0])
x[:, 4] = grid(0.7 * x[:, 0] + 0.3 * x[:, 4])
y = grid(0.5 * x[:, 0] + 0.1 * x[:, 1] - x[:, 2] + random.normal(size=40))


def by_scikit():
    scale = x.std(axis=0)
    model = RidgeCV(ALPHAS).fit((x - x.mean(axis=0)) / scale, y)
    weights = model.coef_ / scale
    return {"alpha": model.alpha_, "weights": weights.tolist(), "intercept": float(np.mean(y - x @ weights))}


def with_free_column():
    free = np.column_stack([np.ones(len(x)), x[:, 0]])
    rest = x[:, 1:] - free @ np.linalg.lstsq(free, x[:, 1:], rcond=None)[0]
    scale = rest.std(axis=0)
    design = np.column_stack([free, x[:, 1:]])

    def fit(keep, alpha):
        penalty = np.column_stack([np.zeros((5, 2)), np.diag(np.sqrt(alpha) * scale)])
        a = np.vstack([design[keep], penalty])
        return np.linalg.lstsq(a, np.concatenate([y[keep], np.zeros(5)]), rcond=None)[0]

    every = np.arange(len(x))
    errors = {a: sum((y[i] - design[i] @ fit(every != i, a)) ** 2 for i in every) for a in ALPHAS}
    alpha = min(errors, key=errors.get)
    solution = fit(every >= 0, alpha)
    return {"alpha": alpha, "weights": solution[1:].tolist(), "intercept": float(solution[0])}


def trees():
    rows = grid(random.uniform(size=(120, 5)))
    target = np.sin(5 * rows[:, 0]) + rows[:, 1] * rows[:, 2] + 0.1 * random.normal(size=120)
    model = GradientBoostingRegressor(n_estimators=60, learning_rate=0.1, max_depth=3, min_samples_leaf=5)
    model.fit(rows, target)
    # Never on a cut, where scikit-learn goes left.
    asked = grid(random.uniform(size=(30, 5))) + 1 / 1024
    plain = {"rows": rows, "targets": target, "asked": asked, "answers": model.predict(asked)}
    return {name: values.tolist() for name, values in plain.items()}


golden = {"rows": x.tolist(), "targets": y.tolist(), "alphas": ALPHAS}
golden |= {"ridge": by_scikit(), "free": with_free_column(), "trees": trees()}
print(json.dumps(golden))
