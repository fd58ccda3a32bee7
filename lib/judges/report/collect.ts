import { sideFeatures } from "@/lib/encoders/side-features";
import { verdictOutcome } from "../schema";
import { groupsOf } from "./by-group";
import type { InstanceRow, CompletionRow, LoadedPage, VerdictRow } from "./load";
import {
  consensusOf,
  firstShown,
  goldOf,
  joinAnswers,
  statementsOf,
  type LabelRow,
  type Observation,
  type QuestionKey,
  type Single,
  type Subject,
  type Unit,
  type Value,
} from "./unit";

/** What an AI annotator says about one question. */
export type Said = { key: QuestionKey; observations: Observation[] };

/** By the annotator's name, then by question. */
export type Answers = Map<string, Map<string, Said>>;

type Verdicts = Map<string, VerdictRow>;

/** Puts together what AI annotators said, page by page, beside what people said of the same. */
export function openCollection(): { answers: Answers; add: (page: LoadedPage) => void } {
  const answers: Answers = new Map();
  const groups = new Map<string, number>();
  return {
    answers,
    add({ instances, labels, completions, verdicts }) {
      const labelsOf = groupsOf(labels, ({ instanceId }) => instanceId);
      const completionsOf = groupsOf(completions, ({ instanceId }) => instanceId);
      const verdictsById = new Map(verdicts.map((row) => [row.id, row]));
      for (const instance of instances) {
        const group = groups.get(instance.promptHash) ?? groups.size;
        groups.set(instance.promptHash, group);
        const subject = subjectOf(instance, completionsOf.get(instance.id) ?? [], group);
        const about = { subject, gold: instance.gold, labels: labelsOf.get(instance.id) ?? [] };
        addInstance(answers, { ...about, verdicts: verdictsById });
      }
    },
  };
}

function subjectOf({ meta, subject }: InstanceRow, completions: CompletionRow[], group: number): Subject {
  const parsed: unknown = JSON.parse(meta ?? "{}");
  return {
    group,
    styles: completions.map(({ text }) => (text === null ? null : [...sideFeatures(text), Math.log1p(codeIn(text))])),
    models: completions.map(({ model }) => model),
    // Where the import tells no domains apart, the tagger's subjects do.
    meta: { ...(typeof parsed === "object" ? parsed : {}), ...(subject !== null && { subject_of_expertise: subject }) },
  };
}

/** Fenced blocks and inline code. */
function codeIn(text: string): number {
  return text.match(/^[ \t]*```[^\n]*\n|`[^`\n]+`/gm)?.length ?? 0;
}

type Answered = { key: QuestionKey; unit: Unit; said: Map<string, { value: Value; label: LabelRow }[]> };

function addInstance(
  answers: Answers,
  { subject, gold, labels, verdicts }: { subject: Subject; gold: unknown; labels: LabelRow[]; verdicts: Verdicts },
): void {
  for (const { key, unit, said } of answeredUnits(subject, labels).values()) {
    const byPeople = [...said].flatMap(([annotator, given]) =>
      given[0]!.label.source === "human" ? [{ annotator, given }] : [],
    );
    unit.people = byPeople
      .map(({ given }) =>
        joinAnswers(
          given.map(({ value }) => value),
          key.type,
        ),
      )
      .filter((value) => value !== null);
    const agreed = consensusOf(unit.people);
    const known = unit.people.length === 0 ? goldOf(gold, key, unit.target) : null;
    unit.reference = agreed ?? known;
    unit.by = agreed !== null ? "people" : known !== null ? "gold" : unit.people.length > 0 ? "drawn" : null;
    for (const [annotator, given] of said) {
      if (given[0]!.label.source === "human") continue;
      const observation = observe(unit, key, { given, verdicts });
      if (observation) add(answers, { annotator: annotator.slice("lm ".length), key, observation });
    }
  }
}

function answeredUnits(subject: Subject, labels: LabelRow[]): Map<string, Answered> {
  const units = new Map<string, Answered>();
  for (const label of labels) {
    for (const { part, target, value } of statementsOf(label)) {
      const { question, type, aspect } = label;
      const key = { question, type, aspect, part };
      const name = `${nameOf(key)} ${target}`;
      const unit = { subject, target, people: [], reference: null, by: null };
      const answered = units.get(name) ?? { key, unit, said: new Map<string, { value: Value; label: LabelRow }[]>() };
      units.set(name, answered);
      const annotator = `${label.source} ${label.annotator}`;
      const given = answered.said.get(annotator);
      if (given) given.push({ value, label });
      else answered.said.set(annotator, [{ value, label }]);
    }
  }
  return units;
}

function observe(
  unit: Unit,
  key: QuestionKey,
  { given, verdicts }: { given: { value: Value; label: LabelRow }[]; verdicts: Verdicts },
): Observation | null {
  const value = joinAnswers(
    given.map((each) => each.value),
    key.type,
  );
  if (value === null) return null;
  const last = given.at(-1)!.label;
  const asked = key.type === "comparison" ? given.flatMap(({ label }) => verdictAnswers(label, verdicts)) : [];
  const own = given.map((each): Single => ({
    value: each.value,
    first: firstShown(unit.target, each.label.shownOrder),
  }));
  const singles = asked.length > 0 ? asked : own;
  return { unit, value, singles, confidence: last.confidence, outcome: last.outcome, at: last.id };
}

function verdictAnswers({ verdictIds }: LabelRow, verdicts: Verdicts): Single[] {
  return (Array.isArray(verdictIds) ? verdictIds : []).flatMap((id) => {
    const row = verdicts.get(id);
    if (!row) return [];
    const outcome = verdictOutcome.parse(row.outcome);
    const value = outcome.kind === "preferred" ? String(outcome.preferred) : "tie";
    return [{ value, first: firstShown(row.target, row.shownOrder.split("-").map(Number)) }];
  });
}

function add(
  answers: Answers,
  { annotator, key, observation }: { annotator: string; key: QuestionKey; observation: Observation },
): void {
  const questions = answers.get(annotator) ?? new Map<string, Said>();
  answers.set(annotator, questions);
  const name = nameOf(key);
  const said = questions.get(name);
  if (said) said.observations.push(observation);
  else questions.set(name, { key, observations: [observation] });
}

function nameOf({ question, type, aspect, part }: QuestionKey): string {
  return JSON.stringify([question, type, aspect, part]);
}
