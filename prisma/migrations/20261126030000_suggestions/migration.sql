-- AlterTable
ALTER TABLE "assignments" ADD COLUMN "suggestions" JSONB;

-- AlterTable
ALTER TABLE "labels" ADD COLUMN "suggestion" JSONB;

-- Written by hand: agreement leaves these labels out, and most projects have none.
CREATE INDEX "labels_with_suggestion" ON "labels" ("project_id", "question") WHERE "suggestion" IS NOT NULL;
