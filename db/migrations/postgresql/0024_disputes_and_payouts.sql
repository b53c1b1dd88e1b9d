CREATE TABLE "dispute" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"state" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payout" (
	"order_id" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout" ADD CONSTRAINT "payout_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "dispute_order" ON "dispute" USING btree ("order_id");--> statement-breakpoint
-- What stood in columns of the order: the dispute under the id its audit chain tells, with what the bank took of the balance.
INSERT INTO "dispute" (id, order_id, state, amount, currency, created_at, updated_at)
SELECT
  coalesce((SELECT a.data ->> 'dispute' FROM audit_log a WHERE a.chain = 'order:' || o.id AND a.action LIKE 'dispute.%' ORDER BY a.position DESC LIMIT 1), 'order:' || o.id),
  o.id,
  o.dispute,
  coalesce((
    SELECT CAST(sum(e.amount) AS bigint) FROM ledger_transaction t JOIN ledger_entry e ON e.transaction_id = t.id
    WHERE t.order_id = o.id AND t.kind = 'dispute' AND e.account = 'receivable' AND e.amount > 0
  ), o.gross),
  o.currency,
  coalesce((SELECT min(a.at) FROM audit_log a WHERE a.chain = 'order:' || o.id AND a.action LIKE 'dispute.%'), o.updated_at),
  coalesce((SELECT max(a.at) FROM audit_log a WHERE a.chain = 'order:' || o.id AND a.action LIKE 'dispute.%'), o.updated_at)
FROM orders o WHERE o.dispute <> 'none';--> statement-breakpoint
INSERT INTO "payout" (order_id, state, amount, currency, created_at, updated_at)
SELECT o.id, o.payout, o.gross - o.refunded, o.currency, o.updated_at, o.updated_at FROM orders o WHERE o.payout <> 'none';--> statement-breakpoint
ALTER TABLE "orders" DROP COLUMN "payout";--> statement-breakpoint
ALTER TABLE "orders" DROP COLUMN "dispute";