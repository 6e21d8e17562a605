-- How long connections, lookups and requests took, where a source measured it (docs/decisions/0032-latency.md).

-- A raw flow keeps what its record says: microseconds * 4 + kind. Null takes no room: the row's null bitmap has
-- a bit left for it.
-- kind: 1 tcp, 2 dns, 3 request
ALTER TABLE "flow" ADD COLUMN "latency" INTEGER;

-- Rollups count how many latencies fell into each step (lib/flows/latency.ts) and what they add up to: counts of
-- any pieces of time and any channels add up to a histogram, and can be taken back. Only what was measured has rows.
DO $$
DECLARE wanted TEXT;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['channel_latency_1m', 'channel_latency_1h', 'channel_latency_1d'] LOOP
    EXECUTE format('CREATE TABLE %I (
      "bucket" TIMESTAMPTZ(3) NOT NULL,
      "channel" BIGINT NOT NULL,
      "src_ns" BIGINT NOT NULL,
      "dst_ns" BIGINT NOT NULL,
      "sum_us" BIGINT NOT NULL,
      "measured" INTEGER NOT NULL,
      "kind" SMALLINT NOT NULL,
      "step" SMALLINT NOT NULL,
      PRIMARY KEY ("bucket", "channel", "kind", "step")
    ) PARTITION BY RANGE ("bucket")', wanted);
    EXECUTE format('GRANT SELECT ON %I TO flowloom_reader', wanted);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO flowloom_writer', wanted);
    -- The second wall, as around the other rollups (0013_walls).
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', wanted);
    EXECUTE format('CREATE POLICY viewer ON %I FOR SELECT TO flowloom_reader USING ((SELECT scope_all())
      OR src_ns IN (SELECT ns FROM viewer_scope) OR dst_ns IN (SELECT ns FROM viewer_scope)
      OR ((SELECT scope_since() IS NOT NULL)
        AND (bucket >= ((SELECT scope_since()) ->> src_ns::text)::timestamptz
          OR bucket >= ((SELECT scope_since()) ->> dst_ns::text)::timestamptz))
      OR ((SELECT scope_clusters() <> ''{}'')
        AND ((src_ns = 0 AND channel IN (SELECT channel FROM viewer_client))
          OR (dst_ns = 0 AND channel IN (SELECT channel FROM viewer_server)))))', wanted);
    EXECUTE format('CREATE POLICY writer ON %I FOR ALL TO flowloom_writer USING (true) WITH CHECK (true)', wanted);
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION partitions_of(day DATE)
RETURNS TABLE ("parent" TEXT, "name" TEXT, "from_at" TIMESTAMPTZ, "to_at" TIMESTAMPTZ)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT parent, parent || '_' || to_char(first, 'YYYYMMDD'), first AT TIME ZONE 'UTC', (first + length) AT TIME ZONE 'UTC'
  FROM (VALUES
    ('flow', 'day', interval '1 day'), ('packet_seen', 'day', interval '1 day'),
    ('batch_source', 'day', interval '1 day'), ('channel_1m', 'day', interval '1 day'),
    ('channel_latency_1m', 'day', interval '1 day'),
    ('channel_1h', 'week', interval '1 week'), ('channel_trace_1h', 'week', interval '1 week'),
    ('channel_latency_1h', 'week', interval '1 week'),
    ('channel_1d', 'month', interval '1 month'), ('channel_latency_1d', 'month', interval '1 month'),
    ('source_1m', 'month', interval '1 month')
  ) AS kind (parent, unit, length), date_trunc(unit, day::timestamp) AS first
$$;

CREATE OR REPLACE FUNCTION hold_partitions(days DATE[]) RETURNS BIGINT
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  LOCK TABLE ONLY flow, ONLY packet_seen, ONLY batch_source, ONLY channel_1m, ONLY channel_1h, ONLY channel_1d,
    ONLY channel_trace_1h, ONLY channel_latency_1m, ONLY channel_latency_1h, ONLY channel_latency_1d,
    ONLY source_1m IN ROW EXCLUSIVE MODE;
  IF EXISTS (SELECT FROM unnest(days) AS day, partitions_of(day) AS wanted
      WHERE to_regclass(format('public.%I', wanted.name)) IS NULL) THEN
    RETURN NULL;
  END IF;
  RETURN (SELECT removals FROM name_removal);
END $$;
