-- The second wall. What the reader role may see is decided again here, by the scope that lib/db/reader.ts
-- sets for each transaction; where none is set there is nothing to see. It stands against a forgotten WHERE,
-- not against SQL injection: whoever can run any statement as the reader can set another scope.
-- The owner is above it, so that migration and maintenance go on as before.

CREATE FUNCTION scope_all() RETURNS BOOLEAN LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(current_setting('flowloom.scope', true), '') = 'all' $$;
CREATE FUNCTION scope_namespaces() RETURNS BIGINT[] LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT string_to_array(nullif(current_setting('flowloom.namespaces', true), ''), ',')::bigint[] $$;
-- {"<namespace id>": "<first day>"}: those that are in scope from a day on; null for none.
CREATE FUNCTION scope_since() RETURNS JSONB LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('flowloom.since', true), '')::jsonb $$;
CREATE FUNCTION scope_clusters() RETURNS TEXT[] LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT ARRAY(SELECT jsonb_array_elements_text(nullif(current_setting('flowloom.clusters', true), '')::jsonb)) $$;
CREATE FUNCTION scope_names_far_ends() RETURNS BOOLEAN LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(current_setting('flowloom.far_end', true), '') = 'namespace' $$;

-- Views read with their owner's rights: a policy that asks one meets no other policy.
CREATE VIEW viewer_scope AS SELECT unnest(scope_namespaces()) AS ns;
CREATE VIEW viewer_namespace AS
  SELECT ns FROM viewer_scope UNION ALL SELECT jsonb_object_keys(scope_since())::bigint AS ns;
CREATE VIEW viewer_cluster AS SELECT unnest(scope_clusters()) AS cluster;

-- Channels of which the client, or the server, has no namespace and stands in a cluster that is seen whole.
CREATE VIEW viewer_client AS
  SELECT c.id AS channel, c.dst_ns AS far_ns, c.destination AS far_end FROM channel c JOIN endpoint e ON e.id = c.source
  WHERE c.src_ns = 0 AND e.cluster IN (SELECT cluster FROM viewer_cluster);
CREATE VIEW viewer_server AS
  SELECT c.id AS channel, c.src_ns AS far_ns, c.source AS far_end FROM channel c JOIN endpoint e ON e.id = c.destination
  WHERE c.dst_ns = 0 AND e.cluster IN (SELECT cluster FROM viewer_cluster);

-- Who is at the other end of a visible channel: a namespace, or an end that has none. An array and not a set
-- of rows, so that a few namespaces are looked up in the index.
CREATE INDEX "channel_src_ns" ON "channel" ("src_ns", "dst_ns");
CREATE INDEX "channel_dst_ns" ON "channel" ("dst_ns", "src_ns");
CREATE VIEW viewer_peer AS
  SELECT dst_ns AS ns FROM channel
  WHERE src_ns = ANY ((SELECT ARRAY(SELECT ns FROM viewer_namespace))::bigint[]) AND (SELECT scope_names_far_ends())
  UNION ALL
  SELECT src_ns FROM channel
  WHERE dst_ns = ANY ((SELECT ARRAY(SELECT ns FROM viewer_namespace))::bigint[]) AND (SELECT scope_names_far_ends())
  UNION ALL
  SELECT far_ns FROM viewer_client WHERE (SELECT scope_names_far_ends())
  UNION ALL
  SELECT far_ns FROM viewer_server WHERE (SELECT scope_names_far_ends());
CREATE VIEW viewer_outer_end AS
  SELECT destination AS endpoint FROM channel
  WHERE dst_ns = 0 AND src_ns = ANY ((SELECT ARRAY(SELECT ns FROM viewer_namespace))::bigint[])
  UNION ALL
  SELECT source FROM channel
  WHERE src_ns = 0 AND dst_ns = ANY ((SELECT ARRAY(SELECT ns FROM viewer_namespace))::bigint[])
  UNION ALL
  SELECT far_end FROM viewer_client WHERE far_ns = 0
  UNION ALL
  SELECT far_end FROM viewer_server WHERE far_ns = 0;
