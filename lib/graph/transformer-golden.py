"""Writes transformer-golden.json: the losses of 50 training steps of a two-layer BERT-style encoder in PyTorch, in float32.

    pip install torch==2.15.0
    python3 lib/graph/transformer-golden.py > lib/graph/transformer-golden.json

Token and position embeddings, LayerNorm; two layers of multi-head attention and erf GELU, LayerNorm after each sum with
epsilon 1e-12; the mean of the unmasked tokens; one logit. The loss is the mean over the batch of the binary
cross-entropy, summed in one reduction; a sequence is positive when token 3 is in it. AdamW with decay 0.01 on matrices,
gradients clipped to norm 1, a warm-up of 5 steps and half a cosine. Weights and data come from a linear congruential
generator (Numerical Recipes' constants) that the test repeats, in the order in which they are made here.
"""

import json
import math

import torch

VOCABULARY, LENGTH, WIDTH, HEADS, HIDDEN, LAYERS, BATCH, STEPS = 12, 8, 16, 2, 32, 2, 32, 50
PEAK, WARM_UP, DECAY, CLIP, EPSILON = 1e-2, 5, 0.01, 1.0, 1e-12

state = 1


def random():
    global state
    state = (state * 1664525 + 1013904223) % 2**32
    return state / 2**32


def weight(*shape):
    values = [(random() - 0.5) * 0.5 for _ in range(math.prod(shape))]
    return torch.tensor(values, dtype=torch.float32).reshape(shape).requires_grad_()


parameters = {"token": weight(VOCABULARY, WIDTH), "position": weight(LENGTH, WIDTH)}


def norm(name):
    parameters[f"{name}.scale"] = torch.ones(WIDTH, requires_grad=True)
    parameters[f"{name}.bias"] = torch.zeros(WIDTH, requires_grad=True)


def linear(name, rows, columns):
    parameters[f"{name}.weight"] = weight(rows, columns)
    parameters[f"{name}.bias"] = torch.zeros(columns, requires_grad=True)


norm("embedding")
for layer in range(LAYERS):
    for part in ("query", "key", "value", "output"):
        linear(f"{layer}.{part}", WIDTH, WIDTH)
    norm(f"{layer}.attention")
    linear(f"{layer}.up", WIDTH, HIDDEN)
    linear(f"{layer}.down", HIDDEN, WIDTH)
    norm(f"{layer}.feed")
linear("head", WIDTH, 1)


def batch():
    ids, mask, target = [], [], []
    for _ in range(BATCH):
        length = 4 + int(random() * 5)
        row = [int(random() * VOCABULARY) for _ in range(LENGTH)]
        ids.append(row)
        mask.append([float(i < length) for i in range(LENGTH)])
        target.append(float(3 in row[:length]))
    return torch.tensor(ids), torch.tensor(mask), torch.tensor(target)


def apply_linear(name, x):
    return x @ parameters[f"{name}.weight"] + parameters[f"{name}.bias"]


def apply_norm(name, x):
    return torch.nn.functional.layer_norm(
        x, (WIDTH,), parameters[f"{name}.scale"], parameters[f"{name}.bias"], EPSILON
    )


def heads(x):
    return x.reshape(-1, LENGTH, HEADS, WIDTH // HEADS).transpose(1, 2)


def logits(ids, mask):
    x = apply_norm("embedding", parameters["token"][ids] + parameters["position"])
    hidden = ((1 - mask) * -1e9)[:, None, None, :]
    for layer in range(LAYERS):
        query, key, value = (heads(apply_linear(f"{layer}.{part}", x)) for part in ("query", "key", "value"))
        scores = query @ key.transpose(-1, -2) / math.sqrt(WIDTH // HEADS) + hidden
        mixed = (torch.softmax(scores, -1) @ value).transpose(1, 2).reshape(-1, LENGTH, WIDTH)
        x = apply_norm(f"{layer}.attention", x + apply_linear(f"{layer}.output", mixed))
        up = torch.nn.functional.gelu(apply_linear(f"{layer}.up", x))
        x = apply_norm(f"{layer}.feed", x + apply_linear(f"{layer}.down", up))
    pooled = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
    return apply_linear("head", pooled)[:, 0]


matrices = [each for each in parameters.values() if each.dim() > 1]
vectors = [each for each in parameters.values() if each.dim() == 1]
optimiser = torch.optim.AdamW([{"params": matrices, "weight_decay": DECAY}, {"params": vectors, "weight_decay": 0.0}])


def rate(step):
    if step <= WARM_UP:
        return PEAK * step / WARM_UP
    return PEAK * (1 + math.cos(math.pi * (step - WARM_UP) / (STEPS - WARM_UP + 1))) / 2


losses = []
for step in range(1, STEPS + 1):
    ids, mask, target = batch()
    loss = torch.nn.functional.binary_cross_entropy_with_logits(logits(ids, mask), target)
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(list(parameters.values()), CLIP)
    for group in optimiser.param_groups:
        group["lr"] = rate(step)
    optimiser.step()
    losses.append(loss.item())

print(json.dumps({"torch": torch.__version__, "losses": losses}))
