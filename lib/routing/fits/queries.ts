import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { Prisma, type RoutingFit } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { say, sayText } from "@/lib/say";
import { tellColumn } from "../features/tell-column";
import { liveFit } from "./start-fit";
import {
  fitReport,
  fitView,
  type BacktestQuery,
  type BacktestView,
  type FitList,
  type FitListQuery,
  type FitReport,
  type FitView,
} from "./schema";

/** A project's fits, newest first. */
export async function listFits(
  { projectId }: Access<"routing:read">,
  { cursor, limit }: FitListQuery,
): Promise<FitList> {
  const rows = await prisma.routingFit.findMany({
    where: { projectId, version: cursor === undefined ? Prisma.skip : { lt: cursor } },
    orderBy: { version: "desc" },
    take: limit + 1,
  });
  const items = await viewFits(projectId, rows.slice(0, limit));
  const nextCursor = rows.length > limit ? String(items.at(-1)!.version) : null;
  return { items, nextCursor, runId: await liveFit(prisma, projectId) };
}

/** A version of a project's fit. Throws `not_found`. */
export async function getFit({ projectId, slug }: Access<"routing:read">, version: number): Promise<FitView> {
  const row = await prisma.routingFit.findUnique({ where: { projectId_version: { projectId, version } } });
  if (!row) throw new AppError("not_found", say`Project ${slug} has no fit ${version}.`);
  const [view] = await viewFits(projectId, [row]);
  return view!;
}

/** What each policy would have come to, by a fit or the newest one. Throws `not_found`. */
export async function getBacktest(
  { projectId, slug }: Access<"routing:read">,
  { version }: BacktestQuery,
): Promise<BacktestView> {
  const row = await prisma.routingFit.findFirst({
    where: { projectId, version: version ?? Prisma.skip },
    orderBy: { version: "desc" },
  });
  if (!row) {
    throw new AppError(
      "not_found",
      version === undefined
        ? say`Project ${slug} has no fit yet. Make one with POST .../routing/fit.`
        : say`Project ${slug} has no fit ${version}.`,
    );
  }
  const { data, backtest } = fitReport.parse(row.report);
  return { version: row.version, data, ...backtest };
}

async function viewFits(projectId: string, rows: RoutingFit[]): Promise<FitView[]> {
  const policies = await prisma.$queryRaw<{ fit: number; policy: number }[]>`
    select (payload ->> 'fitVersion')::int as fit, max(version)::int as policy from policies
    where project_id = ${projectId}::uuid and (payload ->> 'fitVersion')::int = any(${rows.map(({ version }) => version)}::int[])
    group by 1`;
  const policyOf = new Map(policies.map(({ fit, policy }) => [fit, policy]));
  return rows.map(({ version, createdAt, cause, report }) => ({
    ...{ version, createdAt: createdAt.toISOString(), cause: fitView.shape.cause.parse(cause) },
    ...{ report: tellReport(fitReport.parse(report)), policyVersion: policyOf.get(version) ?? null },
  }));
}

/** What a fit concludes is stored in English. */
function tellReport(report: FitReport): FitReport {
  const { learned, reason } = report;
  return {
    ...report,
    reason: reason === null ? null : sayText(reason),
    learned: learned && {
      ...learned,
      verdict: { ...learned.verdict, sentence: sayText(learned.verdict.sentence) },
      coefficients: learned.coefficients.map((one) => ({ ...one, words: tellColumn(one.words) })),
    },
  };
}
