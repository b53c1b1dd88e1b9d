CREATE TABLE "calendar_feed" (
	"secret_hash" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"person_id" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feed_person" ON "calendar_feed" USING btree ("person_id","organisation_id");