CREATE TABLE `enquiry` (
	`id` text PRIMARY KEY NOT NULL,
	`centre_id` text NOT NULL,
	`buyer_id` text NOT NULL,
	`person_id` text NOT NULL,
	`path` text DEFAULT '' NOT NULL,
	`said` text DEFAULT '' NOT NULL,
	`text` text DEFAULT '' NOT NULL,
	`quantity` integer NOT NULL,
	`needed_by` text DEFAULT '' NOT NULL,
	`state` text DEFAULT 'open' NOT NULL,
	`answer` text DEFAULT '' NOT NULL,
	`price_from` integer,
	`service_id` text,
	`answered_by_id` text,
	`answered_at` integer,
	`once` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`buyer_id`) REFERENCES `organisation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service_id`) REFERENCES `service`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `enquiry_once` ON `enquiry` (`centre_id`,`once`);--> statement-breakpoint
CREATE INDEX `enquiry_buyer` ON `enquiry` (`buyer_id`,`id`);--> statement-breakpoint
CREATE INDEX `enquiry_centre` ON `enquiry` (`centre_id`,`state`,`id`);--> statement-breakpoint
ALTER TABLE `conversation` ADD `enquiry_id` text REFERENCES enquiry(id);--> statement-breakpoint
CREATE UNIQUE INDEX `conversation_enquiry` ON `conversation` (`enquiry_id`);
--> statement-breakpoint
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
