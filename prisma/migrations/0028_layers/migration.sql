-- Named groups of namespaces that a graph draws as one node: of one person, of a team, or of everyone.
CREATE TABLE "layer" (
  "id" TEXT COLLATE "C" NOT NULL,
  "name" TEXT NOT NULL,
  -- personal, team or everyone
  "audience" TEXT NOT NULL CHECK ("audience" IN ('personal', 'team', 'everyone')),
  -- whose: the id of a person, the name of a team, or ''
  "of" TEXT NOT NULL,
  -- who made it; null: they are gone, and a personal layer with them
  "owner_id" TEXT,
  -- names, where * is any text; empty where labels say it
  "namespaces" TEXT[] NOT NULL,
  -- a label selector as Kubernetes has it; null where names say it
  "selector" JSONB,
  "changed_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "layer_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "layer_name" UNIQUE ("audience", "of", "name"),
  CONSTRAINT "layer_owner_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user" ("id") ON DELETE SET NULL
);
CREATE INDEX "layer_owner" ON "layer" ("owner_id");
REVOKE ALL ON "layer" FROM PUBLIC;
