import { readFileSync, readdirSync } from "node:fs";
import { env } from "@/lib/env";
import { chooseProvider, type ProviderChoice } from "@/lib/graph/choose-provider";
import { availableProviders, type Provider } from "@/lib/graph/session";
import { softwareAdapter } from "@/lib/graph/software-adapter";
import type { ProviderTrial } from "./training/train";

/** The provider of onnxruntime that is fastest at a step on this machine, or the one that the environment asks for. */
export async function fastestProvider(trial: ProviderTrial): Promise<ProviderChoice> {
  const forced = env().TANDEM_PROVIDER;
  const all = availableProviders();
  // Not even opened: drivers without a device complain on standard error.
  const idle: Provider[] =
    process.platform === "linux" && !hasGpu() && !forced ? all.filter((provider) => provider !== "cpu") : [];
  const choice = await chooseProvider({
    ...trial,
    available: all.filter((provider) => !idle.includes(provider)),
    forced,
    softwareAdapter: () => softwareAdapter({ mappedFiles: mappedFiles(), hasGpu: hasGpu() }),
    now: () => performance.now(),
  });
  const reason = "this machine has no GPU";
  return { ...choice, others: [...idle.map((provider) => ({ provider, reason })), ...choice.others] };
}

/** Only Linux tells; elsewhere a slow adapter is found out by its time. */
function mappedFiles(): string {
  return process.platform === "linux" ? readFileSync("/proc/self/maps", "utf8") : "";
}

function hasGpu(): boolean {
  const files = [...entries("/dev"), ...entries("/dev/dri")];
  return files.some((name) => /^(renderD\d+|nvidia\d+|dxg|kgsl-3d0|mali\d+)$/.test(name));
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
