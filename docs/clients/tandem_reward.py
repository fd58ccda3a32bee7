"""A Tandem project's active reward model as a reward function of TRL: GRPOTrainer(reward_funcs=tandem_reward, ...)."""

import os

import requests

URL = "{TANDEM_URL}/api/v1/projects/{TANDEM_PROJECT}/reward-models/active/score".format(**os.environ)


def tandem_reward(prompts, completions, **columns):
    text = lambda turns: turns if isinstance(turns, str) else "\n\n".join(turn["content"] for turn in turns)
    items = [{"prompt": text(p), "completions": [text(c)]} for p, c in zip(prompts, completions)]
    headers, rewards = {"Authorization": f"Bearer {os.environ['TANDEM_API_KEY']}"}, []
    for start in range(0, len(items), 50):
        reply = requests.post(URL, headers=headers, json={"items": items[start : start + 50]}, timeout=180)
        reply.raise_for_status()
        rewards += [item["completions"][0]["reward"] for item in reply.json()["items"]]
    return rewards
