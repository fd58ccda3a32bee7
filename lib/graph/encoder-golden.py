"""Writes encoder-golden-dynamo.onnx and encoder-golden-script.onnx: one small BERT by each of PyTorch's two exporters.

    pip install torch==2.15.0 transformers==5.24.0 onnx==1.23.2 onnxscript==0.7.2
    python3 lib/graph/encoder-golden.py
"""

from pathlib import Path

import onnx
import torch
from transformers import BertConfig, BertModel

torch.manual_seed(20261126)
config = BertConfig(
    vocab_size=30,
    hidden_size=8,
    num_hidden_layers=2,
    num_attention_heads=2,
    intermediate_size=16,
    max_position_embeddings=12,
)
bert = BertModel(config, add_pooling_layer=False).eval()
# Untrained biases and norms are alike; exporters would store them once.
with torch.no_grad():
    for parameter in bert.parameters():
        parameter.normal_(parameter.mean().item(), 0.3)


class Encoder(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.bert = bert

    def forward(self, input_ids, attention_mask):
        return self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


ids = torch.randint(1, 30, (2, 7))
mask = torch.ones_like(ids)
mask[1, 4:] = 0
names = {"input_names": ["input_ids", "attention_mask"], "output_names": ["last_hidden_state"]}
axes = {0: "batch", 1: "sequence"}
folder = Path(__file__).parent


def export(name, **options):
    path = folder / f"encoder-golden-{name}.onnx"
    torch.onnx.export(Encoder(), (ids, mask), path, **names, **options)
    model = onnx.load(path)
    # What only debuggers read is most of the file.
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    for value in [*model.graph.value_info, *model.graph.input, *model.graph.output]:
        del value.metadata_props[:]
    del model.graph.value_info[:]
    del model.graph.metadata_props[:]
    onnx.save(model, path)


export("dynamo", dynamo=True, external_data=False, dynamic_shapes={"input_ids": axes, "attention_mask": axes})
export("script", dynamo=False, opset_version=14, dynamic_axes={name: axes for name in ("input_ids", "attention_mask", "last_hidden_state")})
