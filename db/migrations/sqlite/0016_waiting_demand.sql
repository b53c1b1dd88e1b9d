CREATE TABLE `waiting_demand` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`organisation_id` text,
	`search` text NOT NULL,
	`asked` text NOT NULL,
	`said` text NOT NULL,
	`locale` text NOT NULL,
	`created_at` integer NOT NULL,
	`met_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `waiting_demand_person` ON `waiting_demand` (`person_id`);--> statement-breakpoint
CREATE INDEX `waiting_demand_met` ON `waiting_demand` (`met_at`,`created_at`);