-- CreateTable
CREATE TABLE "provider_accounts" (
    "key" TEXT NOT NULL,
    "free_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_until" TIMESTAMPTZ(6),
    "requests_per_minute" INTEGER,
    "requests_seen_at" TIMESTAMPTZ(6),
    "tokens_per_minute" INTEGER,
    "tokens_seen_at" TIMESTAMPTZ(6),

    CONSTRAINT "provider_accounts_pkey" PRIMARY KEY ("key")
);
