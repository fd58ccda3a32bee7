-- CreateEnum
CREATE TYPE "project_role" AS ENUM ('admin', 'researcher', 'annotator');

-- CreateEnum
CREATE TYPE "label_type" AS ENUM ('comparison', 'ranking', 'rating', 'binary', 'spans', 'steps', 'critique');

-- CreateEnum
CREATE TYPE "label_source" AS ENUM ('human', 'lm', 'rm', 'tool', 'reaction', 'demo');

-- CreateEnum
CREATE TYPE "route_kind" AS ENUM ('human', 'lm', 'dual');

-- CreateEnum
CREATE TYPE "assignment_state" AS ENUM ('leased', 'submitted', 'skipped', 'released', 'expired');

-- CreateEnum
CREATE TYPE "run_state" AS ENUM ('uploading', 'queued', 'running', 'succeeded', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "split" AS ENUM ('train', 'test');

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "is_admin" BOOLEAN NOT NULL DEFAULT false,
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitations" (
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "makes_admin" BOOLEAN NOT NULL DEFAULT false,
    "project_id" UUID,
    "role" "project_role",
    "email" TEXT,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "accepted_by_id" UUID,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "projects" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "overlap" INTEGER NOT NULL DEFAULT 3,
    "lease_seconds" INTEGER NOT NULL DEFAULT 1800,
    "schema_version" INTEGER NOT NULL DEFAULT 1,
    "guidelines_version" INTEGER NOT NULL DEFAULT 1,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task_schemas" (
    "project_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "payload" JSONB NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "task_schemas_pkey" PRIMARY KEY ("project_id","version")
);

-- CreateTable
CREATE TABLE "guidelines" (
    "project_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "guidelines_pkey" PRIMARY KEY ("project_id","version")
);

-- CreateTable
CREATE TABLE "members" (
    "project_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "project_role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "members_pkey" PRIMARY KEY ("project_id","user_id")
);

-- CreateTable
CREATE TABLE "instances" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "outside_id" TEXT NOT NULL,
    "prompt" TEXT,
    "messages" JSONB,
    "context" TEXT,
    "reference" TEXT,
    "gold" JSONB,
    "meta" JSON,
    "content_hash" TEXT NOT NULL,
    "prompt_hash" TEXT NOT NULL,
    "split" "split" NOT NULL,
    "route" "route_kind" NOT NULL,
    "is_labelable" BOOLEAN NOT NULL,
    "open_slots" INTEGER NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "search" tsvector,

    CONSTRAINT "instances_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "completions" (
    "project_id" UUID NOT NULL,
    "instance_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "outside_id" TEXT NOT NULL,
    "text" TEXT,
    "model" TEXT,
    "steps" TEXT[],
    "has_steps" BOOLEAN NOT NULL DEFAULT false,
    "meta" JSON,

    CONSTRAINT "completions_pkey" PRIMARY KEY ("project_id","instance_id","index")
);

-- CreateTable
CREATE TABLE "routes" (
    "project_id" UUID NOT NULL,
    "instance_id" UUID NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "route" "route_kind" NOT NULL,
    "propensity" DOUBLE PRECISION NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "routes_pkey" PRIMARY KEY ("project_id","instance_id","policy_version")
);

-- CreateTable
CREATE TABLE "assignments" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "instance_id" UUID NOT NULL,
    "annotator_id" UUID NOT NULL,
    "state" "assignment_state" NOT NULL DEFAULT 'leased',
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "seed" INTEGER NOT NULL,
    "shown_order" INTEGER[],
    "draft" JSONB,
    "active_ms" INTEGER NOT NULL DEFAULT 0,
    "submission_id" UUID,
    "skip_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "submitted_at" TIMESTAMPTZ(3),

    CONSTRAINT "assignments_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "labels" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "instance_id" UUID NOT NULL,
    "submission_id" UUID NOT NULL,
    "question" TEXT NOT NULL,
    "type" "label_type" NOT NULL,
    "aspect" TEXT NOT NULL DEFAULT 'overall',
    "target" TEXT NOT NULL,
    "source" "label_source" NOT NULL,
    "annotator" TEXT NOT NULL,
    "user_id" UUID,
    "sample" INTEGER NOT NULL DEFAULT 0,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "is_current" BOOLEAN NOT NULL DEFAULT true,
    "payload" JSONB NOT NULL,
    "rationale" TEXT,
    "shown_order" INTEGER[],
    "schema_version" INTEGER,
    "guidelines_version" INTEGER,
    "active_ms" INTEGER,
    "meta" JSON,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "labels_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "consensus" (
    "project_id" UUID NOT NULL,
    "instance_id" UUID NOT NULL,
    "question" TEXT NOT NULL,
    "aspect" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "counts" JSONB NOT NULL,
    "label_count" INTEGER NOT NULL,
    "label_ids" UUID[],
    "computed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "consensus_pkey" PRIMARY KEY ("project_id","instance_id","question","aspect","target")
);

