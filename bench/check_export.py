"""Checks the exported files of one snapshot with the tools that read them, and against each other.

    python -m venv venv && venv/bin/pip install datasets transformers && venv/bin/pip install --no-deps trl
    npm run cli -- export --project P --snapshot S --format trl --out standard.jsonl
    npm run cli -- export --project P --snapshot S --format trl-conversational --out conversational.jsonl
    npm run cli -- export --project P --snapshot S --format labels --out labels.jsonl
    npm run cli -- export --project P --snapshot S --format manifest --out manifest.json
    venv/bin/python bench/check_export.py standard.jsonl conversational.jsonl labels.jsonl manifest.json [--rows labels]

Every file is loaded with datasets.load_dataset. TRL must take the first two for a standard and a conversational
preference dataset and leave their prompts as they are. The majorities are computed again from the labels, in other
code than the exporter's, and compared row by row. The last line is one JSON object; the exit status is 0 when
"mismatches" is 0. TRL's own code is used when it is installed; "trl" says whether it was.
"""

import argparse
import collections
import json
import sys
import tempfile


def read(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def load(path, cache):
    from datasets import load_dataset

    return load_dataset("json", data_files=path, split="train", cache_dir=cache)


def majorities(labels, aspect):
    """(instance, question, pair) -> (chosen id, rejected id, labels, confidence) where one answer has most labels."""
    groups = collections.defaultdict(list)
    for label in labels:
        if label["type"] == "comparison" and label["aspect"] == aspect:
            groups[label["instance_id"], label["question"], label["target"]].append(label)
    wanted = {}
    for key, group in groups.items():
        votes = collections.Counter(json.loads(label["payload"])["preferred"] for label in group)
        (answer, most), *others = votes.most_common()
        if answer == "tie" or (others and others[0][1] == most):
            continue
        pair = json.loads(group[0]["payload"])["pair"]
        ids = group[0]["completion_ids"]
        wanted[key] = (ids[pair[answer]], ids[pair[1 - answer]], len(group), most / len(group))
    return wanted


def singles(labels, aspect):
    wanted = {}
    for label in labels:
        payload = json.loads(label["payload"])
        if label["type"] != "comparison" or label["aspect"] != aspect or payload["preferred"] == "tie":
            continue
        ids, pair, answer = label["completion_ids"], payload["pair"], payload["preferred"]
        wanted[label["label_id"]] = (ids[pair[answer]], ids[pair[1 - answer]], 1, 1.0)
    return wanted


def row_key(row, rows):
    if rows == "labels":
        return row["label_ids"][0]
    return row["instance_id"], row["question"], "-".join(map(str, row["pair"]))


def trl_says(standard, conversational):
    """Mismatches between what TRL takes the rows for and what they are; None without TRL."""
    try:
        from trl.data_utils import is_conversational, maybe_extract_prompt
    except ImportError:
        return None
    faults = 0
    for dataset, chat in ((standard, False), (conversational, True)):
        for row in dataset:
            faults += is_conversational(row) is not chat
            extracted = maybe_extract_prompt(dict(row))
            faults += any(extracted[name] != row[name] for name in ("prompt", "chosen", "rejected"))
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("standard", "conversational", "labels", "manifest"):
        parser.add_argument(name)
    parser.add_argument("--rows", choices=("consensus", "labels"), default="consensus")
    parser.add_argument("--aspect", default="overall")
    options = parser.parse_args()
    cache = tempfile.mkdtemp()

    with open(options.manifest, encoding="utf-8") as file:
        manifest = json.load(file)
    counts = next(c for c in manifest["formats"]["trl"] if c["rows"] == options.rows and c["aspect"] == options.aspect)
    labels = read(options.labels)
    standard, conversational, label_rows = (load(path, cache) for path in (options.standard, options.conversational, options.labels))
    faults = collections.Counter()

    for path, dataset in ((options.standard, standard), (options.conversational, conversational), (options.labels, label_rows)):
        rows = read(path)
        faults["columns"] += len({tuple(row) for row in rows}) != 1
        faults["rows read differently"] += sum(left != right for left, right in zip(rows, dataset))
        faults["rows lost"] += abs(len(rows) - len(dataset))

    faults["manifest"] += (len(standard), len(conversational), len(labels)) != (counts["written"], counts["written"], manifest["formats"]["labels"]["written"])
    for row, chat in zip(standard, conversational):
        faults["formats differ"] += any(row[name] != chat[name] for name in row if name not in ("prompt", "chosen", "rejected"))
        faults["formats differ"] += [{"role": "assistant", "content": row["chosen"]}] != chat["chosen"]
        faults["formats differ"] += [{"role": "assistant", "content": row["rejected"]}] != chat["rejected"]

    wanted = (majorities if options.rows == "consensus" else singles)(labels, options.aspect)
    if counts["withoutTextLeftOut"] == 0:
        faults["decisions lost"] += len(wanted) - len(standard)
    for row in standard:
        found = (row["chosen_id"], row["rejected_id"], row["label_count"], row["confidence"])
        faults["decisions differ"] += wanted.get(row_key(row, options.rows)) != found

    trl = trl_says(standard, conversational)
    faults["trl"] += trl or 0
    result = {
        "standard": len(standard),
        "conversational": len(conversational),
        "labels": len(labels),
        "trl": trl is not None,
        "mismatches": sum(faults.values()),
        "faults": {name: count for name, count in faults.items() if count},
    }
    print(json.dumps(result))
    sys.exit(result["mismatches"] != 0)


if __name__ == "__main__":
    main()
