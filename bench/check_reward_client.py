"""Trains a tiny random model with TRL's GRPOTrainer for two steps, rewarded by docs/clients/tandem_reward.py.

    python -m venv venv && venv/bin/pip install trl requests
    TANDEM_URL=http://localhost:3000 TANDEM_PROJECT=P TANDEM_API_KEY=tdm_... venv/bin/python bench/check_reward_client.py

Once with prompts that are texts and once with conversations. Everything is made here: nothing is downloaded. Each reward
that TRL got is asked for again in one call of the endpoint. The last line is one JSON object; the exit status is 0 when
"mismatches" is 0 and TRL logged a mean of each run's rewards.
"""

import importlib.metadata
import json
import os
import pathlib
import sys
import tempfile

import requests
import torch
from datasets import Dataset
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM
from trl import GRPOConfig, GRPOTrainer

sys.path.append(str(pathlib.Path(__file__).parents[1] / "docs" / "clients"))
import tandem_reward as client

TEMPLATE = "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"


def tiny_tokenizer():
    """One token a byte."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE(vocab={letter: i for i, letter in enumerate(alphabet)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    specials = {"eos_token": "<|im_end|>", "pad_token": "<pad>", "additional_special_tokens": ["<|im_start|>"]}
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **specials)
    fast.chat_template = TEMPLATE
    return fast


def train(prompts, record):
    torch.manual_seed(1)
    tokenizer = tiny_tokenizer()
    sizes = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2}
    model = Qwen2ForCausalLM(Qwen2Config(vocab_size=len(tokenizer), eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id, **sizes))

    def tandem_reward(prompts, completions, **columns):
        rewards = client.tandem_reward(prompts, completions, **columns)
        record.extend(zip(prompts, completions, rewards))
        return rewards

    config = GRPOConfig(
        output_dir=tempfile.mkdtemp(), max_steps=2, per_device_train_batch_size=8, num_generations=4,
        max_completion_length=24, logging_steps=1, report_to=[], save_strategy="no", use_cpu=True,
    )
    trainer = GRPOTrainer(model=model, reward_funcs=tandem_reward, args=config, train_dataset=Dataset.from_dict({"prompt": prompts}), processing_class=tokenizer)
    trainer.train()
    return [line["rewards/tandem_reward/mean"] for line in trainer.state.log_history if "rewards/tandem_reward/mean" in line]


def ask_again(record):
    plain = lambda value: value if isinstance(value, str) else value[-1]["content"]
    items = [{"prompt": plain(prompt), "completions": [plain(completion)]} for prompt, completion, _ in record]
    reply = requests.post(client.URL, headers={"Authorization": f"Bearer {os.environ['TANDEM_API_KEY']}"}, json={"items": items}, timeout=180)
    reply.raise_for_status()
    return [item["completions"][0]["reward"] for item in reply.json()["items"]]


def main():
    questions = [f"What is known of subject {n}?" for n in range(16)]
    shapes = {"standard": questions, "conversational": [[{"role": "user", "content": question}] for question in questions]}
    result = {"trl": importlib.metadata.version("trl"), "mismatches": 0}
    for name, prompts in shapes.items():
        record = []
        means = train(prompts, record)
        wrong = sum(reward != again for (_, _, reward), again in zip(record, ask_again(record)))
        result[name] = {"rewards": len(record), "different": len({reward for _, _, reward in record}), "logged_means": means}
        result["mismatches"] += wrong + (len(means) == 0) + (len(record) == 0)
    print(json.dumps(result))
    sys.exit(result["mismatches"] != 0)


if __name__ == "__main__":
    main()
