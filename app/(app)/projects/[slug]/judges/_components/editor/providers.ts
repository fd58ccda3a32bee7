import type { LmConfig } from "@/lib/judges/schema";

export type Preset = {
  id: string;
  label: string;
  provider: LmConfig["provider"];
  baseUrl: string;
  /** What else to know about it. */
  hint: string;
};

const allowed = "An admin of the site has to allow this host.";

/** Well-known providers; each only fills in the protocol and the address. */
export const presets: readonly Preset[] = [
  {
    ...{ id: "openai", label: "OpenAI", provider: "openai-compatible", baseUrl: "https://api.openai.com/v1" },
    hint: "Prices and limits are those of your account.",
  },
  {
    ...{ id: "anthropic", label: "Anthropic", provider: "anthropic", baseUrl: "https://api.anthropic.com/v1" },
    hint: "Speaks its own protocol, which gives no token probabilities.",
  },
  {
    ...{ id: "azure", label: "Azure OpenAI", provider: "azure", baseUrl: "https://NAME.openai.azure.com/openai/v1" },
    hint: "Put the name of your resource in the address; the model is the deployment.",
  },
  {
    ...{ id: "openrouter", label: "OpenRouter", provider: "openai-compatible" },
    ...{ baseUrl: "https://openrouter.ai/api/v1", hint: "Models are named as vendor/model." },
  },
  {
    ...{ id: "vllm", label: "vLLM", provider: "openai-compatible" },
    ...{ baseUrl: "http://localhost:8000/v1", hint: `Gives token probabilities. ${allowed}` },
  },
  {
    ...{ id: "ollama", label: "Ollama", provider: "openai-compatible" },
    ...{ baseUrl: "http://localhost:11434/v1", hint: allowed },
  },
  {
    ...{ id: "llamacpp", label: "llama.cpp", provider: "openai-compatible" },
    ...{ baseUrl: "http://localhost:8080/v1", hint: `Any model name will do. ${allowed}` },
  },
  {
    ...{ id: "lmstudio", label: "LM Studio", provider: "openai-compatible" },
    ...{ baseUrl: "http://localhost:1234/v1", hint: allowed },
  },
];

const otherHints: Record<LmConfig["provider"], string> = {
  "openai-compatible": "Whatever answers at /chat/completions as OpenAI does.",
  anthropic: presets.find(({ provider }) => provider === "anthropic")!.hint,
  azure: presets.find(({ provider }) => provider === "azure")!.hint,
};

/** The preset that an address is of; those of a protocol of their own are theirs at any address. */
export function presetOf({ provider, baseUrl }: Pick<LmConfig, "provider" | "baseUrl">): Preset | null {
  const same = presets.filter((preset) => preset.provider === provider);
  if (provider !== "openai-compatible") return same[0]!;
  return same.find((preset) => preset.baseUrl === baseUrl.trim().replace(/\/+$/, "")) ?? null;
}

export function hintOf(address: Pick<LmConfig, "provider" | "baseUrl">): string {
  return presetOf(address)?.hint ?? otherHints[address.provider];
}
