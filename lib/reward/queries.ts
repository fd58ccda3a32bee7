import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { comparedAspect } from "./compared-aspect";
import { decidedPairs } from "./decided-pairs";
import { countNewLabels } from "./new-labels";
import { fileIsGone } from "./old-versions";
import { tellModel } from "./tell-model";
import {
  gateDecision,
  modelConfig,
  modelMetrics,
  type RewardModelList,
  type RewardModelView,
  type TrainingReadiness,
} from "./schema";

type Row = {
  id: string;
  version: number;
  snapshotId: string;
  snapshotHash: string;
  runId: string;
  seed: number;
  config: unknown;
  metrics: unknown;
  gate: unknown;
  isActive: boolean;
  promotedAt: Date | null;
  artifactBytes: number | null;
  createdAt: Date;
};

/** The versions of a project's reward model, newest first. */
export async function listRewardModels(
  { projectId }: Access<"reward:read">,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<RewardModelList> {
  const after = cursor === undefined ? Prisma.empty : Prisma.sql`and m.id < ${cursor}::uuid`;
  const rows = await readModels(
    Prisma.sql`m.project_id = ${projectId}::uuid ${after} order by m.id desc limit ${limit + 1}`,
    // With its slices and annotators a version is long.
    Prisma.sql`m.metrics - 'evaluation'`,
  );
  const items = rows.slice(0, limit).map((row) => tellModel(viewModel(row)));
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
}

/** One version. Throws `not_found` for one of another project, too. */
export async function getRewardModel(
  access: Access<"reward:read"> | Access<"reward:manage">,
  id: string,
): Promise<RewardModelView> {
  return tellModel(await readRewardModel(access, id));
}

/** The version that serves; null before the first promotion. */
export async function findActiveModel({ projectId }: Access<"reward:read">): Promise<RewardModelView | null> {
  const model = await readActiveModel(projectId);
  return model && tellModel(model);
}

/** One version, or "active" for the one that serves, as it is stored: its reasons are English. Throws `not_found`. */
export async function readRewardModel(
  { projectId, slug }: Access<"reward:read"> | Access<"reward:manage">,
  id: string,
): Promise<RewardModelView> {
  const model = await (id === "active"
    ? readActiveModel(projectId)
    : readModel(Prisma.sql`m.project_id = ${projectId}::uuid and m.id = ${id}::uuid`));
  if (!model) throw noSuchModel(slug, id);
  return model;
}

async function readActiveModel(projectId: string): Promise<RewardModelView | null> {
  return await readModel(Prisma.sql`m.project_id = ${projectId}::uuid and m.is_active`);
}

async function readModel(condition: Prisma.Sql): Promise<RewardModelView | null> {
  const [row] = await readModels(condition);
  return row ? viewModel(row) : null;
}

/** What a training would have to go on now, and what came since the last one. */
export async function measureReadiness({ projectId }: Access<"reward:read">): Promise<TrainingReadiness> {
  const compared = await comparedAspect(prisma, projectId);
  if (compared === null) return { labels: 0, trainPairs: 0, validationPairs: 0, newLabels: 0 };
  const [counts] = await prisma.$queryRaw<[Omit<TrainingReadiness, "newLabels">]>`
    select coalesce(sum(label_count), 0)::int as labels,
      count(*) filter (where not validates)::int as "trainPairs", count(*) filter (where validates)::int as "validationPairs"
    from (${decidedPairs(projectId, compared)}) pairs`;
  return { ...counts, newLabels: await countNewLabels(prisma, projectId, 1_000_000) };
}

/** The ONNX file of a version, or of the one that serves. Throws `gone` where it was deleted. */
export async function readArtifact(
  access: Access<"reward:read">,
  id: string,
): Promise<{ version: number; bytes: Uint8Array<ArrayBuffer> }> {
  const model = await prisma.rewardModel.findFirst({
    where: { projectId: access.projectId, ...(id === "active" ? { isActive: true } : { id }) },
    select: { version: true, artifact: true },
  });
  if (!model) throw noSuchModel(access.slug, id);
  if (model.artifact === null) throw fileIsGone(model.version);
  return { version: model.version, bytes: model.artifact };
}

export function noSuchModel(slug: string, id: string): AppError {
  return id === "active"
    ? new AppError(
        "not_found",
        say`No version of the reward model of project ${slug} is active. Train one, or promote one.`,
      )
    : new AppError("not_found", say`There is no reward model ${id} in project ${slug}.`);
}

async function readModels(condition: Prisma.Sql, metrics: Prisma.Sql = Prisma.sql`m.metrics`): Promise<Row[]> {
  return await prisma.$queryRaw<Row[]>`
    select m.id, m.version, m.snapshot_id as "snapshotId", s.hash as "snapshotHash", m.run_id as "runId", m.seed, m.config,
      ${metrics} as metrics, m.gate, m.is_active as "isActive", m.promoted_at as "promotedAt",
      octet_length(m.artifact) as "artifactBytes", m.created_at as "createdAt"
    from reward_models m join snapshots s on s.project_id = m.project_id and s.id = m.snapshot_id
    where ${condition}`;
}

function viewModel(row: Row): RewardModelView {
  return {
    ...row,
    config: modelConfig.parse(row.config),
    metrics: modelMetrics.parse(row.metrics),
    gate: gateDecision.parse(row.gate),
    promotedAt: row.promotedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
