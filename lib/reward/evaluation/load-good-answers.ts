import type { Db } from "@/lib/db/client";
import { promptText } from "../prompt-text";
import { isDecided } from "../training/data";
import type { LoadedData } from "../training-data";
import type { GoodAnswer } from "./consistency";

/** Prompts that are compared with each other. */
const mostPrompts = 500;

/** The held-out prompts, each once, with the completion that was preferred in the first of their pairs that was decided. */
export async function loadGoodAnswers(
  db: Db,
  { projectId, data }: { projectId: string; data: LoadedData },
): Promise<GoodAnswer[]> {
  const answers = new Map<number, { instanceId: string; answer: string }>();
  data.pairs.forEach((pair, i) => {
    if (pair.split !== "test" || !isDecided(pair) || answers.has(pair.group) || answers.size === mostPrompts) return;
    const answer = data.texts[pair.strength > 0 ? pair.first : pair.second]!;
    answers.set(pair.group, { instanceId: data.origins[i]!.instanceId, answer });
  });
  const chosen = [...answers.values()];
  const rows = await db.instance.findMany({
    where: { projectId, id: { in: chosen.map(({ instanceId }) => instanceId) } },
    select: { id: true, prompt: true, messages: true },
  });
  const prompts = new Map(rows.map((row) => [row.id, promptText(row.prompt, row.messages)]));
  return chosen.flatMap(({ instanceId, answer }) => {
    const prompt = prompts.get(instanceId);
    return prompt ? [{ prompt, answer }] : [];
  });
}
