"""The inputs of a reward model's .onnx file with the built-in encoder hashed-w12-c345-1, from Python's standard library
and NumPy. What they are is said in lib/encoders/hashed.ts and lib/encoders/side-features.ts.

    session = onnxruntime.InferenceSession("project-reward-model-1.onnx")
    width = session.get_inputs()[0].shape[1]
    [rewards] = session.run(["reward"], {"features": features(texts, width), "sides": sides(texts)})

A file with heads for segments and steps has a third input, which may have no rows, as may the other two:

    pieces = segment_pieces("Why?", "It rains. It pours.", [(0, 9), (10, 19)]) + step_pieces("Why?", ["It rains.", "So."])
    inputs = {"features": features([], width), "sides": sides([]), "segments": segments(pieces, width)}
    [good] = session.run(["dense.step"], inputs)
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
AROUND = re.compile(f"\\A[{SPACE}]+|[{SPACE}]+\\Z")
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


def segments(pieces, width=1024):
    """What the heads for segments and steps read: prompt, text up to and with the piece, and the piece, one after the other."""
    known = {text: row for texts in pieces for text, row in zip(texts, features(texts, width))}
    rows = [np.concatenate([known[text] for text in texts]) for texts in pieces]
    return np.array(rows, dtype=np.float32).reshape(len(pieces), 3 * width)


def segment_pieces(prompt, text, spans):
    """Pieces of a completion by their offsets in code points, such as the score endpoint gives."""
    return [(prompt, tail(text[:end]), text[start:end]) for start, end in spans]


def step_pieces(prompt, steps):
    """Pieces of a solution's steps."""
    steps = [AROUND.sub("", step) for step in steps]
    return [(prompt, tail("\n".join(steps[: i + 1]).lstrip("\n")), step) for i, step in enumerate(steps)]


def tail(text, units=4000):
    """The last UTF-16 units of a text, from a whole character on."""
    end = text.encode("utf-16-le", "surrogatepass")[-2 * units :].decode("utf-16-le", "surrogatepass")
    return end[1:] if "\udc00" <= end[:1] <= "\udfff" else end


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
