CREATE TABLE `agreement` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`terms` integer NOT NULL,
	`privacy` integer NOT NULL,
	`agreed_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `agreement_person` ON `agreement` (`person_id`);--> statement-breakpoint
CREATE TABLE `legal_text` (
	`id` text PRIMARY KEY NOT NULL,
	`page` text NOT NULL,
	`version` integer NOT NULL,
	`text_zh` text NOT NULL,
	`text_en` text NOT NULL,
	`effective_at` integer,
	`updated_at` integer NOT NULL,
	`updated_by_id` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `legal_text_version` ON `legal_text` (`page`,`version`);--> statement-breakpoint
ALTER TABLE `person` ADD `agreed_terms` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `person` ADD `agreed_privacy` integer DEFAULT 0 NOT NULL;