import { AppError } from "@/lib/errors";
import type { Provider } from "./session";
import type { Batch, Training } from "./training";

/** Which provider computes, and why the others do not. */
export type ProviderChoice = {
  provider: Provider;
  /** Milliseconds of one step; null where nothing was measured, because there was no choice. */
  stepMs: number | null;
  others: { provider: Provider; reason: string }[];
};

/** Steps that are timed of each provider after a first one, in which shaders are compiled and memory is found. */
const timedSteps = 3;

/**
 * Chooses the provider that is fastest at one real step. Each of `available` is opened and timed; one that does not open, or
 * whose adapter is a software one, is left out with the reason. `forced` is taken without being opened, whatever it is. Throws
 * `invalid` for a forced provider that is not available, and what the CPU threw when it does not work.
 */
export async function chooseProvider(given: {
  available: readonly Provider[];
  forced?: Provider | undefined;
  open: (provider: Provider) => Promise<Training>;
  batches: readonly Batch[];
  /** The software adapter by which WebGPU computes, once it is open; null when it is a real device. */
  softwareAdapter: () => string | null;
  /** A clock in milliseconds. */
  now: () => number;
}): Promise<ProviderChoice> {
  const { available, forced, open, batches, softwareAdapter, now } = given;
  if (forced) {
    if (!available.includes(forced)) throw new AppError("invalid", absence(forced));
    const others = available.filter((provider) => provider !== forced);
    return {
      provider: forced,
      stepMs: null,
      others: others.map((provider) => ({ provider, reason: `${forced} was asked for` })),
    };
  }
  const timed: { provider: Provider; stepMs: number }[] = [];
  const others: ProviderChoice["others"] = [];
  for (const provider of available) {
    let training: Training | undefined;
    try {
      training = await open(provider);
      const software = provider === "webgpu" ? softwareAdapter() : null;
      if (software) others.push({ provider, reason: `its adapter is ${software}, which computes in software` });
      else timed.push({ provider, stepMs: await fastestStep(training, batches, now) });
    } catch (error) {
      if (provider === "cpu") throw error;
      others.push({ provider, reason: error instanceof Error ? error.message : String(error) });
    } finally {
      await training?.dispose();
    }
  }
  const [best, ...slower] = timed.toSorted((a, b) => a.stepMs - b.stepMs);
  if (!best) throw new AppError("internal", "onnxruntime has no provider on which the step runs.");
  const times = slower.map(({ provider, stepMs }) => ({
    provider,
    reason: `a step takes ${stepMs.toFixed(1)} ms there and ${best.stepMs.toFixed(1)} ms on ${best.provider}`,
  }));
  return { ...best, others: [...others, ...times] };
}

async function fastestStep(training: Training, batches: readonly Batch[], now: () => number): Promise<number> {
  let best = Infinity;
  for (let i = 0; i <= timedSteps; i++) {
    const started = now();
    await training.take(batches, 0);
    if (i > 0) best = Math.min(best, now() - started);
  }
  return best;
}

const absence = (provider: Provider): string =>
  `This installation's onnxruntime has no ${provider} provider; choose another, or install one that has it.`;
