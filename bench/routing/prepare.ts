import type { BacktestInput, JudgeLabels } from "@/lib/routing/backtest/input";
import { buildColumns, columnsOf } from "@/lib/routing/features/columns";
import { describeColumn } from "@/lib/routing/features/describe-column";
import { textNumbersOf } from "@/lib/routing/features/text-numbers";
import { differencesOf } from "@/lib/routing/fits/differences";
import type { Encoder } from "./encode";
import type { Unit } from "./read-units";

type Learning = NonNullable<BacktestInput["learning"]>;

/**
 * What the product's backtest takes, of pairs that the judge labelled. The files have no confidence of a judge; the share
 * of the other LMs that say the same stands for it. Of three LMs the cascade asks the last of the file first.
 */
export async function prepare(units: readonly Unit[], judge: string, encoder: Encoder): Promise<BacktestInput> {
  const names = [...new Set(units.flatMap(({ lms }) => [...lms.keys()]))];
  const first = names.filter((name) => name !== judge).at(-1);
  const areAllAsked = first !== undefined && names.length > 2 && units.every(({ lms }) => lms.has(first));
  const human = Float64Array.from(units, (unit) => unit.human);
  return {
    ...{ people: units.map(({ people }) => people), human, humanMicros: null },
    lm: labelsOf(units, judge),
    groups: Int32Array.from(units, ({ group }) => group),
    learning: units.every(({ texts }) => texts !== null) ? await readTexts(units, encoder) : null,
    cascade: areAllAsked ? [labelsOf(units, first), labelsOf(units, judge)] : null,
  };
}

function labelsOf(units: readonly Unit[], judge: string): JudgeLabels {
  const label = Float64Array.from(units, ({ lms }) => lms.get(judge)!);
  const confidence = Float64Array.from(units, ({ lms }, unit) => {
    const others = [...lms].filter(([name]) => name !== judge);
    return others.length === 0 ? NaN : others.filter(([, said]) => said === label[unit]).length / others.length;
  });
  return { label, confidence, costMicros: null };
}

async function readTexts(units: readonly Unit[], { width, encode }: Encoder): Promise<Learning> {
  const texts = [...new Set(units.flatMap(({ texts: pair }) => pair!))];
  const read = await encode(texts);
  const placeOf = new Map(texts.map((text, place) => [text, place]));
  const features = units.map(({ prompt, texts: pair }) => ({
    numbers: textNumbersOf(
      { prompt, completions: pair! },
      pair!.map((text) => read[placeOf.get(text)!]!),
    ),
    tags: [],
  }));
  const columns = buildColumns(features);
  const pairs = units.map(({ texts: pair }) => [placeOf.get(pair![0])!, placeOf.get(pair![1])!] as const);
  return {
    ...{ columns, words: columns.map(describeColumn) },
    ...differencesOf(read, width, pairs),
    has: features.map((one) => columnsOf(columns, one)),
    gold: Uint8Array.from(units, ({ people, human }) => Number(people.filter((label) => label === human).length >= 2)),
  };
}
