ALTER TABLE "accreditation" ADD COLUMN "check_state" text DEFAULT 'stated' NOT NULL;--> statement-breakpoint
ALTER TABLE "accreditation" ADD COLUMN "checked_families" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "accreditation" ADD COLUMN "check_reason" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "accreditation" ADD COLUMN "checked_by" text;--> statement-breakpoint
ALTER TABLE "accreditation" ADD COLUMN "checked_at" bigint;--> statement-breakpoint
ALTER TABLE "accreditation" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "accreditation" ADD COLUMN "stated_at" bigint;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "confirmed" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "accreditation_check" ON "accreditation" USING btree ("check_state");