-- Endpoints that are the viewer's own.
CREATE VIEW viewer_endpoint AS
  SELECT id AS endpoint FROM endpoint
  WHERE namespace IN (SELECT ns FROM viewer_namespace)
    OR (namespace = 0 AND cluster IN (SELECT cluster FROM viewer_cluster));
CREATE VIEW viewer_namespace_name AS
  SELECT name FROM namespace WHERE id IN (SELECT ns FROM viewer_namespace);

GRANT SELECT ON viewer_scope, viewer_namespace, viewer_cluster, viewer_client, viewer_server, viewer_peer,
  viewer_outer_end, viewer_endpoint, viewer_namespace_name TO flowloom_reader;

-- Facts, by either end. (SELECT …) is asked once per statement, IN (SELECT …) becomes a hash table once.
DO $$
DECLARE
  fact RECORD;
  visible CONSTANT TEXT := '(SELECT scope_all())
    OR src_ns IN (SELECT ns FROM viewer_scope) OR dst_ns IN (SELECT ns FROM viewer_scope)
    OR ((SELECT scope_since() IS NOT NULL)
      AND (%1$s >= ((SELECT scope_since()) ->> src_ns::text)::timestamptz
        OR %1$s >= ((SELECT scope_since()) ->> dst_ns::text)::timestamptz))
    OR ((SELECT scope_clusters() <> ''{}'')
      AND ((src_ns = 0 AND channel IN (SELECT channel FROM viewer_client))
        OR (dst_ns = 0 AND channel IN (SELECT channel FROM viewer_server))))';
BEGIN
  FOR fact IN SELECT * FROM (VALUES ('channel_1m', 'bucket'), ('channel_1h', 'bucket'), ('channel_1d', 'bucket'),
    ('channel_trace_1h', 'bucket'), ('external_address', '(day::timestamp AT TIME ZONE ''UTC'')')) AS list (name, at)
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', fact.name);
    EXECUTE format('CREATE POLICY viewer ON %I FOR SELECT TO flowloom_reader USING (%s)', fact.name, format(visible, fact.at));
  END LOOP;
  -- COPY does not write into a table with row-level security, and raw flows are copied: the reader sees them
  -- through a barrier instead, and the table not at all.
  REVOKE SELECT ON "flow" FROM flowloom_reader;
  EXECUTE format('CREATE VIEW visible_flow WITH (security_barrier) AS SELECT * FROM flow WHERE %s', format(visible, 'started_at'));
  GRANT SELECT ON visible_flow TO flowloom_reader;
END $$;

-- Names. Of the far end of a channel only the namespace is told, and what lies outside of all namespaces and
-- names nobody: networks, domains, the reserved hosts (lib/access/redact.ts).
ALTER TABLE "channel" ENABLE ROW LEVEL SECURITY;
CREATE POLICY viewer ON "channel" FOR SELECT TO flowloom_reader USING ((SELECT scope_all())
  OR src_ns IN (SELECT ns FROM viewer_namespace) OR dst_ns IN (SELECT ns FROM viewer_namespace)
  OR ((SELECT scope_clusters() <> '{}')
    AND ((src_ns = 0 AND id IN (SELECT channel FROM viewer_client))
      OR (dst_ns = 0 AND id IN (SELECT channel FROM viewer_server)))));

ALTER TABLE "namespace" ENABLE ROW LEVEL SECURITY;
CREATE POLICY viewer ON "namespace" FOR SELECT TO flowloom_reader USING ((SELECT scope_all())
  OR id IN (SELECT ns FROM viewer_namespace) OR id IN (SELECT ns FROM viewer_peer));

