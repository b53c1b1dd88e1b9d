DROP INDEX "orders_buyer";--> statement-breakpoint
ALTER TABLE "unpaid_holds" ADD COLUMN "changes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "orders_buyer_progress" ON "orders" USING btree ("buyer_id","progress","created_at","id","gross");--> statement-breakpoint
CREATE INDEX "orders_buyer" ON "orders" USING btree ("buyer_id","created_at","id");
