-- Short addresses of a view. The address itself is nowhere in here: it is made of the key and of the server's secret,
-- and looked up by its hash, so that whoever reads a dump has no link to open.
CREATE TABLE "share_link" (
  "key" TEXT COLLATE "C" NOT NULL,
  "id_hash" BYTEA NOT NULL,
  "owner_id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  -- {"v": n, …} of lib/contracts/link-state.ts: every version that was ever written is read
  "state" JSONB NOT NULL,
  -- where the nodes stood for whoever made it, by keys as in picture; null: nothing was kept
  "places" JSONB,
  -- scope_key() of whoever made it: who sees the same may be told all of the state
  "scope" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  -- null: until it is revoked
  "expires_at" TIMESTAMPTZ(3),
  "revoked_at" TIMESTAMPTZ(3),
  "last_used_at" TIMESTAMPTZ(3),
  CONSTRAINT "share_link_pkey" PRIMARY KEY ("key"),
  CONSTRAINT "share_link_id_hash" UNIQUE ("id_hash"),
  CONSTRAINT "share_link_owner_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user" ("id") ON DELETE CASCADE
);
CREATE INDEX "share_link_owner" ON "share_link" ("owner_id", "created_at" DESC);
-- The owner's alone, as tokens are: no other role may see a hash or a state.
REVOKE ALL ON "share_link" FROM PUBLIC;
