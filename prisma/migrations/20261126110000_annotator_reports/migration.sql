-- CreateTable
CREATE TABLE "annotator_reports" (
    "project_id" UUID NOT NULL,
    "annotator" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "newest_label" UUID,
    "newest_verdict" UUID,
    "computed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "annotator_reports_pkey" PRIMARY KEY ("project_id","annotator")
);

-- AddForeignKey
ALTER TABLE "annotator_reports" ADD CONSTRAINT "annotator_reports_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;
