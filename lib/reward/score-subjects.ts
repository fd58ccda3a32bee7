import type { Access } from "@/lib/auth/access";
import { hashPrompt } from "@/lib/datasets/record";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { findUnstorable } from "@/lib/text/storable";
import { promptText } from "./prompt-text";
import type { ScoreItem } from "./serving/schema";
import { findReferences, requireFewStored } from "./stored-size";

/** What an item asks to be scored. */
export type ScoreSubject = {
  prompt: string;
  completions: string[];
  /** Of each completion the steps that were sent or that it was imported with; null where its text is to be cut. */
  steps: (readonly string[] | null)[];
  /** A completion to measure the others by; null where none is known. */
  reference: string | null;
};

/** The hash is null for a prompt that no instance can have, as the database cannot store it. */
type Found = ScoreSubject & { promptHash: string | null };

/**
 * The texts of items, in their order: those sent, and those of stored instances. A reference that was not sent is the
 * instance's own, else that of the oldest instance with the same prompt. Throws `not_found` for an instance of another
 * project, and `invalid` for one that has images or no text, and for more than a call can have.
 */
export async function readSubjects(
  access: Access<"reward:read">,
  items: readonly ScoreItem[],
): Promise<ScoreSubject[]> {
  const stored = await readInstances(access, items);
  const found = items.map((item) => (item.instanceId === undefined ? readSent(item) : stored.get(item.instanceId)!));
  const references = found.map(({ reference }, i) => items[i]!.reference ?? reference);
  const asked = found.flatMap(({ promptHash }, i) =>
    references[i] === null && promptHash !== null ? [promptHash] : [],
  );
  const known = asked.length === 0 ? new Map<string | null, string>() : await readReferences(access, asked);
  return found.map(({ prompt, completions, steps, promptHash }, i) => ({
    ...{ prompt, completions, steps },
    reference: references[i] ?? known.get(promptHash) ?? null,
  }));
}

function readSent({ prompt, messages, completions, steps }: ScoreItem): Found {
  return {
    prompt: promptText(prompt, messages),
    completions: completions!,
    steps: steps ?? completions!.map(() => null),
    reference: null,
    promptHash: findUnstorable(prompt ?? messages)
      ? null
      : hashPrompt({ prompt: prompt ?? null, messages: messages ?? null, images: [] }),
  };
}

async function readInstances(
  { projectId, slug }: Access<"reward:read">,
  items: readonly ScoreItem[],
): Promise<Map<string, Found>> {
  const instanceIds = items.flatMap(({ instanceId }) => instanceId ?? []);
  if (instanceIds.length === 0) return new Map();
  const sent = items.reduce((sum, { completions }) => sum + (completions?.length ?? 0), 0);
  await requireFewStored({ projectId, instanceIds, sent });
  const ids = [...new Set(instanceIds)];
  const rows = await prisma.instance.findMany({
    where: { projectId, id: { in: ids } },
    select: {
      ...{ id: true, prompt: true, messages: true, reference: true, promptHash: true },
      completions: { orderBy: { index: "asc" }, select: { text: true, images: true, steps: true, hasSteps: true } },
    },
  });
  const instances = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    ids.map((id) => {
      const row = instances.get(id);
      if (!row) throw new AppError("not_found", say`There is no instance ${id} in project ${slug}.`);
      const { prompt, messages, reference, promptHash } = row;
      const completions = row.completions.map(({ text, images }) => readableText(id, text, images));
      const steps = row.completions.map((completion) => (completion.hasSteps ? completion.steps : null));
      return [id, { prompt: promptText(prompt, messages), completions, steps, reference, promptHash }];
    }),
  );
}

function readableText(id: string, text: string | null, images: unknown): string {
  if (text !== null && (images as unknown[]).length === 0) return text;
  throw new AppError(
    "invalid",
    text === null
      ? say`Instance ${id} has a completion without a text, and the reward model reads texts alone. Leave it out.`
      : say`Instance ${id} has a completion with images, and the reward model reads texts alone. Leave it out.`,
  );
}

async function readReferences(
  { projectId }: Access<"reward:read">,
  promptHashes: readonly string[],
): Promise<Map<string | null, string>> {
  const rows = await prisma.instance.findMany({
    where: { projectId, id: { in: await findReferences(projectId, promptHashes) } },
    select: { promptHash: true, reference: true },
  });
  return new Map(rows.map(({ promptHash, reference }) => [promptHash, reference!]));
}
