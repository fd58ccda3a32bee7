-- AlterTable
ALTER TABLE "projects" ADD COLUMN     "keep_newest" INTEGER,
ADD COLUMN     "keep_served_days" INTEGER;

-- AlterTable
ALTER TABLE "reward_models" ALTER COLUMN "artifact" DROP NOT NULL;

-- What serves has its file.
ALTER TABLE "reward_models" ADD CONSTRAINT "reward_models_active_has_file" CHECK (NOT is_active OR artifact IS NOT NULL);
