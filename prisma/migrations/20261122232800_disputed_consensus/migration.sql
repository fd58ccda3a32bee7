-- Written by hand: Prisma cannot express it.

-- Finds the instances whose labels disagree without reading the many on which they agree.
CREATE INDEX "consensus_disputed_idx" ON "consensus"("project_id", "instance_id") WHERE confidence < 1;
