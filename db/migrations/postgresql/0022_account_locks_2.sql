CREATE TABLE "audit_finding" (
	"id" text PRIMARY KEY NOT NULL,
	"fault" text NOT NULL,
	"chain" text NOT NULL,
	"position" integer NOT NULL,
	"first_at" bigint NOT NULL,
	"last_at" bigint NOT NULL,
	"gone" boolean DEFAULT false NOT NULL,
	"looked_at" bigint,
	"looked_by" text,
	"note" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passkey" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"name" text NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" text NOT NULL,
	"counter" bigint NOT NULL,
	"transports" jsonb NOT NULL,
	"suspected_at" bigint,
	"created_at" bigint NOT NULL,
	"last_used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "passkey_challenge" (
	"session_id" text NOT NULL,
	"purpose" text NOT NULL,
	"challenge" text NOT NULL,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "passkey_challenge_session_id_purpose_pk" PRIMARY KEY("session_id","purpose")
);
--> statement-breakpoint
CREATE TABLE "second_factor_removal" (
	"person_id" text PRIMARY KEY NOT NULL,
	"asked_by" text NOT NULL,
	"reason" text NOT NULL,
	"expires_at" bigint NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unpaid_holds" (
	"buyer_id" text PRIMARY KEY NOT NULL,
	"orders" integer NOT NULL,
	"minutes" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "centre" ADD COLUMN "verified_as" jsonb;--> statement-breakpoint
ALTER TABLE "passkey" ADD CONSTRAINT "passkey_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_factor_removal" ADD CONSTRAINT "second_factor_removal_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_factor_removal" ADD CONSTRAINT "second_factor_removal_asked_by_person_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unpaid_holds" ADD CONSTRAINT "unpaid_holds_buyer_id_organisation_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "audit_finding_once" ON "audit_finding" USING btree ("fault","chain","position");--> statement-breakpoint
CREATE INDEX "audit_finding_looked" ON "audit_finding" USING btree ("looked_at");--> statement-breakpoint
CREATE UNIQUE INDEX "passkey_credential" ON "passkey" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "passkey_person" ON "passkey" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "passkey_challenge_expires" ON "passkey_challenge" USING btree ("expires_at");--> statement-breakpoint
-- What is booked and unpaid when the counting begins.
INSERT INTO "unpaid_holds" ("buyer_id", "orders", "minutes")
  SELECT "buyer_id", count(*), sum(coalesce(("snapshot"->>'minutes')::int, 0) * coalesce(jsonb_array_length("snapshot"->'poolIds'), 1))
  FROM "orders" WHERE "progress" IN ('held', 'requested') GROUP BY "buyer_id";
