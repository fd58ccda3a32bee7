ALTER TABLE "users" ADD COLUMN "appearance" JSONB;
