-- AlterTable
ALTER TABLE "snapshot_labels" DROP CONSTRAINT "snapshot_labels_pkey",
ADD COLUMN     "instance_id" UUID NOT NULL,
ADD CONSTRAINT "snapshot_labels_pkey" PRIMARY KEY ("project_id", "snapshot_id", "instance_id", "label_id");

-- CreateIndex
CREATE INDEX "instances_project_id_is_labelable_open_slots_id_idx" ON "instances"("project_id", "is_labelable", "open_slots", "id");

-- CreateIndex
CREATE INDEX "instances_project_id_route_id_idx" ON "instances"("project_id", "route", "id");

-- What follows is written by hand: Prisma cannot express it.

-- Counts labels by source and finds the instances that have a label of a source, without reading the labels.
CREATE INDEX "labels_source_idx" ON "labels"("project_id", "source", "instance_id") WHERE is_current;
