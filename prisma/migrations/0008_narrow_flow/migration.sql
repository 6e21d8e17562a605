-- There are more raw flows than of anything else, so eight bytes of a row are gigabytes: a record that is one
-- flow and no span says neither, and what is small shares a number.

DO $$
DECLARE wide RECORD;
BEGIN
  FOR wide IN SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = 'flow'::regclass LOOP
    EXECUTE format('ALTER TABLE %I RENAME TO %I', wide.relname, 'wide_' || wide.relname);
  END LOOP;
END $$;
ALTER TABLE "flow" RENAME TO "wide_flow";
ALTER INDEX "flow_started_at" RENAME TO "wide_flow_started_at";

CREATE TABLE "flow" (
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "channel" BIGINT NOT NULL,
  "src_ns" BIGINT NOT NULL,
  "dst_ns" BIGINT NOT NULL,
  "batch" BIGINT NOT NULL,
  "bytes" BIGINT,
  "packets" BIGINT,
  "client_pod" BIGINT,
  "server_pod" BIGINT,
  -- policy_trace ids by direction, enforced and pending apart
  "egress" BIGINT,
  "egress_pending" BIGINT,
  "ingress" BIGINT,
  "ingress_pending" BIGINT,
  -- null for what has no extent in time: one packet, one event
  "duration_ms" INTEGER,
  -- a record is one flow; how many more it stands for, null for none
  "more_flows" INTEGER,
  "connections" INTEGER,
  "client_port" INTEGER,
  "server_port" INTEGER,
  -- 0 unknown, 1 source, 2 destination
  "reporter" SMALLINT NOT NULL,
  -- 1 allowed, 2 denied, 3 dropped
  "verdict" SMALLINT NOT NULL,
  -- bits: 1 opening SYN, 2 policy-verdict event, 4 drop event, 8 traced, 16 translated, 32 duplicate;
  -- flags >> 6 & 7: place in the list of orientation rules, from 1
  -- flags >> 9: 1 hubble, 2 calico, 3 whisker, 4 goldmane, 5 netobserv, 6 aws-vpc
  "flags" SMALLINT NOT NULL,
  "client_address" INET,
  "server_address" INET,
  "drop_reason" TEXT
) PARTITION BY RANGE ("started_at");
CREATE INDEX "flow_started_at" ON "flow" USING BRIN ("started_at");

DO $$
DECLARE met DATE;
BEGIN
  FOR met IN SELECT to_date(right(relname, 8), 'YYYYMMDD')
    FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = 'wide_flow'::regclass
  LOOP
    PERFORM ensure_partitions(met);
  END LOOP;
END $$;

INSERT INTO "flow" SELECT started_at, channel, src_ns, dst_ns, batch, bytes, packets, client_pod, server_pod, egress,
  egress_pending, ingress, ingress_pending, nullif(duration_ms, 0), nullif(flows - 1, 0), connections, client_port,
  server_port, reporter, verdict, flags | (orientation << 6) | (source_kind << 9), client_address, server_address, drop_reason
FROM "wide_flow";
DROP TABLE "wide_flow";

GRANT SELECT ON "flow" TO flowloom_reader;
GRANT SELECT, INSERT ON "flow" TO flowloom_writer;
