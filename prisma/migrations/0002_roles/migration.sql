-- Roles belong to the instance, not to the database: another database of it may have made them already,
-- or be making them at this moment.
DO $$
DECLARE wanted TEXT;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['flowloom_writer', 'flowloom_reader'] LOOP
    -- Asked first: where the role is there, an owner needs no right to make one.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END;
    END IF;
    -- The owner takes these roles on; a superuser needs no grant, and a second grant at the same moment is fine.
    IF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
    END IF;
  END LOOP;
END $$;

GRANT USAGE ON SCHEMA public TO flowloom_writer, flowloom_reader;

-- Partitions inherit nothing from this: the reader reads flows through the parent only.
GRANT SELECT ON "namespace", "endpoint", "pod", "channel", "policy_trace", "label_set", "endpoint_labels",
  "flow", "channel_1m", "channel_1h", "channel_1d", "channel_trace_1h", "source_1m",
  "ingest_batch", "rejected_line" TO flowloom_reader;

GRANT SELECT, INSERT ON "namespace", "pod", "channel", "policy_trace", "label_set", "endpoint_labels",
  "flow", "ingest_batch", "rejected_line" TO flowloom_writer;
-- A batch of which nothing could be read is met again under the run that tried it last.
GRANT UPDATE ("run", "committed_at") ON "ingest_batch" TO flowloom_writer;
GRANT SELECT, INSERT, DELETE ON "ingest_request" TO flowloom_writer;
GRANT SELECT, INSERT, UPDATE ON "endpoint", "channel_1m", "channel_1h", "channel_1d", "channel_trace_1h",
  "source_1m", "packet_seen" TO flowloom_writer;
-- Zero rows are taken out when a packet that was counted turns out to be a repetition.
GRANT DELETE ON "channel_1m", "channel_1h", "channel_1d", "channel_trace_1h" TO flowloom_writer;

-- The writer meets a day before maintenance made its partition; it may make that, and nothing else.
CREATE FUNCTION ensure_flow_partition(day DATE) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE partition TEXT := 'flow_' || to_char(day, 'YYYYMMDD');
BEGIN
  IF to_regclass(format('public.%I', partition)) IS NOT NULL THEN
    RETURN;
  END IF;
  -- Two writers may meet the same day at once.
  PERFORM pg_advisory_xact_lock(hashtext('flowloom.partition'));
  EXECUTE format('CREATE TABLE IF NOT EXISTS public.%I PARTITION OF public.flow FOR VALUES FROM (%L) TO (%L)',
    partition, day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
END $$;
REVOKE ALL ON FUNCTION ensure_flow_partition(DATE) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ensure_flow_partition(DATE) TO flowloom_writer;
