"""Writes optimisers-golden.json: the parameters after each of six steps of PyTorch's optimisers, in float64.

    pip install torch==2.15.0
    python3 lib/graph/optimisers-golden.py > lib/graph/optimisers-golden.json

The loss is sum(a * ga) + sum(b * gb), so that the gradients are the fed numbers.
"""

import json
import math

import torch
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

torch.set_default_dtype(torch.float64)
STEPS, MICRO, AVERAGE, CLIP = 6, 2, 0.9, 0.7
RATES = [0.1 * (i + 1) / STEPS for i in range(STEPS)]


def numbers(seed, *shape):
    """Numbers that JSON holds exactly enough and that need no generator: sines at odd places."""
    count = math.prod(shape)
    return torch.tensor([round(math.sin(1 + seed * 7.3 + i * 1.7), 6) for i in range(count)]).reshape(shape)


class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.a = torch.nn.Parameter(numbers(1, 2, 3))
        self.b = torch.nn.Parameter(numbers(2, 2, 1))


def gradient_of(step, micro):
    return numbers(10 + 2 * step + 100 * micro, 2, 3), numbers(11 + 2 * step + 100 * micro, 2, 1)


def run(make, clip=None, members=False, micro=1, average=False, scales=(1, 1)):
    model = Model()
    optimiser = make(model)
    averaged = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(AVERAGE)) if average else None
    if averaged:
        averaged.update_parameters(model)  # the first call copies
    result = []
    for step, rate in enumerate(RATES):
        optimiser.zero_grad()
        for part in range(micro):
            ga, gb = gradient_of(step, part)
            (((model.a * ga).sum() + (model.b * gb).sum()) / micro).backward()
        if clip and members:
            for k in range(2):
                grads = [model.a.grad[k], model.b.grad[k]]
                norm = torch.sqrt(sum((g**2).sum() for g in grads))
                for g in grads:
                    g.mul_(torch.clamp(clip / (norm + 1e-6), max=1.0))
        elif clip:
            torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
        for group, scale in zip(optimiser.param_groups, scales):
            group["lr"] = rate * scale
        optimiser.step()
        if averaged:
            averaged.update_parameters(model)
        shown = averaged.module if averaged else model
        result.append({"a": shown.a.flatten().tolist(), "b": shown.b.flatten().tolist()})
    return result


def groups(decay):
    return lambda model: [{"params": [model.a], "weight_decay": decay}, {"params": [model.b], "weight_decay": 0.0}]


def adamw(model):
    return torch.optim.AdamW(groups(0.1)(model), lr=0.1)


def sgd(momentum, decay=0.0):
    return lambda model: torch.optim.SGD(groups(decay)(model), lr=0.1, momentum=momentum)


golden = {
    "torch": torch.__version__,
    "rates": RATES,
    "start": {"a": numbers(1, 2, 3).flatten().tolist(), "b": numbers(2, 2, 1).flatten().tolist()},
    "gradients": [
        [{"a": ga.flatten().tolist(), "b": gb.flatten().tolist()} for ga, gb in [gradient_of(step, part) for part in range(MICRO)]]
        for step in range(STEPS)
    ],
    "steps": {
        "adamW": run(adamw),
        "sgd": run(sgd(0)),
        "momentum": run(sgd(0.9, 0.05)),
        "clipped": run(sgd(0.9), clip=CLIP),
        "clippedMembers": run(sgd(0.9), clip=CLIP, members=True),
        "microBatches": run(adamw, micro=MICRO),
        "average": run(adamw, average=True),
        "scaled": run(adamw, scales=(0.3, 1)),
        "frozen": run(adamw, scales=(1, 0)),
    },
}
print(json.dumps(golden))
