import { createHash } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { prisma } from "@/lib/db/client";
import { refreshConsensus } from "@/lib/labels/consensus";
import type { ComparisonPayload } from "@/lib/labels/schema";
import { seededRandom, type Random } from "@/lib/stats/random";

const fillers = "the a report answer river garden window paper music simple number morning letter winter road".split(
  " ",
);
const good = ["kindly", "exactly", "verified"];
const bad = ["whatever", "dunno", "shrug"];

/** Words of which the preferred text of `addPreferences` has a good one. */
export const tellingWords = { good, bad } as const;

type Options = {
  prompts: number;
  /** Every how manieth label is by a judge; 0 for none. */
  lmEvery?: number;
  /** Share of labels that are wrong. */
  noise?: number;
  answer?: (given: { prefersFirst: boolean; random: Random }) => Pick<ComparisonPayload, "preferred" | "strength">;
  labelled?: boolean;
  seed?: number;
};

/**
 * Adds instances of two texts, one with a good and one with a bad word among fillers, and a comparison of each by a
 * person that prefers the good one, with its consensus. Splits follow from the prompts as an import makes them. A statement a table.
 */
export async function addPreferences(
  projectId: string,
  { prompts, lmEvery = 0, noise = 0.1, answer = bySlight, labelled = true, seed = 1 }: Options,
): Promise<string[]> {
  const random = seededRandom(seed);
  const made = Array.from({ length: prompts }, (_, i) => {
    const prompt = `Question ${seed}-${i}: what is to be done?`;
    const goodFirst = random() < 0.5;
    const texts = [goodFirst, !goodFirst].map((isGood) => text(random, isGood ? good : bad));
    const prefersFirst = goodFirst === random() >= noise;
    return { id: uuidv7(), prompt, texts, payload: { ...base, ...answer({ prefersFirst, random }) } };
  });
  await prisma.instance.createMany({
    data: made.map(({ id, prompt }, i) => {
      const promptHash = createHash("sha256").update(prompt).digest("hex");
      const split = Number.parseInt(promptHash.slice(0, 8), 16) % 100 < 20 ? ("test" as const) : ("train" as const);
      const facts = { route: "human" as const, isLabelable: true, openSlots: 0, contentHash: promptHash };
      return { projectId, id, outsideId: `p${seed}-${i}`, prompt, promptHash, split, ...facts };
    }),
  });
  await prisma.completion.createMany({
    data: made.flatMap(({ id, texts }) =>
      texts.map((text, index) => ({ projectId, instanceId: id, index, outsideId: "ab"[index]!, text, steps: [] })),
    ),
  });
  if (!labelled) return made.map(({ id }) => id);
  await prisma.label.createMany({
    data: made.map(({ id, payload }, i) => {
      const isLm = lmEvery > 0 && i % lmEvery === 0;
      return {
        ...{ projectId, id: uuidv7(), instanceId: id, submissionId: uuidv7(), question: "comparison", target: "0-1" },
        ...{ type: "comparison" as const, source: isLm ? ("lm" as const) : ("human" as const), payload },
        annotator: isLm ? "judge:00000000-0000-7000-8000-000000000001@1" : "import:someone",
      };
    }),
  });
  const ids = made.map(({ id }) => id);
  await prisma.$transaction((db) => refreshConsensus(db, projectId, ids));
  return ids;
}

const base = { pair: [0, 1] as [number, number], bothBad: false, scale: 5 as const };

function bySlight({ prefersFirst }: { prefersFirst: boolean }): Pick<ComparisonPayload, "preferred" | "strength"> {
  return { preferred: prefersFirst ? 0 : 1, strength: 2 };
}

function text(random: Random, telling: readonly string[]): string {
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)]!;
  const words = Array.from({ length: 6 + Math.floor(random() * 20) }, () => pick(fillers));
  words.splice(3, 0, pick(telling));
  return words.join(" ");
}
