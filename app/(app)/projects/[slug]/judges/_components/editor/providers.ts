import type { Translate } from "@/app/i18n/translate";
import type { LmConfig } from "@/lib/judges/schema";

export type Preset = {
  id: "openai" | "anthropic" | "azure" | "openrouter" | "vllm" | "ollama" | "llamacpp" | "lmstudio";
  label: string;
  provider: LmConfig["provider"];
  baseUrl: string;
};

/** Well-known providers; each only fills in the protocol and the address. */
export const presets: readonly Preset[] = [
  { id: "openai", label: "OpenAI", provider: "openai-compatible", baseUrl: "https://api.openai.com/v1" },
  { id: "anthropic", label: "Anthropic", provider: "anthropic", baseUrl: "https://api.anthropic.com/v1" },
  { id: "azure", label: "Azure OpenAI", provider: "azure", baseUrl: "https://NAME.openai.azure.com/openai/v1" },
  { id: "openrouter", label: "OpenRouter", provider: "openai-compatible", baseUrl: "https://openrouter.ai/api/v1" },
  { id: "vllm", label: "vLLM", provider: "openai-compatible", baseUrl: "http://localhost:8000/v1" },
  { id: "ollama", label: "Ollama", provider: "openai-compatible", baseUrl: "http://localhost:11434/v1" },
  { id: "llamacpp", label: "llama.cpp", provider: "openai-compatible", baseUrl: "http://localhost:8080/v1" },
  { id: "lmstudio", label: "LM Studio", provider: "openai-compatible", baseUrl: "http://localhost:1234/v1" },
];

/** The preset that an address is of; those of a protocol of their own are theirs at any address. */
export function presetOf({ provider, baseUrl }: Pick<LmConfig, "provider" | "baseUrl">): Preset | null {
  const same = presets.filter((preset) => preset.provider === provider);
  if (provider !== "openai-compatible") return same[0]!;
  return same.find((preset) => preset.baseUrl === baseUrl.trim().replace(/\/+$/, "")) ?? null;
}

/** What else to know about where a judge is asked. */
export function hintOf(address: Pick<LmConfig, "provider" | "baseUrl">, t: Translate<"judges.presets">): string {
  return t(presetOf(address)?.id ?? "other");
}
