-- People, how they sign in, and what they hold. The first four tables are better-auth's, under names of ours.
CREATE TABLE "app_user" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "email" TEXT NOT NULL,
  "email_verified" BOOLEAN NOT NULL DEFAULT FALSE,
  "image" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  -- what one may do in the whole estate; null: nothing
  "role" TEXT,
  -- came with the demo data and goes with them
  "is_demo" BOOLEAN NOT NULL DEFAULT FALSE,
  CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "app_user_email" ON "app_user" ("email");

CREATE TABLE "user_session" (
  "id" TEXT NOT NULL,
  "token" TEXT NOT NULL,
  "user_id" TEXT NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "ip_address" TEXT,
  "user_agent" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "user_session_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "user_session_token" ON "user_session" ("token");
CREATE INDEX "user_session_user" ON "user_session" ("user_id");
CREATE INDEX "user_session_expires_at" ON "user_session" ("expires_at");
ALTER TABLE "user_session" ADD CONSTRAINT "user_session_user_fkey"
  FOREIGN KEY ("user_id") REFERENCES "app_user" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One way of one person to sign in: a password ('credential'), or an account at the identity provider.
CREATE TABLE "user_login" (
  "id" TEXT NOT NULL,
  "user_id" TEXT NOT NULL,
  "provider_id" TEXT NOT NULL,
  "account_id" TEXT NOT NULL,
  "password" TEXT,
  "access_token" TEXT,
  "refresh_token" TEXT,
  "id_token" TEXT,
  "access_token_expires_at" TIMESTAMPTZ(3),
  "refresh_token_expires_at" TIMESTAMPTZ(3),
  "scope" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "user_login_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "user_login_account" ON "user_login" ("provider_id", "account_id");
CREATE INDEX "user_login_user" ON "user_login" ("user_id");
ALTER TABLE "user_login" ADD CONSTRAINT "user_login_user_fkey"
  FOREIGN KEY ("user_id") REFERENCES "app_user" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is under way at the identity provider.
CREATE TABLE "sign_in_state" (
  "id" TEXT NOT NULL,
  "identifier" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "sign_in_state_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "sign_in_state_identifier" ON "sign_in_state" ("identifier");

CREATE TABLE "user_group" (
  "user_id" TEXT NOT NULL,
  "group" TEXT NOT NULL,
  -- 'local', or 'oidc': the identity provider's, replaced with every sign-in through it
  "source" TEXT NOT NULL,
  CONSTRAINT "user_group_pkey" PRIMARY KEY ("user_id", "source", "group")
);
ALTER TABLE "user_group" ADD CONSTRAINT "user_group_user_fkey"
  FOREIGN KEY ("user_id") REFERENCES "app_user" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a script shows in the name of a person. As for ingest tokens, a hash of 256 random bits is kept.
CREATE TABLE "api_token" (
  "id" TEXT NOT NULL,
  "secret_hash" BYTEA NOT NULL,
  "user_id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  -- at most these, and never more than the person has
  "rights" TEXT[] NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "revoked_at" TIMESTAMPTZ(3),
  -- coarse: written once in a few minutes, not with every request
  "last_used_at" TIMESTAMPTZ(3),
  CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "api_token_secret" ON "api_token" ("secret_hash");
CREATE INDEX "api_token_user" ON "api_token" ("user_id");
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_user_fkey"
  FOREIGN KEY ("user_id") REFERENCES "app_user" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Tries to sign in, counted by account and by address. A key is a hash where it would be an e-mail address.
CREATE TABLE "sign_in_attempt" (
  "key" TEXT NOT NULL,
  "tries" INTEGER NOT NULL,
  "since" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "sign_in_attempt_since" ON "sign_in_attempt" ("since");

-- The owner alone signs people in. Who is who is read to decide on access; no reader meets a hash or a session.
GRANT SELECT ("id", "email", "role") ON "app_user" TO flowloom_reader;
GRANT SELECT ON "user_group" TO flowloom_reader;
