"""The same ensemble as bench/graph.ts in eager PyTorch, timed round by round: one line "STEPS" in, one line of seconds out.

    python torch_step.py MEMBERS WIDTH HIDDEN PAIRS THREADS

HIDDEN 0 is a linear reward. All members are batched into the same products as in the graph; AdamW is the fused-loop
("foreach") implementation that PyTorch chooses by itself or faster, decay and bias correction as in lib/graph/optimisers.ts.
"""

import sys
import time

import torch

members, width, hidden, pairs, threads = map(int, sys.argv[1:6])
torch.set_num_threads(threads)
torch.manual_seed(1)

x = torch.randn(2 * pairs, width)
if hidden:
    w1 = (torch.randn(members, width, hidden) / width**0.5).requires_grad_()
    b1 = torch.zeros(members, 1, hidden, requires_grad=True)
    w2 = (torch.randn(members, hidden, 1) / hidden**0.5).requires_grad_()
    parameters = [w1, b1, w2]
else:
    w = (torch.randn(width, members) / width**0.5).requires_grad_()
    parameters = [w]


def reward():
    if not hidden:
        return (x @ w).T
    return (torch.relu(x @ w1 + b1) @ w2).squeeze(2)


def make_step(optimiser):
    def step():
        optimiser.zero_grad(set_to_none=True)
        r = reward()
        margin = r[:, :pairs] - r[:, pairs:]
        loss = torch.nn.functional.softplus(-margin).mean(dim=1).sum()
        loss.backward()
        optimiser.step()

    return step


def seconds(step, steps):
    start = time.perf_counter()
    for _ in range(steps):
        step()
    return time.perf_counter() - start


def fastest_step():
    """Of PyTorch's implementations of AdamW the one that is fastest here, so that the comparison is a fair one."""
    found = []
    for options in ({"foreach": True}, {"fused": True}):
        step = make_step(torch.optim.AdamW(parameters, lr=1e-3, weight_decay=0.01, **options))
        seconds(step, 3)
        found.append((seconds(step, 10), next(iter(options)), step))
    _, name, step = min(found, key=lambda each: each[0])
    print(name, flush=True)
    return step


step = fastest_step()
for line in sys.stdin:
    print(seconds(step, int(line)), flush=True)
