-- CreateTable
CREATE TABLE "embedding_keys" (
    "project_id" UUID NOT NULL,
    "base_url" TEXT NOT NULL,
    "encrypted_key" BYTEA NOT NULL,

    CONSTRAINT "embedding_keys_pkey" PRIMARY KEY ("project_id","base_url")
);

-- AddForeignKey
ALTER TABLE "embedding_keys" ADD CONSTRAINT "embedding_keys_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;
