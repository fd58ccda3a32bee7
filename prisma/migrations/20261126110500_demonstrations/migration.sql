-- AlterTable
ALTER TABLE "judge_versions" ADD COLUMN     "demonstrations" JSONB;
