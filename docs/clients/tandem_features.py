"""The inputs of a reward model's .onnx file with the built-in encoder hashed-w12-c345-1, from Python's standard library
and NumPy. What they are is said in lib/encoders/hashed.ts and lib/encoders/side-features.ts.

    session = onnxruntime.InferenceSession("project-reward-model-1.onnx")
    width = session.get_inputs()[0].shape[1]
    [rewards] = session.run(["reward"], {"features": features(texts, width), "sides": sides(texts)})
"""

import math
import re
import unicodedata
from collections import Counter

import numpy as np

U32 = 0xFFFFFFFF
# White space and line ends as JavaScript has them, where the model learned.
SPACE = "\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"
LINE = "(?:^|(?<=[\\n\\r\\u2028\\u2029]))"
LIST = re.compile(f"{LINE}[ \\t]*(?:[-*+•]|[0-9]{{1,3}}[.)])[ \\t]+[^{SPACE}]")
HEADER = re.compile(f"{LINE}[ \\t]{{0,3}}#{{1,6}}[ \\t]+[^{SPACE}]")
BOLD = re.compile(f"\\*\\*(?=[^{SPACE}])[^*\\n]+\\*\\*|__(?=[^{SPACE}])[^_\\n]+__")


def features(texts, width=1024):
    rows = np.zeros((len(texts), width), dtype=np.float32)
    for row, text in zip(rows, texts):
        for index, value in encode(text, width).items():
            row[index] = value
    return rows


def sides(texts):
    counts = [[len(text), *(len(found.findall(text)) for found in (LIST, HEADER, BOLD))] for text in texts]
    return np.log1p(np.array(counts, dtype=np.float64).reshape(len(texts), 4)).astype(np.float32)


def encode(text, width=1024):
    """A text's features that are not zero, by their places."""
    text = unicodedata.normalize("NFKC", text).lower()
    grams = Counter()
    hashes = [fold(map(ord, word)) for word in words(text) if word]
    for h in hashes:
        grams[finish(h, 1)] += 1
    for a, b in zip(hashes, hashes[1:]):
        grams[finish(absorb(a, b), 2)] += 1
    padded = [ord(c) for c in " " + re.sub(f"[{SPACE}]+", " ", text).strip(" ") + " "]
    for n in (3, 4, 5):
        for i in range(len(padded) - n + 1):
            grams[finish(fold(padded[i : i + n]), 16 + n)] += 1
    found = Counter()
    for h, tf in grams.items():
        found[(h >> 1) % width] += (1 + math.log(tf)) * (1 if h % 2 == 0 else -1)
    norm = math.sqrt(sum(v * v for v in found.values()))
    return {i: v / norm for i, v in sorted(found.items()) if v}


def words(text):
    return "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in text).split(" ")


def fold(points):
    h = 0x811C9DC5
    for point in points:
        h = absorb(h, point)
    return h


def absorb(h, value):
    return ((h ^ value) * 0x01000193) & U32


def finish(h, kind):
    h = absorb(h, kind)
    h = ((h ^ (h >> 16)) * 0x85EBCA6B) & U32
    h = ((h ^ (h >> 13)) * 0xC2B2AE35) & U32
    return h ^ (h >> 16)
