import { AppError } from "@/lib/errors";
import type { Provider } from "./session";

/** Which provider computes, and why the others do not. */
export type ProviderChoice = {
  provider: Provider;
  /** Milliseconds of one step, or of whatever was tried; null where nothing was measured, because there was no choice. */
  stepMs: number | null;
  others: { provider: Provider; reason: string }[];
};

/** Real work that any provider can be opened to do. */
export type ProviderTrial = {
  /** What is done once: "a step". */
  work: string;
  open: (provider: Provider) => Promise<OpenTrial>;
};

/** Does the work once; throws the reason where the provider is not to be chosen. */
type OpenTrial = { run: () => Promise<unknown>; dispose: () => Promise<void> };

/** Runs that are timed of each provider after a first one, in which shaders are compiled and memory is found. */
const timedRuns = 3;

/**
 * Chooses the provider that is fastest at real work. Each of `available` is opened and timed, unless the CPU is the only one;
 * one that does not open or run, or whose adapter is a software one, is left out with the reason. `forced` is taken without
 * being opened, whatever it is. Throws `invalid` for a forced provider that is not available, and what the CPU threw when it
 * does not work.
 */
export async function chooseProvider(given: {
  available: readonly Provider[];
  forced?: Provider | undefined;
  trial: ProviderTrial;
  /** The software adapter by which WebGPU computes, once it is open; null when it is a real device. */
  softwareAdapter: () => string | null;
  /** A clock in milliseconds. */
  now: () => number;
}): Promise<ProviderChoice> {
  const { available, forced, trial, softwareAdapter, now } = given;
  if (forced) {
    if (!available.includes(forced)) throw new AppError("invalid", absence(forced));
    const others = available.filter((provider) => provider !== forced);
    return {
      provider: forced,
      stepMs: null,
      others: others.map((provider) => ({ provider, reason: `${forced} was asked for` })),
    };
  }
  if (available.length === 1 && available[0] === "cpu") return { provider: "cpu", stepMs: null, others: [] };
  const timed: { provider: Provider; stepMs: number }[] = [];
  const others: ProviderChoice["others"] = [];
  for (const provider of available) {
    let opened: OpenTrial | undefined;
    try {
      opened = await trial.open(provider);
      const software = provider === "webgpu" ? softwareAdapter() : null;
      if (software) others.push({ provider, reason: `its adapter is ${software}, which computes in software` });
      else timed.push({ provider, stepMs: await fastestRun(opened, now) });
    } catch (error) {
      if (provider === "cpu") throw error;
      others.push({ provider, reason: error instanceof Error ? error.message : String(error) });
    } finally {
      await opened?.dispose();
    }
  }
  const [best, ...slower] = timed.toSorted((a, b) => a.stepMs - b.stepMs);
  if (!best) throw new AppError("internal", `onnxruntime has no provider that can do ${trial.work}.`);
  const times = slower.map(({ provider, stepMs }) => ({
    provider,
    reason: `${trial.work} takes ${stepMs.toFixed(1)} ms there and ${best.stepMs.toFixed(1)} ms on ${best.provider}`,
  }));
  return { ...best, others: [...others, ...times] };
}

async function fastestRun({ run }: OpenTrial, now: () => number): Promise<number> {
  let best = Infinity;
  for (let i = 0; i <= timedRuns; i++) {
    const started = now();
    await run();
    if (i > 0) best = Math.min(best, now() - started);
  }
  return best;
}

const absence = (provider: Provider): string =>
  `This installation's onnxruntime has no ${provider} provider; choose another, or install one that has it.`;
