CREATE TABLE `calendar_feed` (
	`secret_hash` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`person_id` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feed_person` ON `calendar_feed` (`person_id`,`organisation_id`);