-- Where the nodes of a picture stand, by who sees it and which picture it is: all who see the same see it in the
-- same places. Neither names nor ids of nodes are in here, only keys made of them in the browser, so that whoever
-- reads a row learns of no node that their own graph does not show them, and nothing has to be purged from it.

-- What a transaction may see, as a key: the same namespaces, clusters and telling of far ends, the same key.
CREATE FUNCTION scope_key() RETURNS TEXT LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN scope_all() THEN 'all' ELSE encode(sha256(convert_to(concat_ws('|',
    coalesce((SELECT string_agg(ns::text, ',' ORDER BY ns) FROM unnest(scope_namespaces()) AS ns), ''),
    coalesce(scope_since()::text, ''),
    coalesce((SELECT jsonb_agg(cluster ORDER BY cluster)::text FROM unnest(scope_clusters()) AS cluster), ''),
    scope_names_far_ends()::text), 'UTF8')), 'hex') END
$$;

CREATE TABLE "picture" (
  "scope" TEXT NOT NULL,
  "view" TEXT NOT NULL,
  -- {"<key of a node>": [x, y]}
  "places" JSONB NOT NULL,
  "kept_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "picture_pkey" PRIMARY KEY ("scope", "view")
);
CREATE INDEX "picture_kept_at" ON "picture" ("kept_at");

GRANT SELECT ON "picture" TO flowloom_reader;
ALTER TABLE "picture" ENABLE ROW LEVEL SECURITY;
CREATE POLICY viewer ON "picture" FOR SELECT TO flowloom_reader
  USING (coalesce(current_setting('flowloom.scope', true), '') <> '' AND scope = (SELECT scope_key()));
