-- Whose access an admin looks with, by session: it ends with the session, and with the person who is looked at.
-- The owner alone reads and writes it, as with sessions.
CREATE TABLE "view_as" (
  "session_id" TEXT NOT NULL,
  "user_id" TEXT NOT NULL,
  "begun_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "view_as_pkey" PRIMARY KEY ("session_id"),
  CONSTRAINT "view_as_session_fkey" FOREIGN KEY ("session_id") REFERENCES "user_session" ("id") ON DELETE CASCADE,
  CONSTRAINT "view_as_user_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user" ("id") ON DELETE CASCADE
);
CREATE INDEX "view_as_user" ON "view_as" ("user_id");
