-- Facts are narrow rows of numbers; names live in dimensions whose ids are 63-bit hashes of their
-- natural keys, so that writers need neither a sequence nor a lookup. Facts have no foreign keys:
-- dimensions are committed first, and an orphan dimension is harmless.

CREATE TABLE "namespace" (
  "id" BIGINT PRIMARY KEY,
  "cluster" TEXT NOT NULL,
  "name" TEXT NOT NULL
);

CREATE TABLE "endpoint" (
  "id" BIGINT PRIMARY KEY,
  "cluster" TEXT NOT NULL,
  -- 1 workload, 2 service, 3 host, 4 networkset, 5 domain, 6 network, 7 unknown
  "kind" SMALLINT NOT NULL,
  -- 0 where the end has no namespace
  "namespace" BIGINT NOT NULL,
  "name" TEXT NOT NULL,
  "workload_kind" TEXT
);

CREATE TABLE "pod" (
  "id" BIGINT PRIMARY KEY,
  "namespace" BIGINT NOT NULL,
  "name" TEXT NOT NULL
);

CREATE TABLE "channel" (
  "id" BIGINT PRIMARY KEY,
  "source" BIGINT NOT NULL,
  "destination" BIGINT NOT NULL,
  "protocol" TEXT NOT NULL,
  -- the server's port; 0 where the protocol has none, -1 where many were folded into `other`
  "port" INTEGER NOT NULL,
  "src_ns" BIGINT NOT NULL,
  "dst_ns" BIGINT NOT NULL
);
CREATE INDEX "channel_source" ON "channel" ("source");
CREATE INDEX "channel_destination" ON "channel" ("destination");

CREATE TABLE "policy_trace" (
  "id" BIGINT PRIMARY KEY,
  "hits" JSONB NOT NULL
);

CREATE TABLE "label_set" (
  "id" BIGINT PRIMARY KEY,
  "labels" TEXT[] NOT NULL
);

-- One row per endpoint, label set and UTC day on which it was seen: order of arrival cannot matter.
CREATE TABLE "endpoint_labels" (
  "endpoint" BIGINT NOT NULL,
  "valid_from" TIMESTAMPTZ(3) NOT NULL,
  "label_set" BIGINT NOT NULL,
  PRIMARY KEY ("endpoint", "valid_from", "label_set")
);

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
  "duration_ms" INTEGER NOT NULL,
  "flows" INTEGER NOT NULL,
  "connections" INTEGER,
  "client_port" INTEGER,
  "server_port" INTEGER,
  -- 1 hubble, 2 calico, 3 whisker, 4 goldmane, 5 netobserv, 6 aws-vpc
  "source_kind" SMALLINT NOT NULL,
  -- 0 unknown, 1 source, 2 destination
  "reporter" SMALLINT NOT NULL,
  -- 1 allowed, 2 denied, 3 dropped
  "verdict" SMALLINT NOT NULL,
  -- place in the list of orientation rules, from 1
  "orientation" SMALLINT NOT NULL,
  -- bits: 1 opening SYN, 2 policy-verdict event, 4 drop event, 8 traced, 16 translated, 32 duplicate
  "flags" SMALLINT NOT NULL,
  "client_address" INET,
  "server_address" INET,
  "drop_reason" TEXT
) PARTITION BY RANGE ("started_at");
CREATE INDEX "flow_started_at" ON "flow" USING BRIN ("started_at");

-- Counters of one bucket. A counter that some records do not know is the sum of those that do;
-- `*_known` says how many did, so that taking a batch back is a subtraction.
CREATE TABLE "channel_1m" (
  "bucket" TIMESTAMPTZ(3) NOT NULL,
  "channel" BIGINT NOT NULL,
  "source_kind" SMALLINT NOT NULL,
  "reporter" SMALLINT NOT NULL,
  "verdict" SMALLINT NOT NULL,
  "src_ns" BIGINT NOT NULL,
  "dst_ns" BIGINT NOT NULL,
  "records" BIGINT NOT NULL,
  "flows" BIGINT NOT NULL,
  "connections" BIGINT NOT NULL,
  "connections_known" BIGINT NOT NULL,
  "bytes" BIGINT NOT NULL,
  "bytes_known" BIGINT NOT NULL,
  "packets" BIGINT NOT NULL,
  "packets_known" BIGINT NOT NULL,
  PRIMARY KEY ("bucket", "channel", "source_kind", "reporter", "verdict")
);

CREATE TABLE "channel_1h" (LIKE "channel_1m" INCLUDING ALL);
CREATE TABLE "channel_1d" (LIKE "channel_1m" INCLUDING ALL);

