-- AlterTable
ALTER TABLE "projects" ADD COLUMN     "routing_settings" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "routing_fits" (
    "project_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "run_id" UUID NOT NULL,
    "seed" INTEGER NOT NULL,
    "cause" TEXT NOT NULL,
    "report" JSONB NOT NULL,
    "model" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "routing_fits_pkey" PRIMARY KEY ("project_id","version")
);

-- CreateIndex
CREATE UNIQUE INDEX "routing_fits_project_id_run_id_key" ON "routing_fits"("project_id", "run_id");

-- AddForeignKey
ALTER TABLE "routing_fits" ADD CONSTRAINT "routing_fits_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;
