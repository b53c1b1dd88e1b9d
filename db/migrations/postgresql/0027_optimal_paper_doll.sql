CREATE TABLE "agreement" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"terms" integer NOT NULL,
	"privacy" integer NOT NULL,
	"agreed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "legal_text" (
	"id" text PRIMARY KEY NOT NULL,
	"page" text NOT NULL,
	"version" integer NOT NULL,
	"text_zh" text NOT NULL,
	"text_en" text NOT NULL,
	"effective_at" bigint,
	"updated_at" bigint NOT NULL,
	"updated_by_id" text
);
--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "agreed_terms" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "agreed_privacy" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "agreement" ADD CONSTRAINT "agreement_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agreement_person" ON "agreement" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "legal_text_version" ON "legal_text" USING btree ("page","version");