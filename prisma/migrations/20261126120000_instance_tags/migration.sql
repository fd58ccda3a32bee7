-- CreateTable
CREATE TABLE "instance_tags" (
    "project_id" UUID NOT NULL,
    "instance_id" UUID NOT NULL,
    "source" "label_source" NOT NULL,
    "dimension" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "annotator" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "instance_tags_pkey" PRIMARY KEY ("project_id","instance_id","source","dimension","value")
);

-- CreateIndex
CREATE INDEX "instance_tags_project_id_value_instance_id_idx" ON "instance_tags"("project_id", "value", "instance_id");

-- AddForeignKey
ALTER TABLE "instance_tags" ADD CONSTRAINT "instance_tags_project_id_instance_id_fkey" FOREIGN KEY ("project_id", "instance_id") REFERENCES "instances"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
