CREATE TABLE "invoice" (
	"id" text PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"buyer_id" text NOT NULL,
	"centre_id" text NOT NULL,
	"person_id" text NOT NULL,
	"state" text NOT NULL,
	"title" jsonb NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"lines" jsonb NOT NULL,
	"amount" bigint NOT NULL,
	"tax" bigint NOT NULL,
	"currency" text DEFAULT 'cny' NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"invoice_number" text,
	"issued_on" text,
	"issued_at" bigint,
	"used_at" bigint,
	"files" jsonb NOT NULL,
	"files_owner_id" text,
	"submission_key" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invoice_choice" (
	"order_id" text PRIMARY KEY NOT NULL,
	"title_id" text NOT NULL,
	"person_id" text NOT NULL
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
CREATE TABLE "invoiced_order" (
	"order_id" text PRIMARY KEY NOT NULL,
	"invoice_id" text NOT NULL,
	"amount" bigint NOT NULL,
	"reduced" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "red_letter" (
	"id" text PRIMARY KEY NOT NULL,
	"invoice_id" text NOT NULL,
	"refund_id" text,
	"order_id" text,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"amount" bigint NOT NULL,
	"tax" bigint NOT NULL,
	"invoice_used" boolean NOT NULL,
	"raised_at" bigint NOT NULL,
	"confirmed_at" bigint,
	"red_number" text,
	"issued_on" text,
	"files" jsonb NOT NULL,
	"files_owner_id" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tax_class" (
	"centre_id" text NOT NULL,
	"family" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"item" text NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "tax_class_centre_id_family_pk" PRIMARY KEY("centre_id","family")
);
--> statement-breakpoint
CREATE TABLE "tax_rate" (
	"centre_id" text NOT NULL,
	"valid_from" text NOT NULL,
	"rate" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "tax_rate_centre_id_valid_from_pk" PRIMARY KEY("centre_id","valid_from")
);
--> statement-breakpoint
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_buyer_id_organisation_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_centre_id_centre_id_fk" FOREIGN KEY ("centre_id") REFERENCES "public"."centre"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_choice" ADD CONSTRAINT "invoice_choice_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_choice" ADD CONSTRAINT "invoice_choice_title_id_invoice_title_id_fk" FOREIGN KEY ("title_id") REFERENCES "public"."invoice_title"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_title" ADD CONSTRAINT "invoice_title_buyer_id_organisation_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoiced_order" ADD CONSTRAINT "invoiced_order_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoiced_order" ADD CONSTRAINT "invoiced_order_invoice_id_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoice"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "red_letter" ADD CONSTRAINT "red_letter_invoice_id_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoice"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tax_class" ADD CONSTRAINT "tax_class_centre_id_centre_id_fk" FOREIGN KEY ("centre_id") REFERENCES "public"."centre"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tax_rate" ADD CONSTRAINT "tax_rate_centre_id_centre_id_fk" FOREIGN KEY ("centre_id") REFERENCES "public"."centre"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_own_number" ON "invoice" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_number_once" ON "invoice" USING btree ("invoice_number");--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_submission" ON "invoice" USING btree ("submission_key","buyer_id");--> statement-breakpoint
CREATE INDEX "invoice_buyer" ON "invoice" USING btree ("buyer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "invoice_centre" ON "invoice" USING btree ("centre_id","state","created_at");--> statement-breakpoint
CREATE INDEX "invoice_choice_title" ON "invoice_choice" USING btree ("title_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_title_once" ON "invoice_title" USING btree ("buyer_id","tax_id","kind");--> statement-breakpoint
CREATE INDEX "invoice_title_buyer" ON "invoice_title" USING btree ("buyer_id","created_at");--> statement-breakpoint
CREATE INDEX "invoiced_order_invoice" ON "invoiced_order" USING btree ("invoice_id");--> statement-breakpoint
CREATE UNIQUE INDEX "red_letter_number_once" ON "red_letter" USING btree ("red_number");--> statement-breakpoint
CREATE INDEX "red_letter_invoice" ON "red_letter" USING btree ("invoice_id","raised_at");--> statement-breakpoint
CREATE INDEX "red_letter_state" ON "red_letter" USING btree ("state","raised_at");
