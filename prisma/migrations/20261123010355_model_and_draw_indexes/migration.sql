-- DropIndex
DROP INDEX "completions_project_id_model_idx";

-- CreateIndex
CREATE INDEX "completions_project_id_model_instance_id_idx" ON "completions"("project_id", "model", "instance_id");

-- What follows is written by hand: Prisma cannot express it.

-- Finds the instances on which no answer is ahead.
CREATE INDEX "consensus_draw_idx" ON "consensus"("project_id", "instance_id") WHERE (payload -> 'isDraw')::boolean;
