-- What slowed down as the tables grew. Measured with 7,000,000 flows of one day: packet_seen's key began with a
-- hash, so that each event of a batch changed another page of an index of hundreds of megabytes, and after
-- every checkpoint each of them went into the log as a whole.

-- Packets are asked for around a time, so they are found by time first: what a batch touches is as large as
-- what its minutes brought, however much the day holds. Nothing needs them to be unique: they commit with
-- their batch's ledger row, which is. lib/ingest/count-packets.ts knows the slots.
ALTER TABLE "packet_seen" DROP CONSTRAINT "packet_seen_pkey";
ALTER TABLE "packet_seen" DROP COLUMN "ordinal";
CREATE INDEX "packet_seen_slot" ON "packet_seen" (date_bin('256 seconds', "seen_at", '1970-01-01Z'), "tuple");

-- Files that were shorter than a fingerprint when they were read: few, and each start asks for their lengths.
CREATE INDEX "ingest_batch_short_file" ON "ingest_batch" ((split_part("fingerprint", ':', 1)::int))
  WHERE "fingerprint" ~ '^[0-9]+:' AND "fingerprint" NOT LIKE '4096:%';

-- What is said of each collector is summed up from the index alone.
CREATE INDEX "ingest_batch_source" ON "ingest_batch"
  ("cluster", "source_kind", "committed_at", "accepted", "rejected", "ended_at", "last_at");
CREATE INDEX "ingest_batch_rejected" ON "ingest_batch" ("cluster", "source_kind") WHERE "rejected" > 0;
