"""Checks that a reward model's .onnx file gives in Python's onnxruntime what the score endpoint answers.

    python -m venv venv && venv/bin/pip install numpy onnxruntime requests
    TANDEM_URL=http://localhost:3000 TANDEM_PROJECT=P TANDEM_API_KEY=tdm_... venv/bin/python bench/check_artifact.py [TEXTS.jsonl] [--version ID]

TEXTS.jsonl has records with completions, as for an import; without it some odd texts of its own are scored. Downloads the
file, computes the features in Python (docs/clients/tandem_features.py) and compares rewards, with and without sides, and
those of every member; and, for a version that has them, what the heads for segments and steps say. The last line is one JSON object; the exit status is 0 when no difference is above 1e-5.
"""

import argparse
import json
import os
import pathlib
import sys

import numpy as np
import onnxruntime
import requests

sys.path.append(str(pathlib.Path(__file__).parents[1] / "docs" / "clients"))
from tandem_features import features, segment_pieces, segments, sides, step_pieces

ODD = [
    "",
    " ",
    "Yes.",
    "The cat sat on the mat. The cat!",
    "Straße  naïve\n\nCAFÉ ΟΔΥΣΣΕΥΣ İstanbul",
    "猫が好きです。",
    "ﬁne 😀😀😀 e\u0301\u00a0x\u2028- y",
    "# Title\r\n\r\n- one\r\n- two\r\n10) ten\n**bold** and __more__\n٣. not a list",
    "word " * 3000,
]


def read_texts(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        records = [json.loads(line) for line in file if line.strip()]
    texts = [text if isinstance(text, str) else text["text"] for record in records for text in record["completions"]]
    return list(dict.fromkeys(text for text in texts if text is not None))


def ask_server(session, base, texts):
    """Scores of the texts, some at a time, as a call can have no more than 1 MB."""
    versions, scores = set(), []
    for start in range(0, len(texts), 50):
        # What is cut into segments is limited in a call, and so is what is read of them.
        items = [{"prompt": "Why?", "completions": [text], "dense": len(text) < 20_000} for text in texts[start : start + 50]]
        reply = session.post(f"{base}/score", json={"items": items, "members": True}, timeout=180)
        reply.raise_for_status()
        body = reply.json()
        versions.add(body["version"])
        scores += [item["completions"][0] for item in body["items"]]
    return versions, scores


def dense_differences(model, width, texts, scores):
    """Of the probabilities of all segments and steps, which the server cut; completions have no row in this run."""
    names = [output.name for output in model.get_outputs() if output.name.startswith("dense.")]
    pieces, served = [], []
    for text, score in zip(texts, scores):
        cut, steps = score.get("segments") or [], score.get("steps") or []
        pieces += segment_pieces("Why?", text, [(one["start"], one["end"]) for one in cut])
        served += [{f"dense.segment.{name}": p for name, p in one["categories"].items()} for one in cut]
        pieces += step_pieces("Why?", [one["text"] for one in steps])
        served += [{"dense.step": one["good"]} for one in steps]
    inputs = {"features": features([], width), "sides": sides([]), "segments": segments(pieces, width)}
    computed = dict(zip(names, model.run(names, inputs)))
    largest = max((abs(computed[name][row] - p) for row, own in enumerate(served) for name, p in own.items()), default=0)
    return {"segments_and_steps": largest}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?")
    parser.add_argument("--version", default="active")
    options = parser.parse_args()
    texts = ODD if options.texts is None else read_texts(options.texts)
    base = f"{os.environ['TANDEM_URL']}/api/v1/projects/{os.environ['TANDEM_PROJECT']}/reward-models/{options.version}"
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {os.environ['TANDEM_API_KEY']}"

    artifact = session.get(f"{base}/artifact", timeout=180)
    artifact.raise_for_status()
    model = onnxruntime.InferenceSession(artifact.content)
    width = model.get_inputs()[0].shape[1]
    names = ["reward", "reward_with_sides", "members"]
    has_dense = any(given.name == "segments" for given in model.get_inputs())
    no_pieces = {"segments": segments([], width)} if has_dense else {}
    reward, with_sides, members = model.run(names, {"features": features(texts, width), "sides": sides(texts), **no_pieces})

    versions, scores = ask_server(session, base, texts)
    differences = {
        "reward": np.abs(reward - [score["reward"] for score in scores]).max(),
        "with_sides": np.abs(with_sides - [score["rewardWithSides"] for score in scores]).max(),
        "members": np.abs(members - np.array([score["members"] for score in scores])).max(),
    }
    if has_dense:
        differences |= dense_differences(model, width, texts, scores)
    largest = float(max(differences.values()))
    result = {"texts": len(texts), "width": width, "versions": sorted(versions), "differences": {k: float(v) for k, v in differences.items()}, "largest": largest}
    print(json.dumps(result))
    sys.exit(largest > 1e-5)


if __name__ == "__main__":
    main()