ALTER TABLE "endpoint" ENABLE ROW LEVEL SECURITY;
CREATE POLICY viewer ON "endpoint" FOR SELECT TO flowloom_reader USING ((SELECT scope_all())
  OR namespace IN (SELECT ns FROM viewer_namespace)
  OR (namespace = 0 AND (cluster IN (SELECT cluster FROM viewer_cluster)
    OR ((kind IN (5, 6, 7)
        OR (kind = 3 AND name IN ('host', 'remote-node', 'kube-apiserver', 'health', 'unmanaged', 'init', 'ingress')))
      AND id IN (SELECT endpoint FROM viewer_outer_end)))));

ALTER TABLE "pod" ENABLE ROW LEVEL SECURITY;
CREATE POLICY viewer ON "pod" FOR SELECT TO flowloom_reader USING ((SELECT scope_all())
  OR namespace IN (SELECT ns FROM viewer_namespace));

ALTER TABLE "endpoint_labels" ENABLE ROW LEVEL SECURITY;
CREATE POLICY viewer ON "endpoint_labels" FOR SELECT TO flowloom_reader USING ((SELECT scope_all())
  OR endpoint IN (SELECT endpoint FROM viewer_endpoint));

ALTER TABLE "label_set" ENABLE ROW LEVEL SECURITY;
CREATE POLICY viewer ON "label_set" FOR SELECT TO flowloom_reader USING ((SELECT scope_all())
  OR id IN (SELECT label_set FROM endpoint_labels));

-- A trace says nothing of whose it is: it is seen where it names no namespace that is not the viewer's.
ALTER TABLE "policy_trace" ENABLE ROW LEVEL SECURITY;
CREATE POLICY viewer ON "policy_trace" FOR SELECT TO flowloom_reader USING ((SELECT scope_all())
  OR NOT EXISTS (
    SELECT FROM jsonb_array_elements(hits) AS hit, LATERAL (VALUES (hit ->> 'namespace'), (hit #>> '{trigger,namespace}'),
      (CASE WHEN hit ->> 'kind' = 'Profile' THEN split_part(hit ->> 'name', '.', 2) END)) AS named (ns)
    WHERE named.ns <> '' AND named.ns NOT IN (SELECT name FROM viewer_namespace_name)));

-- What tells of whole clusters: collectors, nodes, the ledger, the quarantine, tokens.
DO $$
DECLARE estate TEXT;
BEGIN
  FOREACH estate IN ARRAY ARRAY['source_1m', 'source_node_10m', 'source_node', 'dimension_growth', 'ingest_batch', 'ingest_token'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', estate);
    EXECUTE format('CREATE POLICY viewer ON %I FOR SELECT TO flowloom_reader
      USING ((SELECT scope_all()) OR cluster IN (SELECT cluster FROM viewer_cluster))', estate);
  END LOOP;
END $$;
ALTER TABLE "rejected_line" ENABLE ROW LEVEL SECURITY;
CREATE POLICY viewer ON "rejected_line" FOR SELECT TO flowloom_reader USING ((SELECT scope_all())
  OR batch IN (SELECT id FROM ingest_batch));

-- Of the settings the reader needs one: what is told of a far end.
GRANT SELECT ON "setting" TO flowloom_reader;
ALTER TABLE "setting" ENABLE ROW LEVEL SECURITY;
CREATE POLICY viewer ON "setting" FOR SELECT TO flowloom_reader USING (key = 'farEnd');

-- Of retention, where a table is not whole; whose rows were kept names clusters.
REVOKE SELECT ON "dropped_partition", "kept_cluster" FROM flowloom_reader;
GRANT SELECT ("parent", "from_at", "to_at") ON "dropped_partition" TO flowloom_reader;

-- The writer writes for everybody.
DO $$
DECLARE wall REGCLASS;
BEGIN
  FOR wall IN SELECT oid FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace LOOP
    EXECUTE format('CREATE POLICY writer ON %s FOR ALL TO flowloom_writer USING (true) WITH CHECK (true)', wall);
  END LOOP;
END $$;
