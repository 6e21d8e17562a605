-- Which nodes a collector delivered from, in stretches of ten minutes: a pause of ten minutes or more
-- lies between two rows of a node, and is next.first_at - prev.last_at to the millisecond. A record
-- counts whole in the stretch of its start; last_at is the end of the last one and may lie beyond it.
CREATE TABLE "source_node_10m" (
  "bucket" TIMESTAMPTZ(3) NOT NULL,
  "cluster" TEXT NOT NULL,
  "source_kind" SMALLINT NOT NULL,
  -- '' stands for all nodes past the day's ceiling
  "node" TEXT NOT NULL,
  "records" BIGINT NOT NULL,
  "first_at" TIMESTAMPTZ(3) NOT NULL,
  "last_at" TIMESTAMPTZ(3) NOT NULL,
  PRIMARY KEY ("cluster", "source_kind", "node", "bucket")
);
CREATE INDEX "source_node_10m_bucket" ON "source_node_10m" USING BRIN ("bucket");

-- The nodes of a cluster and day that have rows of their own: what the ceiling is counted by.
CREATE TABLE "source_node" (
  "cluster" TEXT NOT NULL,
  "day" DATE NOT NULL,
  "node" TEXT NOT NULL,
  PRIMARY KEY ("cluster", "day", "node")
);

-- What a batch added to source_node_10m, as [bucket in minutes, cluster, source kind, node, records]:
-- raw flows do not know their node, so that taking a batch back needs it.
ALTER TABLE "ingest_batch" ADD COLUMN "nodes" JSONB;
-- When the last of its flows ended: committed_at - ended_at is how far behind its source was.
ALTER TABLE "ingest_batch" ADD COLUMN "ended_at" TIMESTAMPTZ(3);
-- The batch whose rejected lines this one took in at a later try.
ALTER TABLE "ingest_batch" ADD COLUMN "retry_of" BIGINT;
CREATE INDEX "ingest_batch_last_at" ON "ingest_batch" ("last_at");
CREATE INDEX "ingest_batch_committed_at" ON "ingest_batch" ("committed_at");

-- How long the whole line was: what was cut cannot be tried again. null: kept before this was known.
ALTER TABLE "rejected_line" ADD COLUMN "length" BIGINT;

GRANT SELECT ON "source_node_10m", "source_node" TO flowloom_reader;
GRANT SELECT, INSERT, UPDATE ON "source_node_10m" TO flowloom_writer;
GRANT SELECT, INSERT ON "source_node" TO flowloom_writer;
-- A rejected line that is accepted at a later try leaves the quarantine and its batch's count.
GRANT UPDATE ("rejected", "reasons") ON "ingest_batch" TO flowloom_writer;
GRANT UPDATE ("code", "field", "message"), DELETE ON "rejected_line" TO flowloom_writer;
