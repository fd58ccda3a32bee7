import { exportModel } from "@/lib/graph/export";
import { openSession, type Session } from "@/lib/graph/session";
import type { HostTensor } from "@/lib/graph/tensor";
import type { RewardConfig } from "./config";
import type { Head as Reward, HeadShape, ModelValues } from "./head";
import { nameIn, type Head } from "./heads/head";
import { lossGraph } from "./step";

/** Rows measured in one run. */
const measuredAtOnce = 256;

export type Validation = {
  /** Each member's loss on the validation labels: the heads' weighted means, weighed and summed. */
  losses: (values: ModelValues) => Promise<number[]>;
  dispose: () => Promise<void>;
};

/** Opens what measures parameters on the validation labels of all heads. */
export async function openValidation(given: {
  shape: HeadShape;
  reward: Reward;
  heads: readonly Head[];
  config: RewardConfig;
  threads: number;
}): Promise<Validation> {
  const { shape, reward, heads, config, threads } = given;
  const sessions: Session[] = [];
  for (const head of heads) {
    sessions.push(await openSession(exportModel(lossGraph(reward, head)), { threads }));
  }
  return {
    async losses(values) {
      const losses = new Array<number>(shape.members).fill(0);
      for (const [i, head] of heads.entries()) {
        const means = await meanLosses(sessions[i]!, head, values, shape.members);
        means.forEach((mean, member) => (losses[member]! += config.headWeights[head.name] * mean));
      }
      return losses;
    },
    async dispose() {
      for (const session of sessions) await session.dispose();
    },
  };
}

async function meanLosses(session: Session, head: Head, values: ModelValues, members: number): Promise<number[]> {
  const rows = head.validation.groups.length;
  const sums = new Array<number>(members).fill(0);
  let mass = 0;
  for (let start = 0; start < rows; start += measuredAtOnce) {
    const count = Math.min(measuredAtOnce, rows - start);
    const places = Uint32Array.from({ length: count }, (_, i) => start + i);
    const weight: HostTensor = {
      ...{ dtype: "float32", shape: [members, count] },
      data: new Float32Array(members * count).fill(1),
    };
    const given = { ...values, ...head.validation.batch(places), [nameIn(head.name, "weight")]: weight };
    const feeds = Object.entries(given).filter(([name]) => session.inputNames.includes(name));
    const outputs = await session.run(Object.fromEntries(feeds));
    mass += Number(outputs["mass"]!.data[0]);
    sums.forEach((sum, member) => (sums[member] = sum + Number(outputs["sum"]!.data[member])));
  }
  return sums.map((sum) => sum / mass);
}
