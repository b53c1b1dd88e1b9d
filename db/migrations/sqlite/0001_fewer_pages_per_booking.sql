DROP INDEX `audit_at`;--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_order_event` (
	`id` text NOT NULL,
	`order_id` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`actor_id` text,
	`data` text NOT NULL,
	PRIMARY KEY(`order_id`, `id`),
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_order_event`("id", "order_id", "at", "kind", "actor_id", "data") SELECT "id", "order_id", "at", "kind", "actor_id", "data" FROM `order_event`;--> statement-breakpoint
DROP TABLE `order_event`;--> statement-breakpoint
ALTER TABLE `__new_order_event` RENAME TO `order_event`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
DROP INDEX `orders_submission`;--> statement-breakpoint
CREATE UNIQUE INDEX `orders_submission` ON `orders` (`submission_key`,`buyer_id`);