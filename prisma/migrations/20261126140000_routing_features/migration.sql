-- CreateTable
CREATE TABLE "routing_features" (
    "project_id" UUID NOT NULL,
    "instance_id" UUID NOT NULL,
    "version" TEXT NOT NULL,
    "numbers" JSONB NOT NULL,

    CONSTRAINT "routing_features_pkey" PRIMARY KEY ("project_id","instance_id")
);

-- AddForeignKey
ALTER TABLE "routing_features" ADD CONSTRAINT "routing_features_project_id_instance_id_fkey" FOREIGN KEY ("project_id", "instance_id") REFERENCES "instances"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
