import { prisma } from "@/lib/db/client";
import { chosenEncoder } from "@/lib/reward/encoder-choice";
import type { Compared } from "@/lib/reward/compared-aspect";
import { say } from "@/lib/say";
import { consensusOf } from "../backtest/held-out";
import type { BacktestInput, JudgeLabels } from "../backtest/input";
import { activeModel } from "../open-instances";
import { cascadeOf, judgesOf } from "./dual-judges";
import { joinAi, type Said } from "./dual-units";
import { loadDual, type DualInstance, type Placed } from "./load-dual";
import { loadLearning, type OnBatch } from "./load-learning";
import type { FitSource } from "./measure-fit";
import { readCosts } from "./read-costs";
import { fewestDual, tooFewDual } from "./refusals";
import type { FitData } from "./schema";

/** With fewer pairs nothing can be learned from mixes. */
const fewestToLearn = 100;

/** What is known of the data before anything is calculated. */
export type FitFacts = Omit<FitData, "judgeAccuracy" | "humanAccuracy">;

/** A fit that can be calculated; `reason` says why nothing can be learned, where that is so. */
export type Prepared = { input: FitSource; facts: FitFacts; reason: string | null };

/**
 * Reads all that a fit of a project is calculated from. `conflict` where people and AI have both labelled too little.
 * `onBatch` gets how many instances are read, then how many are measured for the first time, then how many are encoded.
 */
export async function prepareFit(
  project: { id: string; slug: string },
  compared: Compared,
  onBatch: OnBatch,
): Promise<Prepared> {
  const all: Placed[] = [];
  let read = 0;
  for await (const page of loadDual(project.id, compared)) {
    for (const instance of page) for (const unit of instance.units) all.push({ ...unit, instance });
    await onBatch(prisma, (read += page.length));
  }
  requireEnough(all, project.slug, compared);
  const { units, reason, withoutText } = chooseUnits(all, compared);
  const encoder = await chosenEncoder(prisma, project.id);
  const columns = columnsOfUnits(units, isPaired(compared));
  const judges = await judgesOf(project.id, units);
  const said = units.map(({ ai }) => joinAi(ai, isPaired(compared)));
  const lm = labelsOf(said);
  const costs = await readCosts(project.id, units, said);
  return {
    input: {
      backtest: {
        ...columns,
        lm: { ...lm, costMicros: costs?.lm ?? null },
        cascade: cascadeOf(judges, lm),
        humanMicros: costs?.human ?? null,
      },
      learning: reason === null ? await loadLearning(project.id, encoder, { units, ...columns, onBatch }) : null,
      judges,
      isRepresentative: Uint8Array.from(units, ({ instance }) => Number(instance.isRepresentative)),
    },
    facts: {
      ...{ question: compared.question, aspect: compared.aspect, withoutText, encoder: encoder.version },
      pairs: units.length,
      prompts: new Set(columns.groups).size,
      drawn: units.filter(({ instance }) => instance.isDrawn).length,
      undecided: columns.human.filter(Number.isNaN).length,
      modelVersion: await activeModel(prisma, project.id),
      judges: judges.map(({ judge, name, units: own }) => ({ judge, name, labels: own.length })),
      tagged: units.filter(({ instance }) => instance.hasTags).length,
    },
    reason,
  };
}

/** Whether what is asked compares two completions. */
function isPaired({ from }: Compared): boolean {
  return from === "comparison" || from === "ranking";
}

function requireEnough(units: readonly Placed[], slug: string, compared: Compared): void {
  const prompts = new Set(units.map(({ instance }) => instance.promptHash)).size;
  if (units.length >= fewestDual.units && prompts >= fewestDual.prompts) return;
  const labelled = isPaired(compared)
    ? say`${units.length} pairs of ${prompts} prompts`
    : say`${units.length} completions of ${prompts} prompts`;
  throw tooFewDual(slug, compared, labelled);
}

/** Those with texts, where they are enough to learn from; else all, and nothing is learned. */
function chooseUnits(
  all: readonly Placed[],
  compared: Compared,
): { units: readonly Placed[]; reason: string | null; withoutText: number } {
  const withTexts = all.filter(({ target, instance }) => target.split("-").every((place) => hasText(instance, place)));
  const withoutText = all.length - withTexts.length;
  if (!isPaired(compared)) {
    const reason = `Question ${compared.question} compares no completions, so there is no reward model to learn whom to ask by. What judges and policies by confidence are worth is measured all the same.`;
    return { units: all, reason, withoutText };
  }
  if (withTexts.length >= fewestToLearn) return { units: withTexts, reason: null, withoutText };
  const reason = `Whom to ask is learned from ${fewestToLearn} pairs or more with both texts and without images; there are ${withTexts.length}.`;
  return { units: all, reason, withoutText };
}

function hasText({ texts }: DualInstance, place: string): boolean {
  return typeof texts[Number(place)] === "string";
}

type Columns = Pick<BacktestInput, "people" | "human" | "groups"> & { gold: Uint8Array };

function columnsOfUnits(units: readonly Placed[], isPair: boolean): Columns {
  const groups = new Map<string, number>();
  const people = units.map((unit) => Float64Array.from(unit.people));
  const human = Float64Array.from(people, (labels) => consensusOf(labels) ?? NaN);
  const agreeing = people.map((labels, unit) => labels.filter((label) => label === human[unit]).length);
  const gold = Uint8Array.from(agreeing, (count) => Number(count >= 2));
  return {
    ...{ people, human },
    groups: Int32Array.from(units, ({ instance: { promptHash } }) => {
      const group = groups.get(promptHash) ?? groups.size;
      groups.set(promptHash, group);
      return group;
    }),
    // Where people never label the same, what one of them says is all that rewards can be measured on.
    gold: isPair && !gold.includes(1) ? Uint8Array.from(agreeing, (count) => Number(count > 0)) : gold,
  };
}

function labelsOf(said: readonly Omit<Said, "annotator">[]): Omit<JudgeLabels, "costMicros"> {
  return {
    label: Float64Array.from(said, ({ label }) => label),
    confidence: Float64Array.from(said, ({ confidence }) => confidence ?? NaN),
  };
}
