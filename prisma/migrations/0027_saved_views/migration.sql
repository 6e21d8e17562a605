-- Saved states of the graph: of one person, of a team, or of everyone.
CREATE TABLE "saved_view" (
  "id" TEXT COLLATE "C" NOT NULL,
  "name" TEXT NOT NULL,
  -- personal, team or everyone
  "audience" TEXT NOT NULL CHECK ("audience" IN ('personal', 'team', 'everyone')),
  -- whose: the id of a person, the name of a team, or ''
  "of" TEXT NOT NULL,
  -- who made it; null: they are gone, and a personal view with them
  "owner_id" TEXT,
  -- {"v": n, …} of lib/contracts/link-state.ts: every version that was ever written is read
  "state" JSONB NOT NULL,
  -- where the nodes stood for whoever saved it, by keys as in picture; null: nothing was kept
  "places" JSONB,
  -- scope_key() of whoever saved it: who sees the same may be told all of the state
  "scope" TEXT NOT NULL,
  -- what the members of a team begin with
  "is_default" BOOLEAN NOT NULL DEFAULT FALSE,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "changed_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "saved_view_name" UNIQUE ("audience", "of", "name"),
  CONSTRAINT "saved_view_default" CHECK (NOT "is_default" OR "audience" = 'team'),
  CONSTRAINT "saved_view_owner_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user" ("id") ON DELETE SET NULL
);
CREATE UNIQUE INDEX "saved_view_one_default" ON "saved_view" ("of") WHERE "is_default";
CREATE INDEX "saved_view_owner" ON "saved_view" ("owner_id");
-- The owner's alone, as links are: who is in an audience is decided before a statement is asked.
REVOKE ALL ON "saved_view" FROM PUBLIC;
