-- AlterTable
ALTER TABLE "users" ADD COLUMN "key_bindings" JSONB;

-- AlterTable
ALTER TABLE "assignments" ADD COLUMN "flagged_at" TIMESTAMPTZ(3),
ADD COLUMN "flag_note" TEXT,
ADD COLUMN "flag_resolved_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "labels" ADD COLUMN "is_unsure" BOOLEAN NOT NULL DEFAULT false;

-- Written by hand: few instances are flagged, and a list of them should not walk all.
CREATE INDEX "assignments_flagged_idx" ON "assignments"("project_id", "instance_id") WHERE flagged_at IS NOT NULL AND flag_resolved_at IS NULL;
