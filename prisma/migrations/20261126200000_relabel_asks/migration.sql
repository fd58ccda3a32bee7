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

-- Submissions follow the oldest version of what their annotator says there now: a page may have shown older guidelines than
-- those of its time, and an answer to a set, also to one that was stopped since, says all anew. Where nothing was said, the
-- time tells. An answer that revealed a text is not said anew, so what answered a set follows at least its versions; what
-- answered one that was stopped is not known.
ALTER TABLE "assignments" ADD COLUMN "schema_version" INTEGER, ADD COLUMN "guidelines_version" INTEGER;
UPDATE "assignments" a SET "schema_version" = f."schema_version", "guidelines_version" = f."guidelines_version"
FROM (
  SELECT s."project_id", s."id",
    greatest(answered."schema_version", coalesce(said."schema_version",
      (SELECT max(t."version") FROM "task_schemas" t WHERE t."project_id" = s."project_id" AND t."created_at" <= s."submitted_at"))) AS "schema_version",
    greatest(answered."guidelines_version", coalesce(said."guidelines_version",
      (SELECT max(g."version") FROM "guidelines" g WHERE g."project_id" = s."project_id" AND g."created_at" <= s."submitted_at"))) AS "guidelines_version"
  FROM "assignments" s
    LEFT JOIN (
      SELECT "project_id", "instance_id", "user_id", min("schema_version") AS "schema_version", min("guidelines_version") AS "guidelines_version"
      FROM "labels" WHERE "source" = 'human' AND "is_current" AND "user_id" IS NOT NULL
      GROUP BY "project_id", "instance_id", "user_id") said
      ON said."project_id" = s."project_id" AND said."instance_id" = s."instance_id" AND said."user_id" = s."annotator_id"
    LEFT JOIN "relabel_sets" answered
      ON answered."project_id" = s."project_id" AND answered."id" = s."relabel_set_id" AND answered."stopped_at" IS NULL AND NOT s."is_asked_again"
  WHERE s."submitted_at" IS NOT NULL) f
WHERE a."project_id" = f."project_id" AND a."id" = f."id";

-- Dropped at once, not in a later release: no release ever had these columns, and to keep them would be to keep code for them.
ALTER TABLE "assignments" DROP COLUMN "relabel_set_id", DROP COLUMN "is_asked_again";
