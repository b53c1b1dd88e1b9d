CREATE TABLE `listing` (
	`service_id` text PRIMARY KEY NOT NULL,
	`centre_id` text NOT NULL,
	`content` text NOT NULL,
	`state` text NOT NULL,
	`revision` integer NOT NULL,
	`person_id` text NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `listing_centre` ON `listing` (`centre_id`);--> statement-breakpoint
CREATE TABLE `service_version` (
	`service_id` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`person_id` text NOT NULL,
	`published_at` integer NOT NULL,
	PRIMARY KEY(`service_id`, `version`)
);
--> statement-breakpoint
ALTER TABLE `service` ADD `requirements_zh` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `service` ADD `requirements_en` text DEFAULT '' NOT NULL;