-- How many ports a pair of endpoints has is asked for every channel that is new to a writer.
DROP INDEX "channel_source";
CREATE INDEX "channel_pair" ON "channel" ("source", "destination", "protocol");

-- What a collector added to the dimensions on one UTC day of arrival: beyond a ceiling, newcomers are
-- folded together.
CREATE TABLE "dimension_growth" (
  "day" DATE NOT NULL,
  "cluster" TEXT NOT NULL,
  -- 0 where the batch had no readable line
  "source_kind" SMALLINT NOT NULL,
  "dimension" TEXT NOT NULL,
  "added" BIGINT NOT NULL,
  -- how many newcomers met the ceiling, each counted once per batch
  "folded" BIGINT NOT NULL,
  PRIMARY KEY ("day", "cluster", "source_kind", "dimension")
);

-- Addresses behind the ends that have no namespace. At most 256 of a channel and day are kept; the row
-- without an address counts the flows of all others.
CREATE TABLE "external_address" (
  "day" DATE NOT NULL,
  "channel" BIGINT NOT NULL,
  -- 1 client, 2 server
  "side" SMALLINT NOT NULL,
  "address" INET,
  "src_ns" BIGINT NOT NULL,
  "dst_ns" BIGINT NOT NULL,
  "flows" BIGINT NOT NULL,
  UNIQUE NULLS NOT DISTINCT ("day", "channel", "side", "address")
);

GRANT SELECT ON "dimension_growth", "external_address" TO flowloom_reader;
GRANT SELECT, INSERT, UPDATE ON "dimension_growth", "external_address" TO flowloom_writer;

-- Raw flows of a batch that folds go through a temporary table.
DO $$
BEGIN
  EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO flowloom_writer', current_database());
END $$;
