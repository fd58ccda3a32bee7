"""Writes multinomial-golden.json: scikit-learn's multinomial logistic regression on a few rows.

    pip install scikit-learn==1.9.1
    python3 lib/stats/multinomial-golden.py > lib/stats/multinomial-golden.json
"""

import json

import numpy as np
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(5)
x = rng.normal(size=(40, 4)).round(3)
y = (x @ rng.normal(size=(4, 3)) + rng.gumbel(size=(40, 3))).argmax(axis=1)
l2 = 0.5
fit = LogisticRegression(C=1 / l2, tol=1e-12, max_iter=10_000).fit(x, y)
probabilities = fit.predict_proba(x[:5])
print(json.dumps({"x": x.tolist(), "y": y.tolist(), "l2": l2, "coefficients": fit.coef_.tolist(), "probabilities": probabilities.tolist()}))
