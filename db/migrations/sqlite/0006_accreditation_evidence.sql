CREATE TABLE `stored_file` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`person_id` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `stored_file_organisation` ON `stored_file` (`organisation_id`);--> statement-breakpoint
ALTER TABLE `accreditation` ADD `scope` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `accreditation` ADD `evidence_id` text;--> statement-breakpoint
ALTER TABLE `accreditation` ADD `warned_days` integer;