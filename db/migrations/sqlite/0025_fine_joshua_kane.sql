CREATE TABLE `conversation` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text,
	`service_id` text,
	`buyer_id` text NOT NULL,
	`centre_id` text NOT NULL,
	`read_by_buyer` text DEFAULT '' NOT NULL,
	`read_by_centre` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service_id`) REFERENCES `service`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`buyer_id`) REFERENCES `organisation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `conversation_order` ON `conversation` (`order_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `conversation_service` ON `conversation` (`service_id`,`buyer_id`);--> statement-breakpoint
CREATE INDEX `conversation_buyer` ON `conversation` (`buyer_id`,`last_at`);--> statement-breakpoint
CREATE INDEX `conversation_centre` ON `conversation` (`centre_id`,`last_at`);--> statement-breakpoint
CREATE TABLE `message` (
	`id` text PRIMARY KEY NOT NULL,
	`conversation_id` text NOT NULL,
	`side` text NOT NULL,
	`organisation_id` text NOT NULL,
	`person_id` text NOT NULL,
	`text` text NOT NULL,
	`files` text NOT NULL,
	`once` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversation`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `message_conversation` ON `message` (`conversation_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `message_once` ON `message` (`conversation_id`,`once`);--> statement-breakpoint
CREATE TABLE `message_unread` (
	`person_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`count` integer NOT NULL,
	`first_id` text NOT NULL,
	`first_at` integer NOT NULL,
	`last_id` text NOT NULL,
	PRIMARY KEY(`person_id`, `organisation_id`, `conversation_id`),
	FOREIGN KEY (`conversation_id`) REFERENCES `conversation`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `message_unread_conversation` ON `message_unread` (`conversation_id`);--> statement-breakpoint
ALTER TABLE `centre` ADD `phone` text DEFAULT '' NOT NULL;