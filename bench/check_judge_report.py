"""Recomputes the report on AI annotators with scikit-learn, krippendorff and NumPy, from the files and not the database.

    python -m venv venv && venv/bin/pip install scikit-learn krippendorff
    venv/bin/python bench/check_judge_report.py --pandalm pandalm.jsonl --llmbar llmbar_natural_and_processed.jsonl.gz

Runs `npm run bench -- judge-report` on pandalm and on the part "Natural" of llmbar. The last line is one JSON object; the
exit status is 0 when "faults" is empty.
"""

import argparse
import collections
import gzip
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile

import krippendorff
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score

CODES = {0: 0, "tie": 1, 1: 2}
faults, checked = [], 0


def check(name, said, right, tolerance=1e-9):
    global checked
    checked += 1
    if said is None or abs(said - right) > tolerance:
        faults.append(f"{name}: the report says {said}, it is {right}")


def read(file):
    with (gzip.open if str(file).endswith("gz") else open)(file, "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def majority(codes):
    counts = collections.Counter(codes).most_common()
    return None if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]) else counts[0][0]


def style(text):
    ln = lambda pattern: math.log1p(len(re.findall(pattern, text, re.M)))
    return [
        math.log1p(len(text)),
        ln(r"^[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+\S"),
        ln(r"^[ \t]{0,3}#{1,6}[ \t]+\S"),
        ln(r"\*\*(?=\S)[^*\n]+\*\*|__(?=\S)[^_\n]+__"),
        ln(r"^[ \t]*```[^\n]*\n|`[^`\n]+`"),
    ]


def units_of(records, annotator):
    """What the annotator compared: its answers by order, people's answers, the reference, the prompt."""
    for record in records:
        own = [label for label in record["labels"] if label["annotator"] == annotator and label["type"] == "comparison"]
        if not own:
            continue
        people = [CODES[label["preferred"]] for label in record["labels"] if label["kind"] == "human"]
        gold = record.get("gold")
        joined = majority([CODES[label["preferred"]] for label in own])
        yield {
            "record": record,
            "answers": [(CODES[label["preferred"]], label["order"][0]) for label in own],
            "said": 1 if joined is None else joined,
            "people": people,
            "right": majority(people) if people else CODES[gold["preferred"]] if gold else None,
        }


def alpha(rows):
    width = max(len(row) for row in rows)
    table = np.full((width, len(rows)), np.nan)
    for unit, row in enumerate(rows):
        table[: len(row), unit] = row
    return krippendorff.alpha(reliability_data=table, level_of_measurement="nominal")


def logistic(rows, targets, groups, l2):
    """Ties are half a row for each side. Errors are clustered by prompt."""
    x, y = np.array(rows, float), np.array(targets, float)
    both = LogisticRegression(C=1 / l2, fit_intercept=False, tol=1e-10, max_iter=10_000)
    both.fit(np.vstack([x, x]), np.r_[np.ones(len(y)), np.zeros(len(y))], sample_weight=np.r_[y, 1 - y])
    b = both.coef_[0]
    p = 1 / (1 + np.exp(-x @ b))
    inverse = np.linalg.inv((x * (p * (1 - p))[:, None]).T @ x + l2 * np.eye(len(b)))
    scores = collections.defaultdict(lambda: np.zeros(len(b)))
    for row, residual, group in zip(x, p - y, groups):
        scores[group] += residual * row
    meat = sum(np.outer(score, score) for score in scores.values()) * len(scores) / (len(scores) - 1)
    return b, np.sqrt(np.diag(inverse @ meat @ inverse))


def check_annotator(name, report, records):
    units = list(units_of(records, name))
    question = next(one for one in report["questions"] if one["type"] == "comparison")
    figures = {key: figure["value"] for key, figure in question["figures"].items()}
    known = [unit for unit in units if unit["right"] is not None]
    said, right = [unit["said"] for unit in known], [unit["right"] for unit in known]
    check(f"{name} units", question["units"], len(units))
    check(f"{name} references", question["references"]["people"] + question["references"]["gold"], len(known))
    check(f"{name} accuracy", figures["accuracy"], np.mean(np.equal(said, right)))
    check(f"{name} kappa", figures.get("kappa"), cohen_kappa_score(right, said, labels=[0, 1, 2]))
    check(
        f"{name} quadratic kappa",
        figures.get("quadraticKappa"),
        cohen_kappa_score(right, said, labels=[0, 1, 2], weights="quadratic"),
    )
    if any(len(unit["people"]) > 1 for unit in units):
        check(f"{name} alpha of people", figures["alphaPeople"], alpha([unit["people"] for unit in units]))
        check(f"{name} alpha with AI", figures["alphaWithAi"], alpha([unit["people"] + [unit["said"]] for unit in units]))
        others = [
            (answer, majority(unit["people"][:i] + unit["people"][i + 1 :]))
            for unit in units
            for i, answer in enumerate(unit["people"])
        ]
        check(f"{name} people", figures["peopleAccuracy"], np.mean([a == o for a, o in others if o is not None]))
    check_interval(name, question, known)
    check_position(name, question["position"], units)
    check_bias(name, question["bias"], known)
    check_models(name, question["models"], known)
    return question, units


