-- AlterTable
-- So far only comparisons had a consensus.
ALTER TABLE "consensus" ADD COLUMN "type" "label_type" NOT NULL DEFAULT 'comparison';
ALTER TABLE "consensus" ALTER COLUMN "type" DROP DEFAULT,
ALTER COLUMN "confidence" DROP NOT NULL,
DROP CONSTRAINT "consensus_pkey",
ADD CONSTRAINT "consensus_pkey" PRIMARY KEY ("project_id", "instance_id", "question", "type", "aspect", "target");

-- What follows is written by hand: Prisma cannot express it.

-- The two indexes find instances whose comparisons disagree; rows of other types would only make them larger.
DROP INDEX "consensus_disputed_idx";
CREATE INDEX "consensus_disputed_idx" ON "consensus"("project_id", "instance_id") WHERE type = 'comparison' AND confidence < 1;
DROP INDEX "consensus_draw_idx";
CREATE INDEX "consensus_draw_idx" ON "consensus"("project_id", "instance_id") WHERE type = 'comparison' AND (payload -> 'isDraw')::boolean;
