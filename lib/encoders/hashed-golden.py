"""Writes hashed-golden.json: the built-in encoder's vectors of a few texts, computed independently of hashed.ts.

    python3 lib/encoders/hashed-golden.py > lib/encoders/hashed-golden.json
"""

import json
import math
import re
import unicodedata
from collections import Counter

TEXTS = [
    "a",
    "The cat sat on the mat. The cat!",
    "Straße  naïve\n\nCAFÉ",
    "猫が好きです。",
    "ﬁne 😀😀😀",
    "x" * 50 + " 12 34",
]
WIDTH = 1024
U32 = 0xFFFFFFFF


def absorb(h, value):
    return ((h ^ value) * 0x01000193) & U32


def finish(h, kind):
    h = absorb(h, kind)
    h = ((h ^ (h >> 16)) * 0x85EBCA6B) & U32
    h = ((h ^ (h >> 13)) * 0xC2B2AE35) & U32
    return h ^ (h >> 16)


def fold(points):
    h = 0x811C9DC5
    for point in points:
        h = absorb(h, point)
    return h


def words(text):
    is_word = lambda c: unicodedata.category(c)[0] in "LMN"
    return "".join(c if is_word(c) else " " for c in text).split(" ")


def encode(text):
    text = unicodedata.normalize("NFKC", text).lower()
    grams = Counter()
    hashes = [fold(map(ord, word)) for word in words(text) if word]
    for h in hashes:
        grams[finish(h, 1)] += 1
    for a, b in zip(hashes, hashes[1:]):
        grams[finish(absorb(a, b), 2)] += 1
    padded = [ord(c) for c in " " + re.sub(r"\s+", " ", text).strip() + " "]
    for n in (3, 4, 5):
        for i in range(len(padded) - n + 1):
            grams[finish(fold(padded[i : i + n]), 16 + n)] += 1
    features = Counter()
    for h, tf in grams.items():
        features[(h >> 1) % WIDTH] += (1 + math.log(tf)) * (1 if h % 2 == 0 else -1)
    norm = math.sqrt(sum(v * v for v in features.values()))
    return {i: v / norm for i, v in sorted(features.items()) if v}


print(json.dumps([{"text": t, "features": {i: round(v, 8) for i, v in encode(t).items()}} for t in TEXTS], indent=0))
