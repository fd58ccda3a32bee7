import type { Db } from "@/lib/db/client";
import type { RouteKind } from "@/lib/db/generated/enums";
import type { StoredImage } from "@/lib/images/schema";
import { stringifyExact } from "@/lib/text/exact-json";

/**
 * An instance to be stored. JSON parts may hold numbers as written (lib/text/exact-json). Images that are not stored yet
 * are of another type.
 */
export type NewInstance<I = StoredImage> = {
  id: string;
  outsideId: string;
  prompt: string | null;
  messages: unknown[] | null;
  context: string | null;
  reference: string | null;
  gold: unknown;
  meta: object | null;
  /** Those of the prompt or of the whole conversation; images of a message stand in it. */
  images: I[];
  hasImages: boolean;
  contentHash: string;
  promptHash: string;
  split: "train" | "test";
  isLabelable: boolean;
  /** The people who have answered what the task schema asks already. */
  annotators: Set<string>;
  completions: NewCompletion<I>[];
};

export type NewCompletion<I = StoredImage> = {
  id: string;
  text: string | null;
  model: string | null;
  steps: string[] | null;
  images: I[];
  meta: object | null;
};

/** One with the decision of a policy about who is to label it. */
export type RoutedInstance = NewInstance & {
  policyVersion: number;
  decision: { route: RouteKind; propensity: number; score: number | null; reason: string };
};

/** Characters of an instance that the search knows: a tsvector holds a megabyte. */
const searchLength = 100_000;

/** Stores new instances with their completions and routes, in one statement. Throws when an outside id is taken. */
export async function insertInstances(
  db: Db,
  projectId: string,
  overlap: number,
  instances: RoutedInstance[],
): Promise<void> {
  if (instances.length === 0) return;
  const routes = instances.map(({ id, policyVersion, decision }) => ({
    id,
    policy_version: policyVersion,
    ...decision,
  }));
  await db.$executeRaw`
    with i as materialized (
      select * from json_to_recordset(${instanceRows(instances)}::json) as r(
        id uuid, outside_id text, prompt text, messages jsonb, context text, reference text, gold jsonb, meta json,
        images jsonb, has_images boolean, content_hash text, prompt_hash text, split split, is_labelable boolean, annotators int, conversation text)
    ), c as materialized (
      select * from json_to_recordset(${completionRows(instances)}::json) as r(
        instance_id uuid, index int, outside_id text, text text, model text, steps text[], has_steps boolean, images jsonb, meta json)
    ), r as materialized (
      select * from json_to_recordset(${JSON.stringify(routes)}::json) as r(
        id uuid, policy_version int, route route_kind, propensity float8, score float8, reason text)
    ), texts as (
      select instance_id, string_agg(text, ' ' order by index) as texts from c group by instance_id
    ), put_instances as (
      insert into instances (project_id, id, outside_id, prompt, messages, context, reference, gold, meta, images, has_images,
        content_hash, prompt_hash, split, route, is_labelable, open_slots, search)
      select ${projectId}::uuid, i.id, outside_id, prompt, messages, context, reference, gold, meta, images, has_images,
        content_hash, prompt_hash, split, r.route, is_labelable,
        case when is_labelable and r.route <> 'lm' then greatest(0, ${overlap}::int - annotators) else 0 end,
        to_tsvector('simple', left(concat_ws(' ', prompt, conversation, texts), ${searchLength}::int))
      from i join r on r.id = i.id left join texts on texts.instance_id = i.id order by outside_id
    ), put_completions as (
      insert into completions (project_id, instance_id, index, outside_id, text, model, steps, has_steps, images, meta)
      select ${projectId}::uuid, instance_id, index, outside_id, text, model, steps, has_steps, images, meta from c
    )
    insert into routes (project_id, instance_id, policy_version, route, propensity, score, reason)
    select ${projectId}::uuid, id, policy_version, route, propensity, score, reason from r`;
}

/** Replaces the content of instances that nobody has labelled or been given; their ids and routes stay. */
export async function replaceInstances(
  db: Db,
  projectId: string,
  overlap: number,
  instances: NewInstance[],
): Promise<void> {
  if (instances.length === 0) return;
  const ids = instances.map(({ id }) => id);
  await db.$executeRaw`delete from completions where project_id = ${projectId}::uuid and instance_id = any(${ids}::uuid[])`;
  // What judges and models said, they said of the old texts.
  await db.$executeRaw`delete from verdicts where project_id = ${projectId}::uuid and instance_id = any(${ids}::uuid[])`;
  await db.$executeRaw`delete from instance_tags where project_id = ${projectId}::uuid and instance_id = any(${ids}::uuid[])`;
  await db.$executeRaw`delete from reward_scores where project_id = ${projectId}::uuid and instance_id = any(${ids}::uuid[])`;
  await db.$executeRaw`delete from routing_features where project_id = ${projectId}::uuid and instance_id = any(${ids}::uuid[])`;
  await db.$executeRaw`
    with i as materialized (
      select * from json_to_recordset(${instanceRows(instances)}::json) as r(
        id uuid, prompt text, messages jsonb, context text, reference text, gold jsonb, meta json,
        images jsonb, has_images boolean, content_hash text, prompt_hash text, split split, is_labelable boolean, annotators int, conversation text)
    ), c as materialized (
      select * from json_to_recordset(${completionRows(instances)}::json) as r(
        instance_id uuid, index int, outside_id text, text text, model text, steps text[], has_steps boolean, images jsonb, meta json)
    ), texts as (
      select instance_id, string_agg(text, ' ' order by index) as texts from c group by instance_id
    ), put_instances as (
      update instances old set prompt = i.prompt, messages = i.messages, context = i.context, reference = i.reference,
        gold = i.gold, meta = i.meta, images = i.images, has_images = i.has_images, content_hash = i.content_hash, prompt_hash = i.prompt_hash, split = i.split,
        is_labelable = i.is_labelable,
        open_slots = case when i.is_labelable and old.route <> 'lm' then greatest(0, ${overlap}::int - annotators) else 0 end,
        search = to_tsvector('simple', left(concat_ws(' ', i.prompt, conversation, texts), ${searchLength}::int))
      from i left join texts on texts.instance_id = i.id
      where old.project_id = ${projectId}::uuid and old.id = i.id
    )
    insert into completions (project_id, instance_id, index, outside_id, text, model, steps, has_steps, images, meta)
    select ${projectId}::uuid, instance_id, index, outside_id, text, model, steps, has_steps, images, meta from c`;
}

function instanceRows(instances: NewInstance[]): string {
  return stringifyExact(
    instances.map(({ id, prompt, messages, context, reference, gold, meta, images, split, ...rest }) => ({
      ...{ id, prompt, messages, context, reference, gold, meta, images, split },
      has_images: rest.hasImages,
      outside_id: rest.outsideId,
      content_hash: rest.contentHash,
      prompt_hash: rest.promptHash,
      is_labelable: rest.isLabelable,
      annotators: rest.annotators.size,
      conversation: messages?.map((message) => (message as { content: string }).content).join(" "),
    })),
  );
}

function completionRows(instances: NewInstance[]): string {
  return stringifyExact(
    instances.flatMap((instance) =>
      instance.completions.map(({ id, text, model, steps, images, meta }, index) => ({
        instance_id: instance.id,
        index,
        outside_id: id,
        text,
        model,
        steps: steps ?? [],
        has_steps: steps !== null,
        images,
        meta,
      })),
    ),
  );
}
