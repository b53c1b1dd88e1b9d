ALTER TABLE `capability` ADD `confidence` real;--> statement-breakpoint
ALTER TABLE `capability` ADD `comparison_factor` real DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `capability` ADD `designation` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `capability_import` ADD `sheets` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `capability_import` ADD `decisions` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
-- Rows stated with another k are compared at k = 2; within 0.05 of 2 a k stands for the same 95 %.
UPDATE `capability` SET `comparison_factor` = 2.0 / `coverage_factor` WHERE abs(`coverage_factor` - 2) > 0.05;