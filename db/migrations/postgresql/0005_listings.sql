CREATE TABLE "listing" (
	"service_id" text PRIMARY KEY NOT NULL,
	"centre_id" text NOT NULL,
	"content" jsonb NOT NULL,
	"state" text NOT NULL,
	"revision" integer NOT NULL,
	"person_id" text NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service_version" (
	"service_id" text NOT NULL,
	"version" integer NOT NULL,
	"content" jsonb NOT NULL,
	"person_id" text NOT NULL,
	"published_at" bigint NOT NULL,
	CONSTRAINT "service_version_service_id_version_pk" PRIMARY KEY("service_id","version")
);
--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "requirements_zh" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "requirements_en" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "listing" ADD CONSTRAINT "listing_centre_id_centre_id_fk" FOREIGN KEY ("centre_id") REFERENCES "public"."centre"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "listing_centre" ON "listing" USING btree ("centre_id");