ALTER TABLE "claim" RENAME COLUMN "order_id" TO "holder_id";--> statement-breakpoint
ALTER INDEX "claim_order" RENAME TO "claim_holder";--> statement-breakpoint
ALTER TABLE "claim" ADD COLUMN "holder_kind" text DEFAULT 'order' NOT NULL;--> statement-breakpoint
ALTER TABLE "claim" ADD COLUMN "used" boolean DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE "claim" SET "holder_kind" = 'offer' WHERE "holder_id" IN (SELECT "id" FROM "slot_offer");--> statement-breakpoint
UPDATE "claim" SET "used" = true WHERE "holder_id" IN (SELECT "id" FROM "orders" WHERE "progress" IN ('in_service', 'reported', 'closed'));
