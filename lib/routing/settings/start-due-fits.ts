import { isDatabaseDown, prisma } from "@/lib/db/client";
import { log } from "@/lib/log";
import { comparedAspect } from "@/lib/reward/compared-aspect";
import { isCronMinute } from "@/lib/reward/cron";
import { countNewDual, judgesWithDual } from "../fits/new-dual";
import { readFit, type Fit } from "../fits/read-fit";
import { fewestDual } from "../fits/refusals";
import type { FitView } from "../fits/schema";
import { startDueFit } from "../fits/start-fit";
import { activeModel } from "../open-instances";
import { routingSettings, type RoutingSettings } from "./schema";

const minuteMs = 60_000;
/** The sweep comes once an hour; it makes up for those that were missed, such as those of a night without a worker. */
const lookBackMinutes = 25 * 60;
/** How long a fit that failed or was cancelled is left alone. */
const restMs = 24 * 3_600_000;

type Project = { projectId: string; slug: string };

/**
 * Once an hour: starts the fits that are due, by time, by new labels of both or because a judge or the reward model
 * changed. What goes wrong with one project is logged and costs the others nothing.
 */
export async function startDueFits(now = new Date()): Promise<void> {
  const projects = await prisma.$queryRaw<(Project & { settings: unknown })[]>`
    select id::text as "projectId", slug, routing_settings as settings from projects
    where routing_settings -> 'refit' -> 'cron' <> 'null' or routing_settings -> 'refit' -> 'everyLabels' <> 'null'
      or (routing_settings -> 'refit' ->> 'onChange')::boolean
    order by id`;
  for (const { settings, ...project } of projects) {
    try {
      const { refit } = routingSettings.parse(settings);
      const cause = await causeOf(project, { refit, now });
      if (cause !== null) await prisma.$transaction((db) => startDueFit(db, project, cause));
    } catch (error) {
      if (isDatabaseDown(error)) throw error;
      log.error({ projectId: project.projectId, err: error }, "the schedule of a project's routing fits failed");
    }
  }
}

type Due = Exclude<FitView["cause"], "hand">;

/** Why a fit is due; null when none is. */
async function causeOf(
  { projectId }: Project,
  { refit, now }: { refit: RoutingSettings["refit"]; now: Date },
): Promise<Due | null> {
  const { cron, everyLabels, onChange } = refit;
  const run = await prisma.run.findFirst({
    where: { projectId, kind: "routing-fit" },
    orderBy: { id: "desc" },
    select: { id: true, state: true, createdAt: true, finishedAt: true },
  });
  // A pattern names a minute, and whoever fits after it, by hand too, has done what it is for.
  if (cron !== null && hasComeSince(cron, run?.createdAt ?? null, now)) return "schedule";
  const cameToNothing = run?.state === "failed" || run?.state === "cancelled";
  if (cameToNothing && now.getTime() - run.finishedAt!.getTime() < restMs) return null;
  const newest = await readFit(prisma, projectId, "newest");
  if (everyLabels !== null) {
    const compared = await comparedAspect(prisma, projectId);
    const given = { since: newest?.runId ?? null, most: everyLabels };
    if (compared && (await countNewDual(projectId, compared, given)) >= everyLabels) return "labels";
  }
  return onChange && newest ? await whatChanged(projectId, newest) : null;
}

/** Whether a pattern names one of the last minutes that came after a time. */
function hasComeSince(cron: string, time: Date | null, now: Date): boolean {
  const last = Math.floor(now.getTime() / minuteMs) * minuteMs;
  const minutes = Array.from({ length: lookBackMinutes }, (_, ago) => new Date(last - ago * minuteMs));
  return minutes.some((minute) => (time === null || minute > time) && isCronMinute(cron, minute));
}

/**
 * Whether another reward model serves than at a fit, or a version of a judge that it did not know has labelled enough of
 * what people have: with fewer labels a fit would tell nothing of it.
 */
async function whatChanged(projectId: string, { report }: Fit): Promise<Due | null> {
  const { modelVersion, judges } = report.data;
  if ((await activeModel(prisma, projectId)) !== modelVersion) return "model";
  const compared = await comparedAspect(prisma, projectId);
  if (compared === null) return null;
  const known = new Set(judges.map(({ judge }) => judge));
  const able = await judgesWithDual(projectId, compared, fewestDual.units);
  return able.some((judge) => !known.has(judge)) ? "judge" : null;
}
