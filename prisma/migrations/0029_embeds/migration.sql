-- Pictures of share links that pages of other sites show, for whoever sees these pages.
CREATE TABLE "embed" (
  "key" TEXT COLLATE "C" NOT NULL,
  -- as of share_link: no address stands in here
  "id_hash" BYTEA NOT NULL,
  -- whose link it is, whose it is: it shows what its maker may see
  "link_key" TEXT COLLATE "C" NOT NULL,
  -- whom it was made for, in words
  "audience" TEXT NOT NULL,
  -- what its maker could hand out when it was made (lib/server/kept-scope.ts): it never shows more than that
  "scope" JSONB NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "revoked_at" TIMESTAMPTZ(3),
  "last_used_at" TIMESTAMPTZ(3),
  CONSTRAINT "embed_pkey" PRIMARY KEY ("key"),
  CONSTRAINT "embed_id_hash" UNIQUE ("id_hash"),
  CONSTRAINT "embed_link_fkey" FOREIGN KEY ("link_key") REFERENCES "share_link" ("key") ON DELETE CASCADE,
  CONSTRAINT "embed_life" CHECK ("expires_at" <= "created_at" + interval '90 days')
);
CREATE INDEX "embed_link" ON "embed" ("link_key");
REVOKE ALL ON "embed" FROM PUBLIC;
