import { sideFeatures } from "@/lib/encoders/side-features";
import { prisma } from "@/lib/db/client";
import { verdictOutcome } from "../schema";
import { groupsOf } from "./by-group";
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

const batchSize = 500;

/** What an AI annotator says about one question. */
export type Said = { key: QuestionKey; observations: Observation[] };

/** By the annotator's name, then by question. */
export type LoadedAnswers = Map<string, Map<string, Said>>;

type InstanceRow = { id: string; promptHash: string; gold: unknown; meta: string | null; subject: string | null };
type CompletionRow = { instanceId: string; index: number; text: string | null; model: string | null };
type VerdictRow = { id: string; target: string; shownOrder: string; outcome: unknown };
type Page = { labels: LabelRow[]; completions: CompletionRow[]; verdicts: Map<string, VerdictRow> };

/**
 * Everything that AI annotators said in a project, beside what people said of the same. People who saw what an AI
 * suggests did not answer by themselves and are left out. `afterBatch` is told how many instances are read.
 */
export async function loadAnswers(
  projectId: string,
  afterBatch: (done: number) => Promise<void>,
): Promise<LoadedAnswers> {
  const answers: LoadedAnswers = new Map();
  const groups = new Map<string, number>();
  let [after, done] = ["00000000-0000-0000-0000-000000000000", 0];
  for (;;) {
    const instances = await prisma.$queryRaw<InstanceRow[]>`
      select i.id::text, i.prompt_hash as "promptHash", i.gold, i.meta::text as meta,
        (select value from instance_tags t where t.project_id = i.project_id and t.instance_id = i.id
          and t.dimension = 'subject_of_expertise' order by t.place limit 1) as subject
      from instances i
      where i.project_id = ${projectId}::uuid and i.id > ${after}::uuid and exists (
        select from labels l where l.project_id = i.project_id and l.instance_id = i.id and l.source = 'lm' and l.is_current)
      order by i.id limit ${batchSize}`;
    if (instances.length === 0) return answers;
    const page = await readPage(
      projectId,
      instances.map(({ id }) => id),
    );
    const labelsOf = groupsOf(page.labels, ({ instanceId }) => instanceId);
    const completionsOf = groupsOf(page.completions, ({ instanceId }) => instanceId);
    for (const instance of instances) {
      const group = groups.get(instance.promptHash) ?? groups.size;
      groups.set(instance.promptHash, group);
      const subject = subjectOf(instance, completionsOf.get(instance.id) ?? [], group);
      addInstance(answers, { subject, gold: instance.gold, labels: labelsOf.get(instance.id) ?? [], page });
    }
    after = instances.at(-1)!.id;
    done += instances.length;
    await afterBatch(done);
  }
}

async function readPage(projectId: string, ids: string[]): Promise<Page> {
  const [labels, completions, verdicts] = await Promise.all([
    prisma.$queryRaw<LabelRow[]>`
      select id::text, instance_id::text as "instanceId", question, type::text, aspect, source::text, annotator, payload,
        shown_order as "shownOrder", meta ->> 'outcome' as outcome, (meta -> 'verdictIds')::jsonb as "verdictIds",
        case when json_typeof(meta -> 'confidence') = 'number' then (meta ->> 'confidence')::float8 end as confidence
      from labels
      where project_id = ${projectId}::uuid and instance_id = any(${ids}::uuid[]) and is_current and type <> 'critique'
        and (source = 'lm' or source = 'human' and suggestion is null)
      order by id`,
    prisma.$queryRaw<CompletionRow[]>`
      select instance_id::text as "instanceId", index, text, model from completions
      where project_id = ${projectId}::uuid and instance_id = any(${ids}::uuid[]) order by index`,
    prisma.$queryRaw<VerdictRow[]>`
      select id::text, target, shown_order as "shownOrder", outcome from verdicts
      where project_id = ${projectId}::uuid and instance_id = any(${ids}::uuid[]) and outcome ->> 'kind' in ('preferred', 'tie')`,
  ]);
  return { labels, completions, verdicts: new Map(verdicts.map((row) => [row.id, row])) };
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
  answers: LoadedAnswers,
  { subject, gold, labels, page }: { subject: Subject; gold: unknown; labels: LabelRow[]; page: Page },
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
      const observation = observe(unit, key, { given, page });
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
  { given, page }: { given: { value: Value; label: LabelRow }[]; page: Page },
): Observation | null {
  const value = joinAnswers(
    given.map((each) => each.value),
    key.type,
  );
  if (value === null) return null;
  const last = given.at(-1)!.label;
  const verdicts = key.type === "comparison" ? given.flatMap(({ label }) => verdictAnswers(label, page)) : [];
  const own = given.map((each): Single => ({
    value: each.value,
    first: firstShown(unit.target, each.label.shownOrder),
  }));
  const singles = verdicts.length > 0 ? verdicts : own;
  return { unit, value, singles, confidence: last.confidence, outcome: last.outcome, at: last.id };
}

function verdictAnswers({ verdictIds }: LabelRow, { verdicts }: Page): Single[] {
  return (Array.isArray(verdictIds) ? verdictIds : []).flatMap((id) => {
    const row = verdicts.get(id);
    if (!row) return [];
    const outcome = verdictOutcome.parse(row.outcome);
    const value = outcome.kind === "preferred" ? String(outcome.preferred) : "tie";
    return [{ value, first: firstShown(row.target, row.shownOrder.split("-").map(Number)) }];
  });
}

function add(
  answers: LoadedAnswers,
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
