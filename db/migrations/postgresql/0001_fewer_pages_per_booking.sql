DROP INDEX "audit_at";--> statement-breakpoint
DROP INDEX "order_event_order";--> statement-breakpoint
DROP INDEX "orders_submission";--> statement-breakpoint
ALTER TABLE "order_event" DROP CONSTRAINT "order_event_pkey";--> statement-breakpoint
ALTER TABLE "order_event" ADD CONSTRAINT "order_event_order_id_id_pk" PRIMARY KEY("order_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_submission" ON "orders" USING btree ("submission_key","buyer_id");
