-- Retention drops partitions and deletes no row, so everything that grows with time is partitioned: by day
-- what is kept for days, by week and month what is kept for long, so that there are about 120 of them.

-- Which partition of each table a day's rows go into.
CREATE FUNCTION partitions_of(day DATE)
RETURNS TABLE ("parent" TEXT, "name" TEXT, "from_at" TIMESTAMPTZ, "to_at" TIMESTAMPTZ)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT parent, parent || '_' || to_char(first, 'YYYYMMDD'), first AT TIME ZONE 'UTC', (first + length) AT TIME ZONE 'UTC'
  FROM (VALUES
    ('flow', 'day', interval '1 day'), ('packet_seen', 'day', interval '1 day'),
    ('batch_source', 'day', interval '1 day'), ('channel_1m', 'day', interval '1 day'),
    ('channel_1h', 'week', interval '1 week'), ('channel_trace_1h', 'week', interval '1 week'),
    ('channel_1d', 'month', interval '1 month'), ('source_1m', 'month', interval '1 month')
  ) AS kind (parent, unit, length), date_trunc(unit, day::timestamp) AS first
$$;

-- The writer meets a day before maintenance made its partitions; it may make those, and nothing else. Made
-- apart and attached, a partition takes no lock that a batch under way would have to wait for.
CREATE FUNCTION ensure_partitions(day DATE) RETURNS SETOF TEXT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE wanted RECORD;
BEGIN
  FOR wanted IN SELECT * FROM partitions_of(day) LOOP
    CONTINUE WHEN EXISTS (SELECT FROM pg_inherits
      WHERE inhparent = wanted.parent::regclass AND inhrelid = to_regclass(format('public.%I', wanted.name)));
    -- Two writers may meet the same day at once: the second waits here, and then looks again.
    PERFORM pg_advisory_xact_lock(hashtext('flowloom.partition'));
    -- Asked of pg_class itself: to_regclass may still remember that there was none before the wait.
    CONTINUE WHEN EXISTS (SELECT FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
      WHERE inhparent = wanted.parent::regclass AND relname = wanted.name);
    EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING STORAGE)', wanted.name, wanted.parent);
    EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
      wanted.parent, wanted.name, wanted.from_at, wanted.to_at);
    RETURN NEXT wanted.name;
  END LOOP;
END $$;

-- How often names were taken away that a writer under way may believe to be there. One row.
CREATE TABLE "name_removal" ("removals" BIGINT NOT NULL);
INSERT INTO "name_removal" VALUES (0);

-- The first statement of a batch's transaction. The tables are taken as its writes will take them, which
-- keeps a drop, an undo and a purge away until it ends; only then is it looked whether all partitions are
-- there. Answers how often names were removed, null where a partition is missing.
CREATE FUNCTION hold_partitions(days DATE[]) RETURNS BIGINT
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  LOCK TABLE ONLY flow, ONLY packet_seen, ONLY batch_source, ONLY channel_1m, ONLY channel_1h, ONLY channel_1d,
    ONLY channel_trace_1h, ONLY source_1m IN ROW EXCLUSIVE MODE;
  IF EXISTS (SELECT FROM unnest(days) AS day, partitions_of(day) AS wanted
      WHERE to_regclass(format('public.%I', wanted.name)) IS NULL) THEN
    RETURN NULL;
  END IF;
  RETURN (SELECT removals FROM name_removal);
END $$;

-- When rows of a day came last: the age of old recordings runs from there. Exact to five minutes.
CREATE TABLE "ingest_day" (
  "day" DATE PRIMARY KEY,
  "last_ingest" TIMESTAMPTZ(3) NOT NULL
);

-- What retention took: a stretch that is in here is not whole in that table, whatever came later.
CREATE TABLE "dropped_partition" (
  "parent" TEXT NOT NULL,
  "from_at" TIMESTAMPTZ(3) NOT NULL,
  "to_at" TIMESTAMPTZ(3) NOT NULL,
  -- clusters whose rows stayed
  "kept" TEXT[] NOT NULL,
  "dropped_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("parent", "from_at")
);

