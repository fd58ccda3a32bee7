-- CreateEnum
CREATE TYPE "judge_kind" AS ENUM ('lm', 'rm');

-- AlterTable
ALTER TABLE "labels" ADD COLUMN     "cost_micros" BIGINT;

-- AlterTable
ALTER TABLE "projects" ADD COLUMN     "policy_version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "reward_settings" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "routes" ADD COLUMN     "score" DOUBLE PRECISION;

-- AlterTable
ALTER TABLE "worker_processes" ADD COLUMN     "tasks" TEXT[];

-- CreateTable
CREATE TABLE "policies" (
    "project_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "payload" JSONB NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policies_pkey" PRIMARY KEY ("project_id","version")
);

-- CreateTable
CREATE TABLE "judges" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "judge_kind" NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "encrypted_key" BYTEA,
    "key_hint" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "judges_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "judge_versions" (
    "project_id" UUID NOT NULL,
    "judge_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "config" JSONB NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "judge_versions_pkey" PRIMARY KEY ("project_id","judge_id","version")
);

-- CreateTable
CREATE TABLE "verdicts" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "instance_id" UUID NOT NULL,
    "judge_id" UUID NOT NULL,
    "judge_version" INTEGER NOT NULL,
    "aspect" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "shown_order" TEXT NOT NULL,
    "sample" INTEGER NOT NULL DEFAULT 0,
    "outcome" JSONB NOT NULL,
    "raw_text" TEXT NOT NULL,
    "input_tokens" INTEGER NOT NULL,
    "output_tokens" INTEGER NOT NULL,
    "latency_ms" INTEGER NOT NULL,
    "cost_micros" BIGINT NOT NULL,
    "repairs" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verdicts_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "allowed_hosts" (
    "host" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "allowed_hosts_pkey" PRIMARY KEY ("host")
);

-- CreateTable
CREATE TABLE "reward_models" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "snapshot_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "seed" INTEGER NOT NULL,
    "config" JSONB NOT NULL,
    "metrics" JSONB NOT NULL,
    "gate" JSONB NOT NULL,
    "artifact" BYTEA NOT NULL,
    "promoted_at" TIMESTAMPTZ(3),
    "is_active" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reward_models_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "training_checkpoints" (
    "project_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "training_checkpoints_pkey" PRIMARY KEY ("project_id","run_id")
);

-- CreateTable
CREATE TABLE "reward_sweeps" (
    "id" INTEGER NOT NULL,
    "minute" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reward_sweeps_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reward_scores" (
    "project_id" UUID NOT NULL,
    "instance_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "model_version" INTEGER NOT NULL,
    "reward" DOUBLE PRECISION NOT NULL,
    "reward_with_sides" DOUBLE PRECISION NOT NULL,
    "members" DOUBLE PRECISION[],

    CONSTRAINT "reward_scores_pkey" PRIMARY KEY ("project_id","instance_id","index")
);

-- CreateIndex
CREATE UNIQUE INDEX "judges_project_id_name_key" ON "judges"("project_id", "name");

-- CreateIndex
CREATE INDEX "verdicts_project_id_judge_id_created_at_idx" ON "verdicts"("project_id", "judge_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "verdicts_key" ON "verdicts"("project_id", "instance_id", "judge_id", "judge_version", "aspect", "target", "shown_order", "sample");

-- CreateIndex
CREATE UNIQUE INDEX "reward_models_project_id_version_key" ON "reward_models"("project_id", "version");

-- AddForeignKey
ALTER TABLE "policies" ADD CONSTRAINT "policies_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "judges" ADD CONSTRAINT "judges_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "judge_versions" ADD CONSTRAINT "judge_versions_project_id_judge_id_fkey" FOREIGN KEY ("project_id", "judge_id") REFERENCES "judges"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "verdicts" ADD CONSTRAINT "verdicts_project_id_instance_id_fkey" FOREIGN KEY ("project_id", "instance_id") REFERENCES "instances"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reward_models" ADD CONSTRAINT "reward_models_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "training_checkpoints" ADD CONSTRAINT "training_checkpoints_project_id_run_id_fkey" FOREIGN KEY ("project_id", "run_id") REFERENCES "runs"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reward_scores" ADD CONSTRAINT "reward_scores_project_id_instance_id_fkey" FOREIGN KEY ("project_id", "instance_id") REFERENCES "instances"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What follows is written by hand: Prisma cannot express it, and its drift check does not see it.

-- Values that no row may have.
ALTER TABLE "policies" ADD CONSTRAINT "policies_version_from_1" CHECK (version >= 1);
ALTER TABLE "projects" ADD CONSTRAINT "projects_policy_version_from_1" CHECK (policy_version >= 1);
ALTER TABLE "routes" ADD CONSTRAINT "routes_policy_version_from_1" CHECK (policy_version >= 1);
ALTER TABLE "labels" ADD CONSTRAINT "labels_cost_not_negative" CHECK (cost_micros >= 0);
ALTER TABLE "judges" ADD CONSTRAINT "judges_version_from_1" CHECK (version >= 1);
ALTER TABLE "judge_versions" ADD CONSTRAINT "judge_versions_version_from_1" CHECK (version >= 1);
ALTER TABLE "verdicts"
  ADD CONSTRAINT "verdicts_cost_not_negative" CHECK (cost_micros >= 0),
  ADD CONSTRAINT "verdicts_tokens_not_negative" CHECK (input_tokens >= 0 AND output_tokens >= 0),
  ADD CONSTRAINT "verdicts_latency_not_negative" CHECK (latency_ms >= 0),
  ADD CONSTRAINT "verdicts_repairs_not_negative" CHECK (repairs >= 0),
  ADD CONSTRAINT "verdicts_sample_from_0" CHECK (sample >= 0);
ALTER TABLE "reward_models" ADD CONSTRAINT "reward_models_version_from_1" CHECK (version >= 1);
ALTER TABLE "training_checkpoints" ADD CONSTRAINT "training_checkpoints_epoch_not_negative" CHECK (epoch >= 0);
ALTER TABLE "reward_sweeps" ADD CONSTRAINT "reward_sweeps_one_row" CHECK (id = 1);
ALTER TABLE "reward_scores" ADD CONSTRAINT "reward_scores_index_not_negative" CHECK (index >= 0);

-- At most one version of a project's reward model serves.
CREATE UNIQUE INDEX "reward_models_active_key" ON "reward_models"("project_id") WHERE is_active;

-- Projects that are there already send everything to people, as they did.
INSERT INTO "policies" ("project_id", "version", "payload")
SELECT id, 1, '{"kind": "all-human", "dualShare": 0, "lmWeight": 0.5, "seed": 1}' FROM "projects";

-- The counts of a consensus tell people and judges apart; so far only people counted.
UPDATE "consensus" SET counts = jsonb_build_object('human', counts, 'lm', '{"0": 0, "1": 0, "tie": 0}'::jsonb);
