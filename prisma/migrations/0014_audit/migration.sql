-- Who read which namespaces' flows and when, sign-ins, changes. Rows are added and, when their age is over,
-- taken away by the owner; nobody changes one.

-- What a reader could see at the time, kept once however often it was read with.
CREATE TABLE "audit_scope" (
  -- SHA-256 over clusters and namespace ids, in hexadecimal
  "id" TEXT NOT NULL,
  "clusters" TEXT[] NOT NULL,
  -- as cluster/namespace, by the names of that time
  "namespaces" TEXT[] NOT NULL,
  CONSTRAINT "audit_scope_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "audit_event" (
  "id" BIGINT GENERATED ALWAYS AS IDENTITY,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "kind" TEXT NOT NULL,
  "actor" TEXT NOT NULL,
  "user_id" TEXT,
  "email" TEXT,
  "token_id" TEXT,
  "question" TEXT,
  -- what was asked for by name; empty: all that the scope has
  "clusters" TEXT[] NOT NULL,
  "namespaces" TEXT[] NOT NULL,
  -- 'estate' or an audit_scope; null for what is no read
  "scope" TEXT,
  "address" TEXT,
  "details" JSONB NOT NULL,
  -- reads only: viewer, question, scope and five minutes; null for what is told every time
  "once" BYTEA,
  CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "audit_event_actor" CHECK ("actor" IN ('operator', 'person', 'nobody'))
);
CREATE UNIQUE INDEX "audit_event_once" ON "audit_event" ("once");
CREATE INDEX "audit_event_at" ON "audit_event" ("at" DESC, "id" DESC);
CREATE INDEX "audit_event_email" ON "audit_event" ("email", "at");

GRANT INSERT ON "audit_event", "audit_scope" TO flowloom_writer;
GRANT SELECT ON "audit_event", "audit_scope" TO flowloom_reader;

-- Rights keep the two roles away; this keeps the owner from a slip, and whoever got hold of its login from
-- cleaning up behind them without first altering the table. Retention says so in its transaction, and may
-- only take what is older than any setting allows.
CREATE FUNCTION keep_audit() RETURNS TRIGGER
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('flowloom.audit_retention', TRUE) = 'on' THEN
    IF TG_TABLE_NAME = 'audit_scope' THEN
      RETURN OLD;
    ELSIF OLD.at < now() - interval '30 days' THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only: % is refused', TG_OP
    USING ERRCODE = 'insufficient_privilege', HINT = 'flowloom maintain removes what is past its age.';
END $$;

CREATE TRIGGER "audit_event_kept" BEFORE UPDATE OR DELETE ON "audit_event"
  FOR EACH ROW EXECUTE FUNCTION keep_audit();
CREATE TRIGGER "audit_event_whole" BEFORE TRUNCATE ON "audit_event"
  FOR EACH STATEMENT EXECUTE FUNCTION keep_audit();
CREATE TRIGGER "audit_scope_kept" BEFORE UPDATE OR DELETE ON "audit_scope"
  FOR EACH ROW EXECUTE FUNCTION keep_audit();
CREATE TRIGGER "audit_scope_whole" BEFORE TRUNCATE ON "audit_scope"
  FOR EACH STATEMENT EXECUTE FUNCTION keep_audit();
