"""Writes testing-models/ and onnx-golden.json: tiny sentence encoders and what Python's onnxruntime makes of texts with them.

    pip install torch==2.15.0 transformers==5.24.0 tokenizers==0.23.3 onnx==1.23.2 onnxruntime==1.32.0 onnxconverter-common==1.16.0
    python3 lib/encoders/onnx-golden.py

A BERT of two layers with random weights and a WordPiece tokenizer trained on the sentences below, in float32, float16 and
with 8-bit matrices, and a Llama of one layer that asks for position_ids. Texts that are longer than 16 tokens are read
through windows at their head and their tail, whose vectors are averaged by their tokens; a text without any has zeros.
"""

import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxconverter_common import float16
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import BertConfig, BertModel, LlamaConfig, LlamaModel

HERE = Path(__file__).parent
MODELS = HERE / "testing-models"
MAX_TOKENS, WIDTH = 16, 16
CORPUS = [
    "The cat sat on the mat and watched the rain.",
    "A reward model learns which of two completions is preferred.",
    "Naïve cafés serve crème brûlée in Zürich, said the report.",
    "Please answer the question in one short sentence.",
    "数据 用于 训练 模型。 Данные нужны для обучения.",
]
TEXTS = [
    "The cat sat on the mat.",
    "the CAT sat on the mat.",
    "Naïve cafés in Zürich",
    "",
    "A model 数据 🙂 learns?",
    "which of two completions is preferred, which of two completions is preferred, said the report",
    "A reward model learns which completion is preferred. " * 9,
]


def train_tokenizer(special):
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(
        vocab_size=180, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]"], show_progress=False
    )
    tokenizer.train_from_iterator(CORPUS, trainer)
    if special:
        tokenizer.post_processor = processors.TemplateProcessing(
            single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
        )
    return tokenizer


class Encoder(torch.nn.Module):
    def __init__(self, model, names):
        super().__init__()
        self.model, self.names = model, names

    def forward(self, *inputs):
        return self.model(**dict(zip(self.names, inputs)), use_cache=False).last_hidden_state


class Decoder(Encoder):
    """Its causal mask is made here, as the one of transformers does not leave PyTorch."""

    def forward(self, input_ids, attention_mask, position_ids):
        length = input_ids.shape[1]
        causal = torch.ones(length, length, dtype=torch.float32).tril()
        seen = causal[None, None] * attention_mask[:, None, None, :].to(torch.float32)
        mask = (1.0 - seen) * -1e9
        return self.model(
            input_ids=input_ids, attention_mask=mask, position_ids=position_ids, use_cache=False
        ).last_hidden_state


def export(wrapper, names, folder, tokenizer):
    folder.mkdir(parents=True)
    example = tuple(torch.ones(2, 5, dtype=torch.int64) for _ in names)
    axes = {name: {0: "batch", 1: "sequence"} for name in [*names, "last_hidden_state"]}
    torch.onnx.export(
        wrapper.eval(), example, folder / "model.onnx", input_names=names, output_names=["last_hidden_state"],
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(json.dumps({"model_max_length": MAX_TOKENS}) + "\n")


def windows(tokenizer, text):
    """Token ids of the windows, with special tokens, and how many of the text's own tokens each has."""
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    around = tokenizer.encode("", add_special_tokens=True).ids
    before, after = around[: len(around) // 2], around[len(around) // 2 :]
    room = MAX_TOKENS - len(around)
    tail = min(room, len(ids) - room)
    parts = [ids] if tail <= 0 else [ids[:room], ids[-tail:]]
    return [(before + part + after, len(part)) for part in parts]


def encode(session, tokenizer, pooling, text):
    total = np.zeros(WIDTH)
    for ids, count in windows(tokenizer, text):
        if not ids:
            return total.tolist()
        feeds = {
            "input_ids": np.array([ids], dtype=np.int64),
            "attention_mask": np.ones((1, len(ids)), dtype=np.int64),
            "token_type_ids": np.zeros((1, len(ids)), dtype=np.int64),
            "position_ids": np.arange(len(ids), dtype=np.int64)[None],
        }
        asked = [given.name for given in session.get_inputs()]
        hidden = session.run(None, {name: feeds[name] for name in asked})[0][0].astype(np.float64)
        pooled = {"mean": hidden.mean(0), "cls": hidden[0], "last": hidden[-1]}[pooling]
        total += max(count, 1) * pooled
    return (total / np.linalg.norm(total)).tolist()


def main():
    shutil.rmtree(MODELS, ignore_errors=True)
    torch.manual_seed(7)
    bert = BertModel(
        BertConfig(
            vocab_size=180, hidden_size=WIDTH, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
            max_position_embeddings=MAX_TOKENS, attn_implementation="eager", initializer_range=0.3,
        ),
        add_pooling_layer=False,
    )
    names = ["input_ids", "attention_mask", "token_type_ids"]
    export(Encoder(bert, names), names, MODELS / "tiny-bert", train_tokenizer(special=True))
    for kind in ("fp16", "int8"):
        folder = MODELS / f"tiny-bert-{kind}"
        shutil.copytree(MODELS / "tiny-bert", folder)
        source, target = folder / "model.onnx", folder / f"model_{kind}.onnx"
        if kind == "fp16":
            onnx.save(float16.convert_float_to_float16(onnx.load(source)), target)
        else:
            quantize_dynamic(source, target, weight_type=QuantType.QInt8)
        source.unlink()
    llama = LlamaModel(
        LlamaConfig(
            vocab_size=180, hidden_size=WIDTH, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
            max_position_embeddings=MAX_TOKENS, attn_implementation="eager", initializer_range=0.3,
        )
    )
    names = ["input_ids", "attention_mask", "position_ids"]
    export(Decoder(llama, names), names, MODELS / "tiny-llama", train_tokenizer(special=False))

    golden = []
    for model, poolings in {
        "tiny-bert": ["mean", "cls", "last"],
        "tiny-bert-fp16": ["mean"],
        "tiny-bert-int8": ["mean"],
        "tiny-llama": ["last"],
    }.items():
        folder = MODELS / model
        session = onnxruntime.InferenceSession(str(next(folder.glob("*.onnx"))))
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        for pooling in poolings:
            vectors = [encode(session, tokenizer, pooling, text) for text in TEXTS]
            golden.append({"model": model, "pooling": pooling, "vectors": vectors})
    (HERE / "onnx-golden.json").write_text(json.dumps({"texts": TEXTS, "expected": golden}, indent=1) + "\n")


main()
