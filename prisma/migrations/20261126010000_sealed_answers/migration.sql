-- AlterTable
ALTER TABLE "assignments" ADD COLUMN     "sealed_answers" JSONB;
