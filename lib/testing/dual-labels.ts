import { createHash } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { prisma } from "@/lib/db/client";
import { refreshConsensus } from "@/lib/labels/consensus";
import { seededRandom } from "@/lib/stats/random";
import { tellingWords } from "./preferences";

const fillers = "the a report answer river garden window paper music simple number morning letter winter road".split(
  " ",
);
const subjects = ["Law", "Cooking", "History", "Travel"] as const;

type Options = {
  instances: number;
  seed?: number;
  /** As labels sign it. */
  judge?: string;
  people?: number;
  route?: "human" | "dual";
};

/**
 * Adds instances of the part that trains that people and a judge have labelled: people prefer the text with a good word, one
 * in ten of them not; the judge does too, but on Law, where it follows length in most cases, and is less sure there. Tags
 * say which subject each is of. A statement a table.
 */
export async function addDualLabels(projectId: string, options: Options): Promise<string[]> {
  const { instances, seed = 1, judge = "import:strict", people = 3, route = "dual" } = options;
  const random = seededRandom(seed);
  const { good, bad } = tellingWords;
  const made = Array.from({ length: instances }, (_, i) => {
    const prompt = `Dual ${seed}-${i}: what is to be done?`;
    const goodFirst = random() < 0.5;
    const texts = [goodFirst, !goodFirst].map((isGood) => textWith(isGood ? good : bad, random));
    const subject = subjects[i % subjects.length]!;
    const isMisled = subject === "Law" && random() < 0.8;
    const longerFirst = texts[0]!.length > texts[1]!.length;
    const judged = isMisled ? longerFirst : goodFirst === random() >= 0.05;
    const said = Array.from({ length: people }, () => goodFirst === random() >= 0.1);
    const confidence = subject === "Law" ? 0.6 + 0.2 * random() : 0.8 + 0.2 * random();
    return { id: uuidv7(), prompt, texts, subject, judged, said, confidence };
  });
  await prisma.instance.createMany({
    data: made.map(({ id, prompt }, i) => {
      const promptHash = createHash("sha256").update(prompt).digest("hex");
      const facts = { route, isLabelable: true, openSlots: 0, split: "train" as const, contentHash: promptHash };
      return { projectId, id, outsideId: `d${seed}-${i}`, prompt, promptHash, ...facts };
    }),
  });
  await prisma.completion.createMany({
    data: made.flatMap(({ id, texts }) =>
      texts.map((text, index) => ({ projectId, instanceId: id, index, outsideId: "ab"[index]!, text, steps: [] })),
    ),
  });
  await prisma.route.createMany({
    data: made.map(({ id }) => ({ projectId, instanceId: id, policyVersion: 1, route, propensity: 1, reason: "test" })),
  });
  await prisma.instanceTag.createMany({
    data: made.map(({ id, subject }) => ({
      ...{ projectId, instanceId: id, source: "lm" as const, dimension: "subject_of_expertise", value: subject },
      ...{ place: 0, annotator: "judge:tagger@1", method: "tagger-1" },
    })),
  });
  await prisma.label.createMany({
    data: made.flatMap(({ id, judged, said, confidence }) => [
      ...said.map((prefersFirst, person) => ({
        ...comparisonOf(projectId, id, prefersFirst),
        ...{ source: "human" as const, annotator: `import:person-${person}`, meta: {} },
      })),
      {
        ...comparisonOf(projectId, id, judged),
        ...{ source: "lm" as const, annotator: judge, meta: { outcome: "preferred", confidence } },
      },
    ]),
  });
  const ids = made.map(({ id }) => id);
  await prisma.$transaction((db) => refreshConsensus(db, projectId, ids), { timeout: 60_000 });
  return ids;
}

function comparisonOf(projectId: string, instanceId: string, prefersFirst: boolean) {
  const payload = { pair: [0, 1], preferred: prefersFirst ? 0 : 1, bothBad: false, strength: 2, scale: 5 };
  const about = { question: "comparison", type: "comparison" as const, target: "0-1", payload };
  return { ...about, projectId, id: uuidv7(), instanceId, submissionId: uuidv7() };
}

function textWith(telling: readonly string[], random: () => number): string {
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)]!;
  const words = Array.from({ length: 6 + Math.floor(random() * 20) }, () => pick(fillers));
  words.splice(3, 0, pick(telling));
  return words.join(" ");
}
