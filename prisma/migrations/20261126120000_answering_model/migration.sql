-- AlterTable
ALTER TABLE "verdicts" ADD COLUMN     "model" TEXT;
