-- AlterTable
ALTER TABLE "policies" ADD COLUMN     "cause" TEXT;

-- AlterTable
ALTER TABLE "routes" DROP CONSTRAINT "routes_pkey",
ADD COLUMN     "stage" INTEGER NOT NULL DEFAULT 0,
ADD CONSTRAINT "routes_pkey" PRIMARY KEY ("project_id", "instance_id", "policy_version", "stage");

ALTER TABLE "routes" ADD CONSTRAINT "routes_stage_range" CHECK (stage BETWEEN 0 AND 2);
