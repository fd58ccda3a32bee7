-- AlterTable
ALTER TABLE "assignments" ADD COLUMN "flag_taken_back" BOOLEAN NOT NULL DEFAULT false;