-- Clusters whose rows survive their partition's age.
CREATE TABLE "kept_cluster" (
  "name" TEXT PRIMARY KEY,
  "kept_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- What each batch added to source_1m, so that it can be taken back.
CREATE TABLE "batch_source" (
  "bucket" TIMESTAMPTZ(3) NOT NULL,
  "batch" BIGINT NOT NULL,
  "records" BIGINT NOT NULL,
  "lost_events" BIGINT NOT NULL,
  "sampling" INTEGER NOT NULL,
  "source_kind" SMALLINT NOT NULL,
  "reporter" SMALLINT NOT NULL,
  "cluster" TEXT NOT NULL,
  PRIMARY KEY ("bucket", "batch", "cluster", "source_kind", "reporter")
) PARTITION BY RANGE ("bucket");

-- When a name was last written, at most half a day late (lib/ingest/write-dimensions.ts).
ALTER TABLE "namespace" ADD COLUMN "written_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "endpoint" ADD COLUMN "written_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "pod" ADD COLUMN "written_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "channel" ADD COLUMN "written_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "policy_trace" ADD COLUMN "written_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "label_set" ADD COLUMN "written_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- Of events that are stored already nobody knows these any more: 0, and their batches cannot be taken back.
ALTER TABLE "packet_seen" ADD COLUMN "source_kind" SMALLINT NOT NULL DEFAULT 0,
  ADD COLUMN "reporter" SMALLINT NOT NULL DEFAULT 0;

-- Plain tables become partitioned ones; what they hold moves.
DO $$
DECLARE
  plain RECORD;
  met DATE;
BEGIN
  FOR plain IN SELECT * FROM (VALUES
    ('packet_seen', 'seen_at', 'tuple, seen_at, batch, ordinal'),
    ('channel_1m', 'bucket', 'bucket, channel, source_kind, reporter, verdict'),
    ('channel_1h', 'bucket', 'bucket, channel, source_kind, reporter, verdict'),
    ('channel_1d', 'bucket', 'bucket, channel, source_kind, reporter, verdict'),
    ('channel_trace_1h', 'bucket', 'bucket, channel, source_kind, direction, verdict, enforced, pending'),
    ('source_1m', 'bucket', 'cluster, bucket, source_kind, reporter')
  ) AS list (name, at, key) LOOP
    EXECUTE format('ALTER TABLE %I RENAME TO %I', plain.name, plain.name || '_plain');
    EXECUTE format('ALTER INDEX %I RENAME TO %I', plain.name || '_pkey', plain.name || '_plain_pkey');
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS) PARTITION BY RANGE (%I)',
      plain.name, plain.name || '_plain', plain.at);
    EXECUTE format('ALTER TABLE %I ADD PRIMARY KEY (%s)', plain.name, plain.key);
  END LOOP;
  FOR met IN
    SELECT (bucket AT TIME ZONE 'UTC')::date FROM channel_1d_plain
    UNION SELECT (bucket AT TIME ZONE 'UTC')::date FROM source_1m_plain
    UNION SELECT (seen_at AT TIME ZONE 'UTC')::date FROM packet_seen_plain
    UNION SELECT to_date(right(inhrelid::regclass::text, 8), 'YYYYMMDD') FROM pg_inherits WHERE inhparent = 'flow'::regclass
  LOOP
    PERFORM ensure_partitions(met);
    INSERT INTO ingest_day SELECT met, coalesce(max(committed_at), now()) FROM ingest_batch
      WHERE first_at < (met + 1)::timestamp AT TIME ZONE 'UTC' AND last_at >= met::timestamp AT TIME ZONE 'UTC';
  END LOOP;
  INSERT INTO packet_seen SELECT * FROM packet_seen_plain;
  INSERT INTO channel_1m SELECT * FROM channel_1m_plain;
  INSERT INTO channel_1h SELECT * FROM channel_1h_plain;
  INSERT INTO channel_1d SELECT * FROM channel_1d_plain;
  INSERT INTO channel_trace_1h SELECT * FROM channel_trace_1h_plain;
  INSERT INTO source_1m SELECT * FROM source_1m_plain;
  DROP TABLE packet_seen_plain, channel_1m_plain, channel_1h_plain, channel_1d_plain, channel_trace_1h_plain, source_1m_plain;
END $$;

DROP FUNCTION ensure_flow_partition(DATE);

GRANT SELECT ON "channel_1m", "channel_1h", "channel_1d", "channel_trace_1h", "source_1m", "dropped_partition",
  "kept_cluster" TO flowloom_reader;
GRANT SELECT, INSERT, UPDATE ON "channel_1m", "channel_1h", "channel_1d", "channel_trace_1h", "source_1m",
  "packet_seen", "batch_source", "ingest_day" TO flowloom_writer;
GRANT DELETE ON "channel_1m", "channel_1h", "channel_1d", "channel_trace_1h" TO flowloom_writer;
GRANT SELECT ON "name_removal", "kept_cluster" TO flowloom_writer;
GRANT UPDATE ("written_at") ON "namespace", "pod", "channel", "policy_trace", "label_set" TO flowloom_writer;
REVOKE ALL ON FUNCTION ensure_partitions(DATE), hold_partitions(DATE[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ensure_partitions(DATE), hold_partitions(DATE[]) TO flowloom_writer;
