ALTER TABLE `accreditation` ADD `check_state` text DEFAULT 'stated' NOT NULL;--> statement-breakpoint
ALTER TABLE `accreditation` ADD `checked_families` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `accreditation` ADD `check_reason` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `accreditation` ADD `checked_by` text;--> statement-breakpoint
ALTER TABLE `accreditation` ADD `checked_at` integer;--> statement-breakpoint
ALTER TABLE `accreditation` ADD `revision` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `accreditation` ADD `stated_at` integer;--> statement-breakpoint
CREATE INDEX `accreditation_check` ON `accreditation` (`check_state`);--> statement-breakpoint
ALTER TABLE `service` ADD `confirmed` text DEFAULT '' NOT NULL;