def check_interval(name, question, known):
    """Another random generator draws other prompts: the ends agree to a share of the width."""
    hits = collections.defaultdict(list)
    for unit in known:
        hits[unit["record"]["prompt"]].append(unit["said"] == unit["right"])
    sums, counts = np.array([sum(h) for h in hits.values()]), np.array([len(h) for h in hits.values()])
    draws = np.random.default_rng(1).integers(0, len(sums), (4000, len(sums)))
    low, high = np.percentile(sums[draws].sum(1) / counts[draws].sum(1), [2.5, 97.5])
    for end, value, own in zip(("low", "high"), (low, high), question["figures"]["accuracy"]["interval"]):
        check(f"{name} interval, {end}", own, value, tolerance=max(0.005, 0.12 * (high - low)))


def check_position(name, position, units):
    pairs = [unit["answers"] for unit in units if {first for _, first in unit["answers"]} == {0, 1}]
    check(f"{name} pairs in both orders", position["pairs"], len(pairs))
    if pairs:
        flips = [{answer for answer, _ in pair} for pair in pairs]
        check(f"{name} flips", position["flips"]["value"], np.mean([len(said) > 1 for said in flips]))
    decided = [answer == 2 * first for unit in units for answer, first in unit["answers"] if answer != 1]
    check(f"{name} first shown", position["first"]["value"], np.mean(decided))
    rows = [
        (1 - unit["right"] if first == 0 else unit["right"] - 1, answer / 2 if first else 1 - answer / 2, unit)
        for unit in units
        if unit["right"] is not None
        for answer, first in unit["answers"]
    ]
    prompts = [unit["record"]["prompt"] for _, _, unit in rows]
    b, error = logistic([[side, 1] for side, _, _ in rows], [target for _, target, _ in rows], prompts, 1e-3)
    check(f"{name} position bias", position["bias"]["value"], b[1], 1e-3)
    check(f"{name} position bias, width", position["bias"]["interval"][1] - b[1], 1.959964 * error[1], 2e-3)


def check_bias(name, bias, known):
    rows, targets, prompts = [], [], []
    for unit in known:
        a, b = (style(completion["text"]) for completion in unit["record"]["completions"])
        for answer, first in unit["answers"]:
            rows.append([1 - unit["right"], *np.subtract(a, b), 1 - 2 * first])
            targets.append(1 - answer / 2)
            prompts.append(unit["record"]["prompt"])
    x = np.array(rows, float)
    size = np.sqrt((x**2).mean(0))
    size[[0, 6]] = 1
    kept = [j for j in range(7) if np.sqrt((x[:, j] ** 2).mean()) > 1e-9]
    b, error = logistic(x[:, kept] / size[kept], targets, prompts, 1)
    check(f"{name} bias, columns", len(bias["coefficients"]), len(kept))
    for own, value, width in zip(bias["coefficients"], b, error):
        check(f"{name} bias of {own['feature']}", own["value"], value, 1e-3)
        check(f"{name} bias of {own['feature']}, width", own["interval"][1] - own["value"], 1.959964 * width, 2e-3)


def check_models(name, models, known):
    for own in models:
        ai, consensus = [], []
        for unit in known:
            both = [completion.get("model") for completion in unit["record"]["completions"]]
            if own["model"] in both and both[0] != both[1]:
                side = both.index(own["model"])
                ai.append(abs(2 * side - (2 - unit["said"])) / 2 if side else 1 - unit["said"] / 2)
                consensus.append(abs(2 * side - (2 - unit["right"])) / 2 if side else 1 - unit["right"] / 2)
        check(f"{name} pairs of {own['model']}", own["pairs"], len(ai))
        check(f"{name} wins of {own['model']}", own["ai"], np.mean(ai))
        check(f"{name} favours {own['model']}", own["difference"]["value"], np.mean(ai) - np.mean(consensus))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pandalm", required=True)
    parser.add_argument("--llmbar", required=True)
    args = parser.parse_args()
    pandalm = read(args.pandalm)
    natural = [record for record in read(args.llmbar) if record["meta"]["subset"] == "Natural"]
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for name, records in (("pandalm", pandalm), ("natural", natural)):
            files.append(pathlib.Path(folder, f"{name}.jsonl"))
            files[-1].write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf8")
        command = ["npm", "run", "--silent", "bench", "--", "judge-report", "--json"]
        for file in files:
            command += ["--data", str(file)]
        root = pathlib.Path(__file__).parents[1]
        said = subprocess.run(command, cwd=root, stdout=subprocess.PIPE, check=True, text=True).stdout
    results = json.loads(said.strip().splitlines()[-1])["results"]
    for result, records in zip(results, (pandalm, natural)):
        for name, report in result["annotators"].items():
            check_annotator(name, report, records)
    check_known(results, natural)
    print(json.dumps({"checked": checked, "faults": faults}))
    sys.exit(1 if faults else 0)


def check_known(results, natural):
    """The answers of the README beside the files."""
    figures = lambda report: report["questions"][0]["figures"]
    first = results[0]["annotators"]["gpt-3.5-turbo"]
    check("pandalm, gpt-3.5-turbo", figures(first)["accuracy"]["value"], 372 / 520)
    vanilla = results[1]["annotators"]["GPT-4/Vanilla"]
    answers = sum(len(unit["answers"]) for unit in units_of(natural, "GPT-4/Vanilla"))
    # A missing answer counts as wrong there.
    right = figures(vanilla)["answerAccuracy"]["value"] * answers / (2 * len(natural))
    check("Natural, GPT-4/Vanilla, over both orders", right, 0.955)
    position = vanilla["questions"][0]["position"]
    check("Natural, GPT-4/Vanilla, same answer", (1 - position["flips"]["value"]) * position["pairs"] / len(natural), 0.95)


main()
