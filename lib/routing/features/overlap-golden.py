"""Writes overlap-golden.json: what Google's rouge_score and bert_score make of pairs of texts.

    pip install rouge-score==0.1.2 bert-score==0.3.13
    python3 lib/routing/features/overlap-golden.py > lib/routing/features/overlap-golden.json

ROUGE without a stemmer; BERTScore's greedy matching, without idf weights, on the vectors that the built-in encoder makes of
single words (docs/clients/tandem_features.py). The texts have only words that rouge_score cuts as we do.
"""

import json
import pathlib
import re
import sys

import torch
from bert_score.utils import greedy_cos_idf
from rouge_score.rouge_scorer import RougeScorer

sys.path.append(str(pathlib.Path(__file__).parents[3] / "docs" / "clients"))
from tandem_features import encode

WIDTH = 2048
PAIRS = [
    ("police killed the gunman", "police kill the gunman"),
    ("the gunman kill police", "police killed the gunman"),
    ("The cat sat on the mat, the cat!", "On the mat sat a cat"),
    ("a b c d e f g", "g f e d c b a"),
    ("the same words", "The same words."),
    ("there is nothing shared", "quite another pair"),
    (
        "Photosynthesis converts light energy into chemical energy. Plants use carbon dioxide and water to make sugars, "
        "and they release oxygen as a by product.",
        "In photosynthesis, plants turn light into energy. They take in carbon dioxide, use water, and produce oxygen "
        "together with sugars that feed the plant itself.",
    ),
]


def words_of(text):
    return re.findall(r"[a-z0-9]+", text.lower())


def vectors_of(words):
    rows = torch.zeros(1, len(words), WIDTH, dtype=torch.float64)
    for place, word in enumerate(words):
        for feature, value in encode(word, WIDTH).items():
            rows[0, place, feature] = value
    return rows


def similarity(a, b):
    a, b = words_of(a), words_of(b)
    ones = lambda words: torch.ones(1, len(words), dtype=torch.float64)
    _, _, f = greedy_cos_idf(vectors_of(a), ones(a), ones(a), vectors_of(b), ones(b), ones(b))
    return f.item()


scorer = RougeScorer(["rouge1", "rougeL"], use_stemmer=False)


def measured(a, b):
    scores = scorer.score(a, b)
    return {
        "a": a,
        "b": b,
        "tokenF1": scores["rouge1"].fmeasure,
        "rougeL": scores["rougeL"].fmeasure,
        "tokenSimilarity": similarity(a, b),
    }


print(json.dumps([measured(a, b) for a, b in PAIRS], indent=2))
