import { z } from "zod";
import { prisma, type Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { RunContext } from "@/lib/jobs/runs";
import { judgeRouted } from "@/lib/judges/start-run";
import { firstId } from "./open-instances";
import { lockPolicy } from "./policy";
import { addRoutes, noRoutes, rerouteBatch } from "./reroute";
import { reweighBatch } from "./reweigh";
import { routePayload, routeResult, type RoutePayload, type RouteResult } from "./schema";

const batchSize = 1000;
const batchTimeoutMs = 2 * 60_000;

const checkpoint = z.object({
  /** The step it is in, and the last instance it did; null when all steps are through. */
  step: z.enum(["redraw", "reweigh"]).nullable(),
  after: z.string(),
  result: routeResult,
});
type Checkpoint = z.infer<typeof checkpoint>;

/**
 * Routes a project's open instances by the policy that started the run, then recomputes consensus if the weight of AI
 * changed. A batch is one transaction. A later policy ends the first step: its own run routes everything anew.
 */
export async function routeRun(run: RunContext): Promise<Prisma.InputJsonObject> {
  const payload = routePayload.parse(run.payload);
  let at: Checkpoint =
    run.checkpoint === null
      ? { step: nextStep(payload, null), after: firstId, result: { routes: noRoutes, changed: 0, reweighed: 0 } }
      : checkpoint.parse(run.checkpoint);
  while (at.step !== null) {
    const before = at;
    at = await prisma.$transaction(
      async (db) => {
        const next = await (before.step === "redraw"
          ? redraw(db, run, payload, before)
          : reweigh(db, run, payload, before));
        const { routes, reweighed } = next.result;
        const done = routes.human + routes.lm + routes.dual + reweighed;
        await run.save(db, { checkpoint: next, progress: { done, total: null, unit: "instances" } });
        return next;
      },
      { timeout: batchTimeoutMs, maxWait: 30_000 },
    );
  }
  return at.result;
}

function nextStep({ redraw, reweigh }: RoutePayload, step: Checkpoint["step"]): Checkpoint["step"] {
  if (step === null && redraw) return "redraw";
  return step !== "reweigh" && reweigh ? "reweigh" : null;
}

async function redraw(db: Db, { projectId }: RunContext, payload: RoutePayload, at: Checkpoint): Promise<Checkpoint> {
  const policy = await lockPolicy(db, projectId, "share");
  if (policy.version !== payload.version) return { ...at, step: nextStep(payload, "redraw"), after: firstId };
  const { last, routes, changed } = await rerouteBatch(db, { projectId, policy, after: at.after, limit: batchSize });
  if (routes.lm + routes.dual > 0) await judgeRouted(db, projectId);
  const result: RouteResult = {
    ...at.result,
    routes: addRoutes(at.result.routes, routes),
    changed: at.result.changed + changed,
  };
  return last === null
    ? { step: nextStep(payload, "redraw"), after: firstId, result }
    : { step: "redraw", after: last, result };
}

async function reweigh(db: Db, { projectId }: RunContext, payload: RoutePayload, at: Checkpoint): Promise<Checkpoint> {
  const { last, instances } = await reweighBatch(db, { projectId, after: at.after, limit: batchSize });
  const result = { ...at.result, reweighed: at.result.reweighed + instances };
  return last === null
    ? { step: nextStep(payload, "reweigh"), after: firstId, result }
    : { ...at, after: last, result };
}
