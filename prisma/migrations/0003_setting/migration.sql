-- What the installation remembers of itself and nobody counts: one value per key, for the owner only.
CREATE TABLE "setting" (
  "key" TEXT NOT NULL,
  "value" JSONB NOT NULL,
  CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);
