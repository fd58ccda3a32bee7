import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { fitModel, fitReport, fitView, type FitModel, type FitReport, type FitView } from "./schema";

/** A fit as it is stored. */
export type Fit = {
  version: number;
  runId: string;
  seed: number;
  cause: FitView["cause"];
  report: FitReport;
  model: FitModel;
  createdAt: Date;
};

/** A version of a project's fit, or its newest; null where there is none. */
export async function readFit(db: Db, projectId: string, version: number | "newest"): Promise<Fit | null> {
  const row = await db.routingFit.findFirst({
    where: { projectId, version: version === "newest" ? Prisma.skip : version },
    orderBy: { version: "desc" },
  });
  if (!row) return null;
  const { runId, seed, createdAt } = row;
  return {
    ...{ version: row.version, runId, seed, createdAt, cause: fitView.shape.cause.parse(row.cause) },
    report: fitReport.parse(row.report),
    model: fitModel.parse(row.model),
  };
}
