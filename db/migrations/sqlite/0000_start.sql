CREATE TABLE `capability` (
	`id` text PRIMARY KEY NOT NULL,
	`centre_id` text NOT NULL,
	`field_zh` text NOT NULL,
	`instrument_zh` text NOT NULL,
	`instrument_en` text NOT NULL,
	`measurand_zh` text NOT NULL,
	`measurand_en` text DEFAULT '' NOT NULL,
	`method` text NOT NULL,
	`range_min` real NOT NULL,
	`range_max` real NOT NULL,
	`unit` text NOT NULL,
	`base_min` real NOT NULL,
	`base_max` real NOT NULL,
	`kind` text NOT NULL,
	`uncertainty` text NOT NULL,
	`uncertainty_text` text NOT NULL,
	`second_parameters` text NOT NULL,
	`coverage_factor` real NOT NULL,
	`level_of_confidence` real DEFAULT 0.95 NOT NULL,
	`conditions_zh` text DEFAULT '' NOT NULL,
	`conditions_en` text DEFAULT '' NOT NULL,
	`accreditation_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`accreditation_id`) REFERENCES `accreditation`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `capability_centre` ON `capability` (`centre_id`);--> statement-breakpoint
CREATE INDEX `capability_instrument` ON `capability` (`instrument_zh`);--> statement-breakpoint
CREATE TABLE `accreditation` (
	`id` text PRIMARY KEY NOT NULL,
	`centre_id` text NOT NULL,
	`kind` text NOT NULL,
	`number` text NOT NULL,
	`valid_from` integer NOT NULL,
	`valid_until` integer NOT NULL,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `accreditation_centre` ON `accreditation` (`centre_id`);--> statement-breakpoint
CREATE TABLE `centre` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`organisation_id` text,
	`park_id` text,
	`name_zh` text NOT NULL,
	`name_en` text NOT NULL,
	`host_zh` text DEFAULT '' NOT NULL,
	`host_en` text DEFAULT '' NOT NULL,
	`intro_zh` text DEFAULT '' NOT NULL,
	`intro_en` text DEFAULT '' NOT NULL,
	`city_zh` text NOT NULL,
	`city_en` text NOT NULL,
	`address_zh` text DEFAULT '' NOT NULL,
	`address_en` text DEFAULT '' NOT NULL,
	`latitude` real,
	`longitude` real,
	`time_zone` text DEFAULT 'Asia/Shanghai' NOT NULL,
	`credit_grade` text,
	`demonstration` integer DEFAULT false NOT NULL,
	`source` text DEFAULT '' NOT NULL,
	`source_confidence` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`park_id`) REFERENCES `park`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `centre_slug` ON `centre` (`slug`);--> statement-breakpoint
CREATE INDEX `centre_park` ON `centre` (`park_id`);--> statement-breakpoint
CREATE INDEX `centre_organisation` ON `centre` (`organisation_id`);--> statement-breakpoint
CREATE TABLE `park` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`organisation_id` text,
	`name_zh` text NOT NULL,
	`name_en` text NOT NULL,
	`city_zh` text NOT NULL,
	`city_en` text NOT NULL,
	`focus_zh` text DEFAULT '' NOT NULL,
	`focus_en` text DEFAULT '' NOT NULL,
	`fact_zh` text DEFAULT '' NOT NULL,
	`fact_en` text DEFAULT '' NOT NULL,
	`source` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisation`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `park_slug` ON `park` (`slug`);--> statement-breakpoint
CREATE TABLE `service` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`centre_id` text NOT NULL,
	`family` text NOT NULL,
	`field` text NOT NULL,
	`name_zh` text NOT NULL,
	`name_en` text NOT NULL,
	`summary_zh` text NOT NULL,
	`summary_en` text NOT NULL,
	`instrument_zh` text DEFAULT '' NOT NULL,
	`instrument_en` text DEFAULT '' NOT NULL,
	`specification` text DEFAULT '' NOT NULL,
	`status` text NOT NULL,
	`booking` text NOT NULL,
	`unit_net` integer NOT NULL,
	`unit` text DEFAULT 'piece' NOT NULL,
	`setup_net` integer DEFAULT 0 NOT NULL,
	`travel_net` integer DEFAULT 0 NOT NULL,
	`courier_net` integer DEFAULT 0 NOT NULL,
	`expedite_basis_points` integer,
	`vat_basis_points` integer DEFAULT 600 NOT NULL,
	`lead_days` integer NOT NULL,
	`turnaround_days` integer NOT NULL,
	`horizon_days` integer DEFAULT 60 NOT NULL,
	`setup_minutes` integer NOT NULL,
	`minutes_per_item` integer NOT NULL,
	`max_quantity` integer NOT NULL,
	`delivery_modes` text NOT NULL,
	`cancel_policy` text NOT NULL,
	`decision_hours` integer DEFAULT 48 NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `service_slug` ON `service` (`slug`);--> statement-breakpoint
CREATE INDEX `service_centre` ON `service` (`centre_id`,`status`);--> statement-breakpoint
CREATE TABLE `service_capability` (
	`service_id` text NOT NULL,
	`capability_id` text NOT NULL,
	PRIMARY KEY(`service_id`, `capability_id`)
);
--> statement-breakpoint
CREATE INDEX `service_capability_capability` ON `service_capability` (`capability_id`);--> statement-breakpoint
CREATE TABLE `service_pool` (
	`service_id` text NOT NULL,
	`pool_id` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`service_id`, `pool_id`)
);
--> statement-breakpoint
CREATE INDEX `service_pool_pool` ON `service_pool` (`pool_id`);--> statement-breakpoint
CREATE TABLE `specification` (
	`number` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`title_zh` text NOT NULL,
	`title_en` text NOT NULL,
	`field_zh` text NOT NULL,
	`confidence` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit_log` (
	`chain` text NOT NULL,
	`position` integer NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text,
	`action` text NOT NULL,
	`data` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`chain`, `position`)
);
--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit_log` (`at`);--> statement-breakpoint
CREATE TABLE `change_feed` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`ref` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `change_feed_at` ON `change_feed` (`at`);--> statement-breakpoint
CREATE TABLE `cursor` (
	`name` text PRIMARY KEY NOT NULL,
	`position` text NOT NULL,
	`at` integer NOT NULL,
	`count` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `kept_mail` (
	`id` text PRIMARY KEY NOT NULL,
	`to` text NOT NULL,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	`html` text NOT NULL,
	`attachments` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `kept_mail_to` ON `kept_mail` (`to`,`created_at`);--> statement-breakpoint
CREATE TABLE `lease` (
	`name` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`topic` text NOT NULL,
	`payload` text NOT NULL,
	`dedupe_key` text,
	`available_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`leased_by` text,
	`leased_until` integer,
	`done_at` integer,
	`failed_at` integer,
	`last_error` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `outbox_open` ON `outbox` (`done_at`,`available_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_dedupe` ON `outbox` (`topic`,`dedupe_key`);--> statement-breakpoint
CREATE TABLE `rate_limit` (
	`key` text NOT NULL,
	`window_start` integer NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`key`, `window_start`)
);
--> statement-breakpoint
CREATE TABLE `email_token` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`token_hash` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`created_at` integer NOT NULL,
	`data` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `email_token_hash` ON `email_token` (`token_hash`);--> statement-breakpoint
CREATE INDEX `email_token_person` ON `email_token` (`person_id`,`kind`);--> statement-breakpoint
CREATE TABLE `invitation` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`token_hash` text NOT NULL,
	`invited_by` text NOT NULL,
	`expires_at` integer NOT NULL,
	`accepted_at` integer,
	`revoked_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invited_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitation_token` ON `invitation` (`token_hash`);--> statement-breakpoint
CREATE INDEX `invitation_organisation` ON `invitation` (`organisation_id`);--> statement-breakpoint
CREATE TABLE `membership` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisation`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `membership_once` ON `membership` (`person_id`,`organisation_id`);--> statement-breakpoint
CREATE INDEX `membership_organisation` ON `membership` (`organisation_id`);--> statement-breakpoint
CREATE TABLE `organisation` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`slug` text NOT NULL,
	`name_zh` text NOT NULL,
	`name_en` text NOT NULL,
	`city` text,
	`tax_number` text,
	`demonstration` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organisation_slug` ON `organisation` (`slug`);--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`password_hash` text NOT NULL,
	`locale` text DEFAULT 'zh-CN' NOT NULL,
	`email_verified_at` integer,
	`operator` integer DEFAULT false NOT NULL,
	`demonstration` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `person_email` ON `person` (`email`);--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`organisation_id` text,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`user_agent` text DEFAULT '' NOT NULL,
	`address` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisation`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `session_person` ON `session` (`person_id`);--> statement-breakpoint
CREATE INDEX `session_expires` ON `session` (`expires_at`);--> statement-breakpoint
CREATE TABLE `order_event` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`actor_id` text,
	`data` text NOT NULL,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `order_event_order` ON `order_event` (`order_id`,`at`);--> statement-breakpoint
CREATE TABLE `order_item` (
	`order_id` text NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`maker` text DEFAULT '' NOT NULL,
	`model` text DEFAULT '' NOT NULL,
	`serial` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`order_id`, `position`)
);
--> statement-breakpoint
CREATE TABLE `orders` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`centre_id` text NOT NULL,
	`service_id` text NOT NULL,
	`buyer_id` text NOT NULL,
	`person_id` text NOT NULL,
	`progress` text NOT NULL,
	`payment` text NOT NULL,
	`payout` text DEFAULT 'none' NOT NULL,
	`dispute` text DEFAULT 'none' NOT NULL,
	`snapshot` text NOT NULL,
	`quantity` integer NOT NULL,
	`start_at` integer NOT NULL,
	`end_at` integer NOT NULL,
	`time_zone` text NOT NULL,
	`delivery_mode` text NOT NULL,
	`address` text,
	`notes` text DEFAULT '' NOT NULL,
	`purchase_order` text DEFAULT '' NOT NULL,
	`expedited` integer DEFAULT false NOT NULL,
	`currency` text DEFAULT 'cny' NOT NULL,
	`lines` text NOT NULL,
	`net` integer NOT NULL,
	`vat_basis_points` integer NOT NULL,
	`vat` integer NOT NULL,
	`gross` integer NOT NULL,
	`refunded` integer DEFAULT 0 NOT NULL,
	`cancel_policy` text NOT NULL,
	`hold_expires_at` integer,
	`decision_due_at` integer,
	`decision_reason` text DEFAULT '' NOT NULL,
	`submission_key` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service_id`) REFERENCES `service`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`buyer_id`) REFERENCES `organisation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `orders_number` ON `orders` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `orders_submission` ON `orders` (`buyer_id`,`submission_key`);--> statement-breakpoint
CREATE INDEX `orders_centre` ON `orders` (`centre_id`,`progress`,`start_at`);--> statement-breakpoint
CREATE INDEX `orders_buyer` ON `orders` (`buyer_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `orders_hold` ON `orders` (`progress`,`hold_expires_at`);--> statement-breakpoint
CREATE TABLE `gateway_event` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`object_id` text NOT NULL,
	`received_at` integer NOT NULL,
	`applied_at` integer
);
--> statement-breakpoint
CREATE INDEX `gateway_event_received` ON `gateway_event` (`received_at`);--> statement-breakpoint
CREATE TABLE `ledger_entry` (
	`transaction_id` text NOT NULL,
	`position` integer NOT NULL,
	`account` text NOT NULL,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	PRIMARY KEY(`transaction_id`, `position`),
	FOREIGN KEY (`transaction_id`) REFERENCES `ledger_transaction`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `ledger_account` ON `ledger_entry` (`account`);--> statement-breakpoint
CREATE TABLE `ledger_transaction` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`kind` text NOT NULL,
	`cause` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_cause` ON `ledger_transaction` (`kind`,`cause`);--> statement-breakpoint
CREATE INDEX `ledger_order` ON `ledger_transaction` (`order_id`);--> statement-breakpoint
CREATE TABLE `payment_attempt` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`attempt` integer NOT NULL,
	`idempotency_key` text NOT NULL,
	`parameters` text NOT NULL,
	`state` text NOT NULL,
	`gateway_session` text,
	`gateway_payment` text,
	`url` text,
	`method` text,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payment_attempt_once` ON `payment_attempt` (`order_id`,`attempt`);--> statement-breakpoint
CREATE UNIQUE INDEX `payment_attempt_session` ON `payment_attempt` (`gateway_session`);--> statement-breakpoint
CREATE INDEX `payment_attempt_state` ON `payment_attempt` (`state`,`expires_at`);--> statement-breakpoint
CREATE TABLE `refund` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`attempt_id` text NOT NULL,
	`amount` integer NOT NULL,
	`reason` text NOT NULL,
	`idempotency_key` text NOT NULL,
	`state` text NOT NULL,
	`gateway_refund` text,
	`failure` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`attempt_id`) REFERENCES `payment_attempt`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `refund_key` ON `refund` (`idempotency_key`);--> statement-breakpoint
CREATE INDEX `refund_order` ON `refund` (`order_id`);--> statement-breakpoint
CREATE INDEX `refund_state` ON `refund` (`state`);--> statement-breakpoint
CREATE TABLE `claim` (
	`resource_id` text NOT NULL,
	`cell` integer NOT NULL,
	`pool_id` text NOT NULL,
	`order_id` text NOT NULL,
	PRIMARY KEY(`resource_id`, `cell`)
);
--> statement-breakpoint
CREATE INDEX `claim_order` ON `claim` (`order_id`);--> statement-breakpoint
CREATE TABLE `closure` (
	`id` text PRIMARY KEY NOT NULL,
	`centre_id` text NOT NULL,
	`pool_id` text,
	`from_at` integer NOT NULL,
	`until_at` integer NOT NULL,
	`reason_zh` text DEFAULT '' NOT NULL,
	`reason_en` text DEFAULT '' NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`pool_id`) REFERENCES `pool`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `closure_centre` ON `closure` (`centre_id`,`from_at`);--> statement-breakpoint
CREATE TABLE `pool` (
	`id` text PRIMARY KEY NOT NULL,
	`centre_id` text NOT NULL,
	`kind` text NOT NULL,
	`field` text NOT NULL,
	`name_zh` text NOT NULL,
	`name_en` text NOT NULL,
	`grid_minutes` integer DEFAULT 30 NOT NULL,
	`weekly_hours` text NOT NULL,
	`observes_holidays` integer DEFAULT true NOT NULL,
	`position` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `pool_centre` ON `pool` (`centre_id`);--> statement-breakpoint
CREATE TABLE `pool_version` (
	`pool_id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `resource` (
	`id` text PRIMARY KEY NOT NULL,
	`pool_id` text NOT NULL,
	`name_zh` text NOT NULL,
	`name_en` text NOT NULL,
	`position` integer DEFAULT 0 NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	FOREIGN KEY (`pool_id`) REFERENCES `pool`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `resource_pool` ON `resource` (`pool_id`);--> statement-breakpoint
CREATE TABLE `resource_day` (
	`pool_id` text NOT NULL,
	`day` integer NOT NULL,
	`resource_id` text NOT NULL,
	`open_minutes` integer NOT NULL,
	`booked_minutes` integer NOT NULL,
	`used_minutes` integer NOT NULL,
	PRIMARY KEY(`pool_id`, `day`, `resource_id`)
);
