CREATE TABLE "relabel_sets" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "questions" TEXT[],
    "schema_version" INTEGER NOT NULL,
    "guidelines_version" INTEGER NOT NULL,
    "submissions" INTEGER NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stopped_at" TIMESTAMPTZ(3),

    CONSTRAINT "relabel_sets_pkey" PRIMARY KEY ("project_id", "id")
);
ALTER TABLE "relabel_sets" ADD CONSTRAINT "relabel_sets_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "assignments" ADD COLUMN "relabel_set_id" UUID, ADD COLUMN "is_asked_again" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_project_id_relabel_set_id_fkey" FOREIGN KEY ("project_id", "relabel_set_id") REFERENCES "relabel_sets"("project_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;
-- What a person is asked again is looked up at every submission; few assignments are at any time.
CREATE INDEX "assignments_asked_again_idx" ON "assignments"("project_id", "annotator_id") WHERE "is_asked_again";
CREATE INDEX "assignments_relabel_set_idx" ON "assignments"("project_id", "relabel_set_id") WHERE "relabel_set_id" IS NOT NULL;
