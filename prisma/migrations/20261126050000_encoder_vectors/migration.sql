-- AlterTable
ALTER TABLE "projects" ADD COLUMN     "reward_encoder" JSONB;

-- CreateTable
CREATE TABLE "encoder_vectors" (
    "project_id" UUID NOT NULL,
    "encoder_version" TEXT NOT NULL,
    "text_hash" BYTEA NOT NULL,
    "vector" BYTEA NOT NULL,

    CONSTRAINT "encoder_vectors_pkey" PRIMARY KEY ("project_id","encoder_version","text_hash")
);

-- AddForeignKey
ALTER TABLE "encoder_vectors" ADD CONSTRAINT "encoder_vectors_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Numbers of a model have nothing to compress.
ALTER TABLE "encoder_vectors" ALTER COLUMN "vector" SET STORAGE EXTERNAL;
