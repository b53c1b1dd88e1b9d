CREATE TABLE "invoice_rate" (
	"centre_id" text NOT NULL,
	"valid_from" text NOT NULL,
	"rate" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "invoice_rate_centre_id_valid_from_pk" PRIMARY KEY("centre_id","valid_from")
);
--> statement-breakpoint
CREATE TABLE "invoice_title" (
	"id" text PRIMARY KEY NOT NULL,
	"buyer_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"tax_id" text NOT NULL,
	"email" text NOT NULL,
	"address" text DEFAULT '' NOT NULL,
	"phone" text DEFAULT '' NOT NULL,
	"bank" text DEFAULT '' NOT NULL,
	"account" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "invoice_rate" ADD CONSTRAINT "invoice_rate_centre_id_centre_id_fk" FOREIGN KEY ("centre_id") REFERENCES "public"."centre"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_title" ADD CONSTRAINT "invoice_title_buyer_id_organisation_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_title_once" ON "invoice_title" USING btree ("buyer_id","tax_id","kind");--> statement-breakpoint
CREATE INDEX "invoice_title_buyer" ON "invoice_title" USING btree ("buyer_id","created_at");