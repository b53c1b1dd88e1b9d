CREATE TABLE `invoice` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`buyer_id` text NOT NULL,
	`centre_id` text NOT NULL,
	`person_id` text NOT NULL,
	`state` text NOT NULL,
	`title` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`lines` text NOT NULL,
	`amount` integer NOT NULL,
	`tax` integer NOT NULL,
	`currency` text DEFAULT 'cny' NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`invoice_number` text,
	`issued_on` text,
	`issued_at` integer,
	`used_at` integer,
	`files` text NOT NULL,
	`files_owner_id` text,
	`submission_key` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`buyer_id`) REFERENCES `organisation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invoice_own_number` ON `invoice` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `invoice_number_once` ON `invoice` (`invoice_number`);--> statement-breakpoint
CREATE UNIQUE INDEX `invoice_submission` ON `invoice` (`submission_key`,`buyer_id`);--> statement-breakpoint
CREATE INDEX `invoice_buyer` ON `invoice` (`buyer_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `invoice_centre` ON `invoice` (`centre_id`,`state`,`created_at`);--> statement-breakpoint
CREATE TABLE `invoice_choice` (
	`order_id` text PRIMARY KEY NOT NULL,
	`title_id` text NOT NULL,
	`person_id` text NOT NULL,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`title_id`) REFERENCES `invoice_title`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `invoice_choice_title` ON `invoice_choice` (`title_id`);--> statement-breakpoint
CREATE TABLE `invoice_title` (
	`id` text PRIMARY KEY NOT NULL,
	`buyer_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`tax_id` text NOT NULL,
	`email` text NOT NULL,
	`address` text DEFAULT '' NOT NULL,
	`phone` text DEFAULT '' NOT NULL,
	`bank` text DEFAULT '' NOT NULL,
	`account` text DEFAULT '' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`buyer_id`) REFERENCES `organisation`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invoice_title_once` ON `invoice_title` (`buyer_id`,`tax_id`,`kind`);--> statement-breakpoint
CREATE INDEX `invoice_title_buyer` ON `invoice_title` (`buyer_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `invoiced_order` (
	`order_id` text PRIMARY KEY NOT NULL,
	`invoice_id` text NOT NULL,
	`amount` integer NOT NULL,
	`reduced` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoice`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `invoiced_order_invoice` ON `invoiced_order` (`invoice_id`);--> statement-breakpoint
CREATE TABLE `red_letter` (
	`id` text PRIMARY KEY NOT NULL,
	`invoice_id` text NOT NULL,
	`refund_id` text,
	`order_id` text,
	`reason` text NOT NULL,
	`state` text NOT NULL,
	`amount` integer NOT NULL,
	`tax` integer NOT NULL,
	`invoice_used` integer NOT NULL,
	`raised_at` integer NOT NULL,
	`confirmed_at` integer,
	`red_number` text,
	`issued_on` text,
	`files` text NOT NULL,
	`files_owner_id` text,
	`version` integer DEFAULT 1 NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoice`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `red_letter_number_once` ON `red_letter` (`red_number`);--> statement-breakpoint
CREATE INDEX `red_letter_invoice` ON `red_letter` (`invoice_id`,`raised_at`);--> statement-breakpoint
CREATE INDEX `red_letter_state` ON `red_letter` (`state`,`raised_at`);--> statement-breakpoint
CREATE TABLE `tax_class` (
	`centre_id` text NOT NULL,
	`family` text NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`item` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`centre_id`, `family`),
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `tax_rate` (
	`centre_id` text NOT NULL,
	`valid_from` text NOT NULL,
	`rate` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`centre_id`, `valid_from`),
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE no action
);

