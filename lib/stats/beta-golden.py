"""Writes beta-golden.json: values of SciPy for the functions beside it.

    pip install scipy
    python3 lib/stats/beta-golden.py > lib/stats/beta-golden.json
"""

import json

from scipy import special, stats

arguments = [(0.3, 2, 5), (0.95, 40, 3), (0.05, 1, 45), (0.5, 0.5, 0.5), (0.999, 900, 4), (0.02, 25, 1200), (0.1, 5000, 45000)]
bounds = [(0, 45, 0.1), (3, 100, 0.05), (1, 2, 0.1), (17, 400, 0.01), (250, 10_000, 0.1)]
print(
    json.dumps(
        {
            "logGamma": [[x, special.gammaln(x)] for x in (0.1, 0.5, 1, 2.5, 10, 171.3, 1e5)],
            "incompleteBeta": [[x, a, b, special.betainc(a, b, x)] for x, a, b in arguments],
            "betaQuantile": [[p, a, b, special.betaincinv(a, b, p)] for p, a, b in arguments],
            "student975": [[df, stats.t.ppf(0.975, df)] for df in (1, 2, 5, 30, 400)],
            "upperBound": [
                [k, n, delta, stats.binomtest(k, n).proportion_ci(1 - 2 * delta, method="exact").high] for k, n, delta in bounds
            ],
        },
        indent=2,
    )
)
