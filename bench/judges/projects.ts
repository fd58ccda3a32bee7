import { createHash } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { prisma } from "@/lib/db/client";
import { createJudge } from "@/lib/judges/create";
import { createJudgeInput } from "@/lib/judges/schema";
import { startJudgeRun } from "@/lib/judges/start-run";
import { accessFor, aMember, aProject } from "@/lib/testing/builders";
import { completionsOf, prices, promptOf } from "./questions";

/** Rows written in one statement. */
const chunk = 1_000;

export type Asked = { slug: string; start: () => Promise<void> };

/** A project with so many instances routed to AI and a judge that waits to be started. */
export async function makeProject(
  slug: string,
  instances: number,
  judge: { baseUrl: string; apiKey: string; concurrency: number },
): Promise<Asked> {
  const project = await aProject({ slug, name: slug });
  const { user } = await aMember(project, { role: "admin" });
  for (let from = 0; from < instances; from += chunk)
    await insertInstances(project, from, Math.min(instances, from + chunk));
  const { apiKey, ...config } = judge;
  const input = createJudgeInput.parse({
    ...{ name: "Simulated", apiKey, isEnabled: false },
    config: { ...config, ...prices, model: "simulated", rubric: "Prefer the completion that says more." },
  });
  const { id } = await createJudge(await accessFor(user, project, "judge:manage"), input);
  const access = await accessFor(user, project, "judge:run");
  return { slug, start: async () => void (await startJudgeRun(access, id, {})) };
}

async function insertInstances({ id: projectId, slug }: { id: string; slug: string }, from: number, to: number) {
  const rows = Array.from({ length: to - from }, (_, i) => ({ n: from + i, id: uuidv7() }));
  await prisma.instance.createMany({
    data: rows.map(({ n, id }) => ({
      ...{ projectId, id, outsideId: String(n), prompt: promptOf(slug, n), route: "lm" as const },
      ...{ contentHash: sha256(`${slug} ${n}`), promptHash: sha256(promptOf(slug, n)), split: "train" as const },
      ...{ isLabelable: true, openSlots: 0 },
    })),
  });
  await prisma.completion.createMany({
    data: rows.flatMap(({ n, id: instanceId }) =>
      completionsOf(n).map((text, index) => ({ projectId, instanceId, index, outsideId: "ab"[index]!, text })),
    ),
  });
  await prisma.route.createMany({
    data: rows.map(({ id: instanceId }) => ({
      ...{ projectId, instanceId, policyVersion: 1, route: "lm" as const, propensity: 1, reason: "bench" },
    })),
  });
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
