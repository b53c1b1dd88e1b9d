ALTER TABLE "capability" ADD COLUMN "confidence" double precision;--> statement-breakpoint
ALTER TABLE "capability" ADD COLUMN "comparison_factor" double precision DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "capability" ADD COLUMN "designation" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "capability_import" ADD COLUMN "sheets" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "capability_import" ADD COLUMN "decisions" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
-- Rows stated with another k are compared at k = 2; within 0.05 of 2 a k stands for the same 95 %.
UPDATE "capability" SET "comparison_factor" = 2.0 / "coverage_factor" WHERE abs("coverage_factor" - 2) > 0.05;