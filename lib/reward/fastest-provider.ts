import { readFileSync, readdirSync } from "node:fs";
import { env } from "@/lib/env";
import { chooseProvider, type ProviderChoice, type ProviderTrial } from "@/lib/graph/choose-provider";
import { availableProviders, type Provider } from "@/lib/graph/session";
import { softwareAdapter } from "@/lib/graph/software-adapter";

/** The provider of onnxruntime that is fastest at some work on this machine, or the one that the environment asks for. */
export async function fastestProvider(trial: ProviderTrial): Promise<ProviderChoice> {
  const forced = env().TANDEM_PROVIDER;
  const hasGpu = process.platform !== "linux" || gpuDevices([...entries("/dev"), ...entries("/dev/dri")]).length > 0;
  const { available, idle } = tried({ all: availableProviders(), hasGpu, isForced: forced !== undefined });
  const choice = await chooseProvider({
    trial,
    available,
    forced,
    softwareAdapter: () => softwareAdapter({ mappedFiles: mappedFiles(), hasGpu }),
    now: () => performance.now(),
  });
  const reason = "this machine has no GPU";
  return { ...choice, others: [...idle.map((provider) => ({ provider, reason })), ...choice.others] };
}

/** Without a GPU the others are not even opened: drivers without a device complain on standard error. */
export function tried(given: { all: readonly Provider[]; hasGpu: boolean; isForced: boolean }): {
  available: Provider[];
  idle: Provider[];
} {
  const isIdle = (provider: Provider): boolean => provider !== "cpu" && !given.hasGpu && !given.isForced;
  return { available: given.all.filter((each) => !isIdle(each)), idle: given.all.filter(isIdle) };
}

/** Those of the files in /dev and /dev/dri that are a GPU's. */
export const gpuDevices = (names: readonly string[]): string[] =>
  names.filter((name) => /^(renderD\d+|nvidia\d+|dxg|kgsl-3d0|mali\d+)$/.test(name));

/** Only Linux tells; elsewhere a slow adapter is found out by its time. */
function mappedFiles(): string {
  return process.platform === "linux" ? readFileSync("/proc/self/maps", "utf8") : "";
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
