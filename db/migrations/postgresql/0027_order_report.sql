CREATE TABLE "order_report" (
	"file_id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"person_id" text NOT NULL,
	"name" text NOT NULL,
	"size" integer NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "order_report" ADD CONSTRAINT "order_report_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "order_report_order" ON "order_report" USING btree ("order_id");