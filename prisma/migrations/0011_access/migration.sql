-- What was said about access, one row per object, as normalised JSON: bindings, groups, RBAC of clusters.
-- What one source says is replaced as a whole, so what it no longer says is no longer true.
CREATE TABLE "access_statement" (
  -- document, kubernetes or settings
  "source_kind" TEXT NOT NULL,
  -- the cluster whose RBAC it is; '' for Flowloom's own
  "source_cluster" TEXT NOT NULL,
  "source_name" TEXT NOT NULL,
  -- binding, group, cluster-identity, role or role-binding
  "kind" TEXT NOT NULL,
  -- of a Role or RoleBinding; '' for the others
  "namespace" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "content" JSONB NOT NULL,
  "applied_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "access_statement_pkey"
    PRIMARY KEY ("source_kind", "source_cluster", "source_name", "kind", "namespace", "name")
);

-- Namespaces of manifests: their labels, which bindings may select, and when one was made anew.
CREATE TABLE "access_namespace" (
  "id" BIGINT NOT NULL,
  "cluster" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "labels" JSONB NOT NULL,
  -- the object's; null where a manifest did not say
  "uid" TEXT,
  -- when another uid was met under the same name: what was recorded before is not the new owner's
  "since" TIMESTAMPTZ(3),
  CONSTRAINT "access_namespace_pkey" PRIMARY KEY ("id")
);

-- One row. It moves with every change, in the same transaction, so that whoever keeps what they read in
-- memory learns with one look that it is no longer true. A sequence would move before the change is seen.
CREATE TABLE "access_version" (
  "id" INTEGER NOT NULL DEFAULT 1,
  "version" BIGINT NOT NULL,
  CONSTRAINT "access_version_pkey" PRIMARY KEY ("id")
);
INSERT INTO "access_version" ("version") VALUES (1);

CREATE FUNCTION move_access_version() RETURNS TRIGGER LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE access_version SET version = version + 1;
  RETURN NULL;
END $$;
CREATE TRIGGER "access_statement_changed" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "access_statement"
  FOR EACH STATEMENT EXECUTE FUNCTION move_access_version();
CREATE TRIGGER "access_namespace_changed" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "access_namespace"
  FOR EACH STATEMENT EXECUTE FUNCTION move_access_version();

-- Changed by the owner alone; the reader resolves scopes.
GRANT SELECT ON "access_statement", "access_namespace", "access_version" TO flowloom_reader;
