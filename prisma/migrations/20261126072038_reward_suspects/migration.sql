-- AlterTable
ALTER TABLE "projects" ADD COLUMN     "reward_learning" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "reward_suspects" (
    "project_id" UUID NOT NULL,
    "model_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "rank" INTEGER NOT NULL,
    "instance_id" UUID NOT NULL,
    "question" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "answer" INTEGER NOT NULL,
    "mu" DOUBLE PRECISION NOT NULL,
    "sd" DOUBLE PRECISION NOT NULL,
    "wrong" DOUBLE PRECISION NOT NULL,
    "annotators" TEXT[],

    CONSTRAINT "reward_suspects_pkey" PRIMARY KEY ("project_id","model_id","kind","rank")
);

-- CreateIndex
CREATE INDEX "reward_suspects_project_id_instance_id_idx" ON "reward_suspects"("project_id", "instance_id");

-- AddForeignKey
ALTER TABLE "reward_suspects" ADD CONSTRAINT "reward_suspects_project_id_model_id_fkey" FOREIGN KEY ("project_id", "model_id") REFERENCES "reward_models"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reward_suspects" ADD CONSTRAINT "reward_suspects_project_id_instance_id_fkey" FOREIGN KEY ("project_id", "instance_id") REFERENCES "instances"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