CREATE TABLE "channel_trace_1h" (
  "bucket" TIMESTAMPTZ(3) NOT NULL,
  "channel" BIGINT NOT NULL,
  "source_kind" SMALLINT NOT NULL,
  -- 1 egress, 2 ingress
  "direction" SMALLINT NOT NULL,
  "verdict" SMALLINT NOT NULL,
  -- policy_trace ids; 0 where the direction has no such hits
  "enforced" BIGINT NOT NULL,
  "pending" BIGINT NOT NULL,
  "src_ns" BIGINT NOT NULL,
  "dst_ns" BIGINT NOT NULL,
  "flows" BIGINT NOT NULL,
  PRIMARY KEY ("bucket", "channel", "source_kind", "direction", "verdict", "enforced", "pending")
);

-- What each collector delivered, minute by minute: which sources a window stands on, where they
-- paused and what they lost, without touching the facts.
CREATE TABLE "source_1m" (
  "bucket" TIMESTAMPTZ(3) NOT NULL,
  "cluster" TEXT NOT NULL,
  "source_kind" SMALLINT NOT NULL,
  "reporter" SMALLINT NOT NULL,
  "records" BIGINT NOT NULL,
  "lost_events" BIGINT NOT NULL,
  -- the coarsest sampling met: 1 in N packets
  "sampling" INTEGER NOT NULL,
  PRIMARY KEY ("cluster", "bucket", "source_kind", "reporter")
);

-- Openings and denied packets by 5-tuple, so that a packet that is logged again counts once however
-- the log is cut into batches. `tuple` hashes cluster, source kind, reporter, protocol, addresses, ports.
CREATE TABLE "packet_seen" (
  "tuple" BIGINT NOT NULL,
  "seen_at" TIMESTAMPTZ(3) NOT NULL,
  "channel" BIGINT NOT NULL,
  "batch" BIGINT NOT NULL,
  -- what a drop event added to the rollups, so that it can be taken back when its policy-verdict event
  -- arrives later; null for every other event
  "bytes" BIGINT,
  "packets" BIGINT,
  "egress" BIGINT,
  "egress_pending" BIGINT,
  "ingress" BIGINT,
  "ingress_pending" BIGINT,
  "flows" INTEGER,
  "connections" INTEGER,
  -- tells apart what one batch saw in one millisecond
  "ordinal" INTEGER NOT NULL,
  -- bits: 1 opening SYN, 2 policy-verdict event, 4 drop event
  "event" SMALLINT NOT NULL,
  "verdict" SMALLINT NOT NULL,
  PRIMARY KEY ("tuple", "seen_at", "batch", "ordinal")
);

CREATE TABLE "ingest_batch" (
  "id" BIGINT PRIMARY KEY,
  -- one run of the command or one request makes one or more batches
  "run" BIGINT NOT NULL,
  -- where most of its records belong
  "cluster" TEXT NOT NULL,
  -- what the client named, '' for nothing: byte ranges and keys count per named cluster
  "named_cluster" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "source_kind" SMALLINT,
  -- what a person would call the input: a path, `standard input`, `http`
  "source" TEXT NOT NULL,
  -- files and keyed input only: which content, and which bytes of it (after decompression); the range
  -- is null where nothing of the batch could be read, so that it is tried again
  "fingerprint" TEXT,
  "byte_from" BIGINT,
  "byte_to" BIGINT,
  "line_from" BIGINT,
  "line_to" BIGINT,
  "content_hash" TEXT,
  "accepted" INTEGER NOT NULL,
  "rejected" INTEGER NOT NULL,
  "ignored" INTEGER NOT NULL,
  "reasons" JSONB NOT NULL,
  "lost_events" BIGINT NOT NULL,
  "sampling" INTEGER NOT NULL,
  "first_at" TIMESTAMPTZ(3),
  "last_at" TIMESTAMPTZ(3),
  "committed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "ingest_batch_key" ON "ingest_batch" ("named_cluster", "key");
CREATE INDEX "ingest_batch_fingerprint" ON "ingest_batch" ("fingerprint");

-- Whole inputs that came with a key: the answer that a repetition gets.
CREATE TABLE "ingest_request" (
  "cluster" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "body_hash" TEXT NOT NULL,
  "document" JSONB NOT NULL,
  "committed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("cluster", "key")
);

CREATE TABLE "rejected_line" (
  "batch" BIGINT NOT NULL,
  "byte_from" BIGINT NOT NULL,
  "line" BIGINT NOT NULL,
  "source" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "field" TEXT,
  "message" TEXT NOT NULL,
  -- the line as it came, cut at 64 KiB; bytes, since it may be no text at all
  "content" BYTEA NOT NULL,
  "rejected_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("batch", "byte_from")
);
