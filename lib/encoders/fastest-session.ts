import { AppError } from "@/lib/errors";
import type { ProviderChoice, ProviderTrial } from "@/lib/graph/choose-provider";
import type { Provider, Session } from "@/lib/graph/session";

/**
 * How far, at most, a vector of length 1 may lie from the one that the CPU makes of the same text: vectors are stored, and are
 * to be the same on every machine but for this.
 */
export const providerTolerance = 1e-3;

/** Real work of an encoder. */
export type EncodingTrial = ProviderTrial & {
  /** Whether it is a whole batch, as all but the last are of many texts; less says little of what is fastest. */
  isFull: boolean;
};

/** Chooses where an encoder computes; null to choose later, by other texts. */
export type ChooseEncodingProvider = (trial: EncodingTrial) => Promise<ProviderChoice | null>;

/**
 * The session on the provider that is chosen by one batch of texts, with the reasons against the others; null where nothing is
 * chosen yet. A provider whose vectors are not the CPU's is refused, also one that was forced: then it is the CPU.
 */
export async function fastestSession(given: {
  /** Open on the CPU. */
  cpu: Session;
  open: (provider: Provider) => Promise<Session>;
  /** The batch's vectors of length 1. */
  vectorsBy: (session: Session) => Promise<readonly Float32Array[]>;
  isFull: boolean;
  choose: ChooseEncodingProvider;
}): Promise<{ session: Session; choice: ProviderChoice } | null> {
  const { cpu, open, vectorsBy, isFull, choose } = given;
  let expected: readonly Float32Array[] | undefined;
  const run = async (session: Session): Promise<void> => {
    const vectors = await vectorsBy(session);
    if (session !== cpu) requireSame(vectors, (expected ??= await vectorsBy(cpu)));
  };
  const choice = await choose({
    ...{ work: "a batch of texts", isFull },
    open: async (provider) => {
      const session = provider === "cpu" ? cpu : await open(provider);
      const dispose = async (): Promise<void> => (session === cpu ? undefined : await session.dispose());
      return { run: () => run(session), dispose };
    },
  });
  if (choice === null) return null;
  const { provider } = choice;
  if (provider === "cpu") return { session: cpu, choice };
  let session: Session | undefined;
  try {
    session = await open(provider);
    await run(session);
    return { session, choice };
  } catch (error) {
    await session?.dispose();
    if (!(error instanceof AppError)) throw error;
    const others = choice.others.filter((other) => other.provider !== "cpu");
    return {
      session: cpu,
      choice: { provider: "cpu", stepMs: null, others: [{ provider, reason: error.message }, ...others] },
    };
  }
}

/** Throws `invalid` where a vector lies too far from the one that is expected. */
function requireSame(vectors: readonly Float32Array[], expected: readonly Float32Array[]): void {
  const farthest = Math.max(0, ...vectors.map((vector, i) => distance(vector, expected[i]!)));
  if (farthest <= providerTolerance) return;
  const message = `its vectors, of length 1, lie up to ${farthest.toPrecision(2)} from those of the CPU, and ${providerTolerance} is allowed`;
  throw new AppError("invalid", message);
}

/** Euclid's. */
export function distance(a: Float32Array, b: Float32Array): number {
  return Math.hypot(...a.map((value, i) => value - b[i]!));
}
