CREATE TABLE "enquiry" (
	"id" text PRIMARY KEY NOT NULL,
	"centre_id" text NOT NULL,
	"buyer_id" text NOT NULL,
	"person_id" text NOT NULL,
	"path" text DEFAULT '' NOT NULL,
	"said" text DEFAULT '' NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"quantity" integer NOT NULL,
	"needed_by" text DEFAULT '' NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"answer" text DEFAULT '' NOT NULL,
	"price_from" bigint,
	"service_id" text,
	"answered_by_id" text,
	"answered_at" bigint,
	"once" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "enquiry_id" text;--> statement-breakpoint
ALTER TABLE "enquiry" ADD CONSTRAINT "enquiry_centre_id_centre_id_fk" FOREIGN KEY ("centre_id") REFERENCES "public"."centre"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enquiry" ADD CONSTRAINT "enquiry_buyer_id_organisation_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enquiry" ADD CONSTRAINT "enquiry_service_id_service_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "enquiry_once" ON "enquiry" USING btree ("centre_id","once");--> statement-breakpoint
CREATE INDEX "enquiry_buyer" ON "enquiry" USING btree ("buyer_id","id");--> statement-breakpoint
CREATE INDEX "enquiry_centre" ON "enquiry" USING btree ("centre_id","state","id");--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_enquiry_id_enquiry_id_fk" FOREIGN KEY ("enquiry_id") REFERENCES "public"."enquiry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "conversation_enquiry" ON "conversation" USING btree ("enquiry_id");
--> statement-breakpoint
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
