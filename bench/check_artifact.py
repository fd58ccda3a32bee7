"""Checks that a reward model's .onnx file gives in Python's onnxruntime what the score endpoint answers.

    python -m venv venv && venv/bin/pip install numpy onnxruntime requests
    TANDEM_URL=http://localhost:3000 TANDEM_PROJECT=P TANDEM_API_KEY=tdm_... venv/bin/python bench/check_artifact.py [TEXTS.jsonl] [--version ID]

TEXTS.jsonl has records with completions, as for an import; without it some odd texts of its own are scored. Downloads the
file, computes the features in Python (docs/clients/tandem_features.py) and compares rewards, with and without sides, and
those of every member, and, for a version that has them, what heads, groups of annotators, general preferences, segments
and steps come to. The last line is one JSON object; the exit status is 0 when no difference is above 1e-5.
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


def ask_server(session, base, texts, groups):
    """Scores of the texts, some at a time, as a call can have no more than 1 MB."""
    versions, scores = set(), []
    for start in range(0, len(texts), 50):
        # What is cut into segments is limited in a call, and so is what is read of them.
        items = [{"prompt": "Why?", "completions": [text], "dense": len(text) < 20_000} for text in texts[start : start + 50]]
        asked = {"items": items, "members": True, "heads": True, "groups": groups}
        reply = session.post(f"{base}/score", json=asked, timeout=180)
        reply.raise_for_status()
        body = reply.json()
        versions.add(body["version"])
        scores += [item["completions"][0] for item in body["items"]]
    return versions, scores


def heads_of(scores):
    """What the server's heads say, by the names of the file's outputs."""
    heads = [score["heads"] for score in scores]
    said = {
        f"ratings_{column}": [[one["probability"] for one in each["ratings"][column]["probabilities"]] for each in heads]
        for column in range(len(heads[0]["ratings"]))
    }
    if heads[0]["binary"]:
        said["binary_yes"] = [[one["probability"] for one in each["binary"]] for each in heads]
    if heads[0]["aspects"]:
        said["aspects_reward"] = [[one["reward"] for one in each["aspects"]] for each in heads]
        said["aspects_reward_with_sides"] = [[one["rewardWithSides"] for one in each["aspects"]] for each in heads]
    if heads[0]["gated"]:
        said["gate_reward"] = [[each["gated"]["reward"]] for each in heads]
        said["gate_reward_with_sides"] = [[each["gated"]["rewardWithSides"]] for each in heads]
    return {name: np.array(rows) for name, rows in said.items()}


def ask_preferences(session, base, texts):
    """The probabilities by which each text is preferred to each other, where the file has vectors for it."""
    items = [{"prompt": "", "completions": texts}]
    reply = session.post(f"{base}/score", json={"items": items, "general": True}, timeout=180)
    reply.raise_for_status()
    return np.array(reply.json()["items"][0]["general"]["preferred"])


def preferences(vectors):
    """sigmoid(b_i . a_j - a_i . b_j) of vectors (a, b) in rows."""
    a, b = np.split(vectors.astype(np.float64), 2, axis=1)
    return 1 / (1 + np.exp(a @ b.T - b @ a.T))


def inputs_of(model, texts, pieces):
    """All that the file asks for: completions of the prompt "Why?", and pieces of such; either may be none."""
    shapes = {each.name: each.shape for each in model.get_inputs()}
    width = shapes["features"][1]
    inputs = {"features": features(texts, width), "sides": sides(texts)}
    if "prompts" in shapes:
        inputs["prompts"] = features(["Why?"] * len(texts), width)
    if "segments" in shapes:
        inputs["segments"] = segments(pieces, width)
    return inputs


def dense_differences(model, texts, scores):
    """Of the probabilities of all segments and steps, which the server cut; completions have no row in this run."""
    names = [output.name for output in model.get_outputs() if output.name.startswith("dense.")]
    pieces, served = [], []
    for text, score in zip(texts, scores):
        cut, steps = score.get("segments") or [], score.get("steps") or []
        pieces += segment_pieces("Why?", text, [(one["start"], one["end"]) for one in cut])
        served += [{f"dense.segment.{name}": p for name, p in one["categories"].items()} for one in cut]
        pieces += step_pieces("Why?", [one["text"] for one in steps])
        served += [{"dense.step": one["good"]} for one in steps]
    computed = dict(zip(names, model.run(names, inputs_of(model, [], pieces))))
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
    width = next(each.shape[1] for each in model.get_inputs() if each.name == "features")
    names = [each.name for each in model.get_outputs() if not each.name.startswith("dense.")]
    found = dict(zip(names, model.run(names, inputs_of(model, texts, []))))
    reward, with_sides, members = (found[name] for name in ["reward", "reward_with_sides", "members"])

    versions, scores = ask_server(session, base, texts, "tastes" in found)
    differences = {
        "reward": np.abs(reward - [score["reward"] for score in scores]).max(),
        "with_sides": np.abs(with_sides - [score["rewardWithSides"] for score in scores]).max(),
        "members": np.abs(members - np.array([score["members"] for score in scores])).max(),
    }
    for name, said in heads_of(scores).items():
        differences[name] = np.abs(found[name] - said).max()
    if "tastes" in found:
        differences["groups"] = np.abs(found["tastes"] - np.array([score["groups"] for score in scores])).max()
    if "preference" in found:
        compared = texts[:20]
        answered = ask_preferences(session, base, compared)
        differences["general"] = np.abs(preferences(found["preference"][: len(compared)]) - answered).max()
    if any(output.name.startswith("dense.") for output in model.get_outputs()):
        differences |= dense_differences(model, texts, scores)
    largest = float(max(differences.values()))
    result = {"texts": len(texts), "width": width, "versions": sorted(versions), "differences": {k: float(v) for k, v in differences.items()}, "largest": largest}
    print(json.dumps(result))
    sys.exit(largest > 1e-5)


if __name__ == "__main__":
    main()
