-- The Kubernetes objects of a cluster with their history: a row is an object as it was in [valid_from,
-- valid_to). What was seen again unchanged adds no row. Names are compared by their bytes, so that pages
-- are in the same order in every database.
CREATE TABLE "inventory_object" (
  "cluster" TEXT COLLATE "C" NOT NULL,
  -- '' is the core group
  "api_group" TEXT COLLATE "C" NOT NULL,
  "kind" TEXT COLLATE "C" NOT NULL,
  -- '' for an object of the whole cluster
  "namespace" TEXT COLLATE "C" NOT NULL,
  "name" TEXT COLLATE "C" NOT NULL,
  "valid_from" TIMESTAMPTZ(3) NOT NULL,
  -- null: there still
  "valid_to" TIMESTAMPTZ(3),
  -- the id that flows of the namespace have, whether there are any or not; a Namespace's own; 0 where there is none
  "namespace_id" BIGINT NOT NULL,
  -- the word of lib/inventory/model.ts
  "type" TEXT NOT NULL,
  -- what the cluster calls it and since when it has it; null where no manifest said so
  "uid" TEXT,
  "created_at" TIMESTAMPTZ(3),
  "content_hash" BYTEA NOT NULL,
  "document" JSONB NOT NULL,
  -- where it was read last
  "file" TEXT NOT NULL,
  "document_number" INTEGER NOT NULL,
  "line" INTEGER NOT NULL,
  "path" TEXT NOT NULL,
  PRIMARY KEY ("cluster", "api_group", "kind", "namespace", "name", "valid_from"),
  CHECK ("valid_to" > "valid_from")
);
CREATE UNIQUE INDEX "inventory_object_current"
  ON "inventory_object" ("cluster", "api_group", "kind", "namespace", "name") WHERE "valid_to" IS NULL;
CREATE INDEX "inventory_object_namespace" ON "inventory_object" ("namespace_id");
-- Namespaces, policies and rights are asked for without the workloads, which are the many.
CREATE INDEX "inventory_object_type" ON "inventory_object" ("type", "cluster");

-- When manifests were applied: each time is later than all before it, whatever clocks say.
CREATE TABLE "inventory_apply" (
  "cluster" TEXT COLLATE "C" NOT NULL,
  "applied_at" TIMESTAMPTZ(3) NOT NULL,
  "added" INTEGER NOT NULL,
  "changed" INTEGER NOT NULL,
  "unchanged" INTEGER NOT NULL,
  "removed" INTEGER NOT NULL,
  PRIMARY KEY ("cluster", "applied_at")
);

GRANT SELECT ON "inventory_object", "inventory_apply" TO flowloom_reader, flowloom_writer;
