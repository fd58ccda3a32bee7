-- AlterTable
ALTER TABLE "completions" ADD COLUMN     "images" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "instances" ADD COLUMN     "has_images" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "images" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "images" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "url" TEXT,
    "sha256" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "images_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "image_files" (
    "project_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "image_files_pkey" PRIMARY KEY ("project_id","sha256")
);

-- CreateIndex
CREATE UNIQUE INDEX "images_project_id_url_key" ON "images"("project_id", "url");

-- CreateIndex
CREATE INDEX "images_project_id_sha256_idx" ON "images"("project_id", "sha256");

-- AddForeignKey
ALTER TABLE "images" ADD CONSTRAINT "images_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "images" ADD CONSTRAINT "images_project_id_sha256_fkey" FOREIGN KEY ("project_id", "sha256") REFERENCES "image_files"("project_id", "sha256") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "image_files" ADD CONSTRAINT "image_files_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is written by hand: Prisma cannot express it.

ALTER TABLE "images"
  ADD CONSTRAINT "images_has_a_source" CHECK (url IS NOT NULL OR sha256 IS NOT NULL);

-- An uploaded image is one row, however often it is uploaded.
CREATE UNIQUE INDEX "images_uploaded_key" ON "images"("project_id", "sha256") WHERE url IS NULL;

ALTER TABLE "image_files"
  ADD CONSTRAINT "image_files_is_small" CHECK (octet_length(bytes) <= 10485760);

-- Images are compressed already.
ALTER TABLE "image_files" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
