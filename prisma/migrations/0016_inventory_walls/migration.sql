-- The second wall (0013_walls) around what came beside it: the inventory, and what access is decided by.

-- Objects of the viewer's namespaces and of clusters seen whole; of a namespace made anew, what there was since.
ALTER TABLE "inventory_object" ENABLE ROW LEVEL SECURITY;
CREATE POLICY viewer ON "inventory_object" FOR SELECT TO flowloom_reader USING ((SELECT scope_all())
  OR namespace_id IN (SELECT ns FROM viewer_scope)
  OR cluster IN (SELECT cluster FROM viewer_cluster)
  OR ((SELECT scope_since() IS NOT NULL)
    AND coalesce(valid_to, 'infinity') > ((SELECT scope_since()) ->> namespace_id::text)::timestamptz));

ALTER TABLE "inventory_apply" ENABLE ROW LEVEL SECURITY;
CREATE POLICY viewer ON "inventory_apply" FOR SELECT TO flowloom_reader USING ((SELECT scope_all())
  OR cluster IN (SELECT cluster FROM viewer_cluster));

-- Scopes are decided before there is one; whoever has one needs none of it.
DO $$
DECLARE inner_part TEXT;
BEGIN
  FOREACH inner_part IN ARRAY ARRAY['access_statement', 'access_namespace', 'access_version'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', inner_part);
    EXECUTE format('CREATE POLICY viewer ON %I FOR SELECT TO flowloom_reader USING ((SELECT scope_all()))', inner_part);
  END LOOP;
END $$;

-- The writer reads the inventory to know who had an address.
CREATE POLICY writer ON "inventory_object" FOR ALL TO flowloom_writer USING (true) WITH CHECK (true);
CREATE POLICY writer ON "inventory_apply" FOR ALL TO flowloom_writer USING (true) WITH CHECK (true);

-- Who may sign in is looked up before there is a scope, too.
ALTER TABLE "app_user" ENABLE ROW LEVEL SECURITY;
CREATE POLICY viewer ON "app_user" FOR SELECT TO flowloom_reader USING ((SELECT scope_all()));
ALTER TABLE "user_group" ENABLE ROW LEVEL SECURITY;
CREATE POLICY viewer ON "user_group" FOR SELECT TO flowloom_reader USING ((SELECT scope_all()));

-- The log is for whoever may read of everybody, and what was asked of a cluster for whoever sees that whole.
ALTER TABLE "audit_event" ENABLE ROW LEVEL SECURITY;
CREATE POLICY viewer ON "audit_event" FOR SELECT TO flowloom_reader USING ((SELECT scope_all())
  OR (cardinality("clusters") > 0 AND "clusters" <@ (SELECT scope_clusters())));
CREATE POLICY writer ON "audit_event" FOR INSERT TO flowloom_writer WITH CHECK (true);
ALTER TABLE "audit_scope" ENABLE ROW LEVEL SECURITY;
CREATE POLICY viewer ON "audit_scope" FOR SELECT TO flowloom_reader USING ((SELECT scope_all()));
CREATE POLICY writer ON "audit_scope" FOR INSERT TO flowloom_writer WITH CHECK (true);
