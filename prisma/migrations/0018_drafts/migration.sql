-- Policies to try, for a day and for whoever wrote them alone.
CREATE TABLE "policy_draft" (
  "id" TEXT COLLATE "C" NOT NULL,
  "owner_id" TEXT NOT NULL,
  "cluster" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "yaml" TEXT NOT NULL,
  -- whether it stands for every policy that its owner may change
  "replace_all" BOOLEAN NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "policy_draft_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "policy_draft_owner_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user" ("id") ON DELETE CASCADE
);
CREATE INDEX "policy_draft_owner" ON "policy_draft" ("owner_id", "created_at" DESC);

-- No scope opens it, the whole estate's neither: a draft is its owner's, named for the one statement that asks.
ALTER TABLE "policy_draft" ENABLE ROW LEVEL SECURITY;
CREATE POLICY viewer ON "policy_draft" FOR SELECT TO flowloom_reader
  USING ("owner_id" = (SELECT current_setting('flowloom.person', true)));
GRANT SELECT ON "policy_draft" TO flowloom_reader;
