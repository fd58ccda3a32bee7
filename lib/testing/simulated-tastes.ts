import { encodeHashed } from "@/lib/encoders/hashed";
import { sideFeatures } from "@/lib/encoders/side-features";
import type { VotingLabel } from "@/lib/labels/votes";
import { seededRandom } from "@/lib/stats/random";
import type { TrainingData, TrainingPair } from "@/lib/reward/training/data";
import type { PairOrigin } from "@/lib/reward/training-data";

const fillers = "the a report answer river garden window paper music simple number morning letter winter road".split(
  " ",
);
const warm = ["kindly", "gladly", "dear"];
const curt = ["briefly", "plainly", "shortly"];
const answersToPair = 5;
const wrongShare = 0.1;

export type SimulatedTastes = {
  data: TrainingData & { origins: PairOrigin[] };
  /** The group of each annotator by name: 0 likes warm words, 1 curt ones. */
  tasteOf: Record<string, number>;
};

/**
 * Pairs of a warm and a curt text with the answers of annotators of whom a share likes the curt one, where the others like
 * the warm one, one answer in ten being wrong: tests know who is who. 6 of 10 prompts train, 2 validate, 2 test.
 */
export function simulatedTastes(given: {
  annotators: number;
  minorityShare: number;
  prompts: number;
  seed: number;
}): SimulatedTastes {
  const { annotators, minorityShare, prompts, seed } = given;
  const random = seededRandom(seed);
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)]!;
  const tastes = Array.from({ length: annotators }, (_, a) => Number(a < Math.round(minorityShare * annotators)));
  const texts: string[] = [];
  const pairs: TrainingPair[] = [];
  const origins: PairOrigin[] = [];
  for (let group = 0; group < prompts; group++) {
    const isWarmFirst = random() < 0.5;
    const [first, second] = (isWarmFirst ? [warm, curt] : [curt, warm]).map((tone) => {
      const words = Array.from({ length: 6 + Math.floor(random() * 10) }, () => pick(fillers));
      words.splice(3, 0, pick(tone));
      return texts.push(words.join(" ")) - 1;
    }) as [number, number];
    const answers = Array.from({ length: answersToPair }, (): [number, boolean] => {
      const annotator = Math.floor(random() * annotators);
      const likesFirst = isWarmFirst === (tastes[annotator] === 0);
      return [annotator, likesFirst !== random() < wrongShare];
    });
    const firsts = answers.filter(([, isFirst]) => isFirst).length;
    const split = group % 10 < 6 ? "train" : group % 10 < 8 ? "validation" : "test";
    pairs.push({ first, second, group, split, strength: (2 * firsts) / answersToPair - 1, weight: 1 });
    const labels = answers.map(([annotator, isFirst], i) => label(`${group}-${i}`, nameOf(annotator), isFirst));
    origins.push({ instanceId: idOf(group), question: "comparison", target: "0-1", labels });
  }
  const features = texts.map((text) => encodeHashed(text));
  return {
    data: { pairs, origins, features, width: 1024, sides: texts.map(sideFeatures) },
    tasteOf: Object.fromEntries(tastes.map((taste, a) => [nameOf(a), taste])),
  };
}

const nameOf = (annotator: number): string => `import:annotator-${annotator}`;

const idOf = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;

function label(id: string, annotator: string, isFirst: boolean): VotingLabel {
  const payload = { pair: [0, 1], preferred: isFirst ? 0 : 1, bothBad: false, strength: 1, scale: 2 } as const;
  return { id, source: "human", annotator, payload: { ...payload, pair: [0, 1] } };
}
