"""Writes hashed-golden.json: the built-in encoder's vectors of a few texts, computed independently of hashed.ts.

    python3 lib/encoders/hashed-golden.py > lib/encoders/hashed-golden.json
"""

import json
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).parents[2] / "docs" / "clients"))
from tandem_features import encode

TEXTS = [
    "a",
    "The cat sat on the mat. The cat!",
    "Straße  naïve\n\nCAFÉ",
    "猫が好きです。",
    "ﬁne 😀😀😀",
    "x" * 50 + " 12 34",
]

print(json.dumps([{"text": t, "features": {i: round(v, 8) for i, v in encode(t).items()}} for t in TEXTS], indent=0))