-- CreateTable
CREATE TABLE "runs" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" "run_state" NOT NULL DEFAULT 'queued',
    "payload" JSONB NOT NULL,
    "progress" JSONB NOT NULL,
    "checkpoint" JSONB,
    "result" JSONB,
    "error" TEXT,
    "cancel_requested_at" TIMESTAMPTZ(3),
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "runs_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "upload_chunks" (
    "project_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "upload_chunks_pkey" PRIMARY KEY ("project_id","run_id","seq")
);

-- CreateTable
CREATE TABLE "snapshots" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "hash" TEXT,
    "manifest" JSONB,
    "run_id" UUID NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "snapshots_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "snapshot_labels" (
    "project_id" UUID NOT NULL,
    "snapshot_id" UUID NOT NULL,
    "label_id" UUID NOT NULL,

    CONSTRAINT "snapshot_labels_pkey" PRIMARY KEY ("project_id","snapshot_id","label_id")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" UUID,
    "actor" TEXT NOT NULL,
    "project_id" UUID,
    "action" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worker_processes" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_processes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_token_hash_key" ON "invitations"("token_hash");

-- CreateIndex
CREATE INDEX "invitations_project_id_idx" ON "invitations"("project_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

-- CreateIndex
CREATE INDEX "api_keys_user_id_idx" ON "api_keys"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "projects_slug_key" ON "projects"("slug");

-- CreateIndex
CREATE INDEX "members_user_id_idx" ON "members"("user_id");

-- CreateIndex
CREATE INDEX "instances_project_id_prompt_hash_idx" ON "instances"("project_id", "prompt_hash");

-- CreateIndex
CREATE INDEX "instances_search_idx" ON "instances" USING GIN ("search");

-- CreateIndex
CREATE UNIQUE INDEX "instances_project_id_outside_id_key" ON "instances"("project_id", "outside_id");

-- CreateIndex
CREATE INDEX "completions_project_id_model_idx" ON "completions"("project_id", "model");

-- CreateIndex
CREATE INDEX "assignments_project_id_annotator_id_state_idx" ON "assignments"("project_id", "annotator_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "assignments_project_id_instance_id_annotator_id_key" ON "assignments"("project_id", "instance_id", "annotator_id");

-- CreateIndex
CREATE INDEX "labels_project_id_submission_id_idx" ON "labels"("project_id", "submission_id");

-- CreateIndex
CREATE INDEX "labels_project_id_user_id_created_at_idx" ON "labels"("project_id", "user_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "labels_key" ON "labels"("project_id", "instance_id", "question", "aspect", "target", "source", "annotator", "sample", "revision");

-- CreateIndex
CREATE INDEX "runs_project_id_created_at_idx" ON "runs"("project_id", "created_at");

-- CreateIndex
CREATE INDEX "audit_events_project_id_id_idx" ON "audit_events"("project_id", "id");

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_schemas" ADD CONSTRAINT "task_schemas_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guidelines" ADD CONSTRAINT "guidelines_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "instances" ADD CONSTRAINT "instances_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "completions" ADD CONSTRAINT "completions_project_id_instance_id_fkey" FOREIGN KEY ("project_id", "instance_id") REFERENCES "instances"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "routes" ADD CONSTRAINT "routes_project_id_instance_id_fkey" FOREIGN KEY ("project_id", "instance_id") REFERENCES "instances"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_project_id_instance_id_fkey" FOREIGN KEY ("project_id", "instance_id") REFERENCES "instances"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_annotator_id_fkey" FOREIGN KEY ("annotator_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "labels" ADD CONSTRAINT "labels_project_id_instance_id_fkey" FOREIGN KEY ("project_id", "instance_id") REFERENCES "instances"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "labels" ADD CONSTRAINT "labels_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consensus" ADD CONSTRAINT "consensus_project_id_instance_id_fkey" FOREIGN KEY ("project_id", "instance_id") REFERENCES "instances"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload_chunks" ADD CONSTRAINT "upload_chunks_project_id_run_id_fkey" FOREIGN KEY ("project_id", "run_id") REFERENCES "runs"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshots" ADD CONSTRAINT "snapshots_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot_labels" ADD CONSTRAINT "snapshot_labels_project_id_snapshot_id_fkey" FOREIGN KEY ("project_id", "snapshot_id") REFERENCES "snapshots"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is written by hand: Prisma cannot express it, and its drift check does not see it.

-- Values that no row may have.
ALTER TABLE "users" ADD CONSTRAINT "users_email_is_lower_case" CHECK (email = lower(email));
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_give_something" CHECK (makes_admin OR (project_id IS NOT NULL AND role IS NOT NULL));
ALTER TABLE "projects"
  ADD CONSTRAINT "projects_slug_format" CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  ADD CONSTRAINT "projects_overlap_range" CHECK (overlap BETWEEN 1 AND 100),
  ADD CONSTRAINT "projects_lease_seconds_range" CHECK (lease_seconds BETWEEN 60 AND 86400);
ALTER TABLE "instances"
  ADD CONSTRAINT "instances_prompt_or_messages" CHECK (num_nonnulls(prompt, messages) = 1),
  ADD CONSTRAINT "instances_open_slots_not_negative" CHECK (open_slots >= 0);
ALTER TABLE "completions" ADD CONSTRAINT "completions_index_not_negative" CHECK (index >= 0);
ALTER TABLE "routes" ADD CONSTRAINT "routes_propensity_range" CHECK (propensity > 0 AND propensity <= 1);
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_active_ms_not_negative" CHECK (active_ms >= 0);
ALTER TABLE "labels"
  ADD CONSTRAINT "labels_revision_from_1" CHECK (revision >= 1),
  ADD CONSTRAINT "labels_sample_from_0" CHECK (sample >= 0),
  ADD CONSTRAINT "labels_active_ms_not_negative" CHECK (active_ms >= 0);
ALTER TABLE "consensus" ADD CONSTRAINT "consensus_confidence_range" CHECK (confidence BETWEEN 0 AND 1);

-- Of all revisions of one answer at most one is current.
CREATE UNIQUE INDEX "labels_current_key" ON "labels"("project_id", "instance_id", "question", "aspect", "target", "source", "annotator", "sample") WHERE is_current;

-- The claim of the next instance and the search for lapsed leases walk only the rows they can take.
CREATE INDEX "instances_open_idx" ON "instances"("project_id", "priority", "id") WHERE open_slots > 0;
CREATE INDEX "assignments_leased_idx" ON "assignments"("lease_until") WHERE state = 'leased';

-- Labels are appended. The comparison is of bytes (*<>), because json has no equality.
CREATE FUNCTION "labels_are_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  expected labels := OLD;
BEGIN
  expected.is_current := NEW.is_current;
  IF NEW *<> expected THEN
    RAISE EXCEPTION 'Label % cannot be changed: labels are append-only. Insert the correction as the next revision and set is_current of this one to false.', OLD.id;
  END IF;
  RETURN NEW;
END;
$$;
CREATE TRIGGER "labels_are_append_only" BEFORE UPDATE ON "labels" FOR EACH ROW EXECUTE FUNCTION "labels_are_append_only"();

CREATE FUNCTION "audit_events_are_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Audit events cannot be changed or removed (% refused): they are the record of what was done. Add a new event that corrects the old one.', TG_OP;
END;
$$;
CREATE TRIGGER "audit_events_are_append_only" BEFORE UPDATE OR DELETE ON "audit_events" FOR EACH ROW EXECUTE FUNCTION "audit_events_are_append_only"();
CREATE TRIGGER "audit_events_are_never_emptied" BEFORE TRUNCATE ON "audit_events" FOR EACH STATEMENT EXECUTE FUNCTION "audit_events_are_append_only"();
