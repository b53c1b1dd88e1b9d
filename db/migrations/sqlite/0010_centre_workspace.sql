CREATE TABLE `capability_version` (
	`capability_id` text NOT NULL,
	`version` integer NOT NULL,
	`centre_id` text NOT NULL,
	`row` text NOT NULL,
	`person_id` text NOT NULL,
	`ended_at` integer NOT NULL,
	`removed` integer NOT NULL,
	PRIMARY KEY(`capability_id`, `version`)
);
--> statement-breakpoint
CREATE INDEX `capability_version_centre` ON `capability_version` (`centre_id`,`ended_at`);--> statement-breakpoint
CREATE TABLE `centre_member` (
	`centre_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`person_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`centre_id`, `organisation_id`)
);
--> statement-breakpoint
CREATE TABLE `centre_proof` (
	`id` text PRIMARY KEY NOT NULL,
	`centre_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`person_id` text NOT NULL,
	`statement` text NOT NULL,
	`file_ids` text NOT NULL,
	`state` text NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisation`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `centre_proof_state` ON `centre_proof` (`state`,`created_at`);--> statement-breakpoint
CREATE INDEX `centre_proof_organisation` ON `centre_proof` (`organisation_id`);--> statement-breakpoint
CREATE TABLE `park_firm` (
	`park_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`state` text NOT NULL,
	`person_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`park_id`, `organisation_id`)
);
--> statement-breakpoint
CREATE INDEX `park_firm_organisation` ON `park_firm` (`organisation_id`);--> statement-breakpoint
CREATE TABLE `stock` (
	`service_id` text PRIMARY KEY NOT NULL,
	`available` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `slot_offer` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`centre_id` text NOT NULL,
	`service_id` text NOT NULL,
	`buyer_id` text NOT NULL,
	`waiting_id` text,
	`order_id` text,
	`quantity` integer NOT NULL,
	`start_at` integer NOT NULL,
	`end_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `slot_offer_open` ON `slot_offer` (`state`,`expires_at`);--> statement-breakpoint
CREATE INDEX `slot_offer_order` ON `slot_offer` (`order_id`);--> statement-breakpoint
CREATE INDEX `slot_offer_buyer` ON `slot_offer` (`buyer_id`,`state`);--> statement-breakpoint
CREATE INDEX `slot_offer_waiting` ON `slot_offer` (`waiting_id`);--> statement-breakpoint
CREATE TABLE `waiting_place` (
	`id` text PRIMARY KEY NOT NULL,
	`centre_id` text NOT NULL,
	`service_id` text NOT NULL,
	`buyer_id` text NOT NULL,
	`person_id` text NOT NULL,
	`order_id` text,
	`quantity` integer NOT NULL,
	`from_at` integer NOT NULL,
	`before_at` integer NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`service_id`) REFERENCES `service`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `waiting_place_service` ON `waiting_place` (`service_id`,`state`,`created_at`);--> statement-breakpoint
CREATE INDEX `waiting_place_buyer` ON `waiting_place` (`buyer_id`,`state`);--> statement-breakpoint
CREATE INDEX `waiting_place_order` ON `waiting_place` (`order_id`);--> statement-breakpoint
CREATE TABLE `busy_calendar` (
	`id` text PRIMARY KEY NOT NULL,
	`centre_id` text NOT NULL,
	`resource_id` text NOT NULL,
	`name` text NOT NULL,
	`url` text DEFAULT '' NOT NULL,
	`read_at` integer,
	`fault` text DEFAULT '' NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`resource_id`) REFERENCES `resource`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `busy_calendar_centre` ON `busy_calendar` (`centre_id`);--> statement-breakpoint
CREATE INDEX `busy_calendar_read` ON `busy_calendar` (`read_at`);--> statement-breakpoint
ALTER TABLE `capability` ADD `valid_from` integer;--> statement-breakpoint
ALTER TABLE `capability` ADD `valid_until` integer;--> statement-breakpoint
ALTER TABLE `capability` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `centre` ADD `verified_at` integer;--> statement-breakpoint
ALTER TABLE `service` ADD `per_point_net` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `service` ADD `included_points` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `service` ADD `range_prices` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `service` ADD `member_basis_points` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `service` ADD `park_basis_points` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `service` ADD `travel_zones` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `service` ADD `buffer_minutes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `service` ADD `moves` text DEFAULT 'tell' NOT NULL;--> statement-breakpoint
ALTER TABLE `service` ADD `paused_until` integer;--> statement-breakpoint
ALTER TABLE `service` ADD `pictures` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `service` ADD `scorecard` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `service` ADD `operation` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `stored_file` ADD `audience` text DEFAULT 'own' NOT NULL;--> statement-breakpoint
ALTER TABLE `closure` ADD `resource_id` text REFERENCES resource(id);--> statement-breakpoint
ALTER TABLE `closure` ADD `calendar_id` text;--> statement-breakpoint
ALTER TABLE `resource` ADD `person_id` text;