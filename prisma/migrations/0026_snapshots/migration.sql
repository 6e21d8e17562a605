-- Frozen traffic of a window. What is looked at later is this and never the live tables.
CREATE TABLE "snapshot" (
  "key" TEXT COLLATE "C" NOT NULL,
  -- as of share_link: no address stands in here
  "id_hash" BYTEA NOT NULL,
  "owner_id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  -- 'signed-in': rows as their maker could see them, reduced for each reader; 'public': a finished document
  "kind" TEXT NOT NULL,
  "cluster" TEXT NOT NULL,
  "from_at" TIMESTAMPTZ(3) NOT NULL,
  "to_at" TIMESTAMPTZ(3) NOT NULL,
  "state" JSONB NOT NULL,
  "places" JSONB,
  "scope" TEXT NOT NULL,
  -- packed columns of rows, or the packed document
  "data" BYTEA NOT NULL,
  -- whose traffic it is, for deleting for good: names of clusters, and `cluster/namespace`
  "clusters" TEXT[] NOT NULL,
  "namespaces" TEXT[] NOT NULL,
  -- of a public one: whom it was made for, what opens it, and what its maker must go on seeing
  "audience" TEXT,
  "password_hash" TEXT,
  "needs_clusters" TEXT[] NOT NULL DEFAULT '{}',
  "needs_namespaces" BIGINT[] NOT NULL DEFAULT '{}',
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "revoked_at" TIMESTAMPTZ(3),
  "last_used_at" TIMESTAMPTZ(3),
  CONSTRAINT "snapshot_pkey" PRIMARY KEY ("key"),
  CONSTRAINT "snapshot_id_hash" UNIQUE ("id_hash"),
  CONSTRAINT "snapshot_owner_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user" ("id") ON DELETE CASCADE,
  CONSTRAINT "snapshot_kind" CHECK ("kind" IN ('signed-in', 'public')),
  CONSTRAINT "snapshot_public" CHECK ("kind" <> 'public' OR ("audience" IS NOT NULL AND "expires_at" <= "created_at" + interval '30 days'))
);
CREATE INDEX "snapshot_owner" ON "snapshot" ("owner_id", "created_at" DESC);
-- Packed already.
ALTER TABLE "snapshot" ALTER COLUMN "data" SET STORAGE EXTERNAL;
REVOKE ALL ON "snapshot" FROM PUBLIC;
