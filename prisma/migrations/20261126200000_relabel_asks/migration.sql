-- One submission may be asked for by several re-label sets, and each keeps its own count.
CREATE TABLE "relabel_asks" (
    "project_id" UUID NOT NULL,
    "relabel_set_id" UUID NOT NULL,
    "assignment_id" UUID NOT NULL,
    "annotator_id" UUID NOT NULL,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "relabel_asks_pkey" PRIMARY KEY ("project_id", "relabel_set_id", "assignment_id")
);
CREATE INDEX "relabel_asks_project_id_assignment_id_idx" ON "relabel_asks"("project_id", "assignment_id");
CREATE INDEX "relabel_asks_project_id_annotator_id_answered_at_idx" ON "relabel_asks"("project_id", "annotator_id", "answered_at");
ALTER TABLE "relabel_asks" ADD CONSTRAINT "relabel_asks_project_id_relabel_set_id_fkey" FOREIGN KEY ("project_id", "relabel_set_id") REFERENCES "relabel_sets"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "relabel_asks" ADD CONSTRAINT "relabel_asks_project_id_assignment_id_fkey" FOREIGN KEY ("project_id", "assignment_id") REFERENCES "assignments"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was answered before is not known by the time of its answer; what waits, is.
INSERT INTO "relabel_asks" ("project_id", "relabel_set_id", "assignment_id", "annotator_id")
SELECT "project_id", "relabel_set_id", "id", "annotator_id" FROM "assignments" WHERE "is_asked_again" AND "relabel_set_id" IS NOT NULL;

-- Submissions follow the versions of their time; those that a set asked for and got, at least the set's.
ALTER TABLE "assignments" ADD COLUMN "schema_version" INTEGER, ADD COLUMN "guidelines_version" INTEGER;
UPDATE "assignments" a SET
  "schema_version" = greatest(
    (SELECT max("version") FROM "task_schemas" t WHERE t."project_id" = a."project_id" AND t."created_at" <= a."submitted_at"),
    (SELECT s."schema_version" FROM "relabel_sets" s WHERE s."project_id" = a."project_id" AND s."id" = a."relabel_set_id" AND s."stopped_at" IS NULL AND NOT a."is_asked_again")),
  "guidelines_version" = greatest(
    (SELECT max("version") FROM "guidelines" g WHERE g."project_id" = a."project_id" AND g."created_at" <= a."submitted_at"),
    (SELECT s."guidelines_version" FROM "relabel_sets" s WHERE s."project_id" = a."project_id" AND s."id" = a."relabel_set_id" AND s."stopped_at" IS NULL AND NOT a."is_asked_again"))
WHERE a."submitted_at" IS NOT NULL;

ALTER TABLE "assignments" DROP COLUMN "relabel_set_id", DROP COLUMN "is_asked_again";
