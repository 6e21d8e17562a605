-- What a shipper shows to push flows into one cluster. The secret itself is never stored: it is 256 random
-- bits, so a plain SHA-256 of it can be neither guessed nor reversed.
CREATE TABLE "ingest_token" (
  "id" TEXT NOT NULL,
  "secret_hash" BYTEA NOT NULL,
  "cluster" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "revoked_at" TIMESTAMPTZ(3),
  -- coarse: written once in a few minutes, not with every request
  "last_used_at" TIMESTAMPTZ(3),
  CONSTRAINT "ingest_token_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "ingest_token_secret" ON "ingest_token" ("secret_hash");

-- Tokens are made and revoked by the owner; no reader meets a hash.
GRANT SELECT ("id", "cluster", "name", "created_at", "expires_at", "revoked_at", "last_used_at")
  ON "ingest_token" TO flowloom_reader;
GRANT SELECT, UPDATE ("last_used_at") ON "ingest_token" TO flowloom_writer;

-- Keys count per token and cluster; '' is a request without a token.
ALTER TABLE "ingest_request" ADD COLUMN "token" TEXT NOT NULL DEFAULT '';
ALTER TABLE "ingest_request" DROP CONSTRAINT "ingest_request_pkey";
ALTER TABLE "ingest_request" ADD CONSTRAINT "ingest_request_pkey" PRIMARY KEY ("cluster", "token", "key");
