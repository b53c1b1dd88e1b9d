DROP INDEX `orders_buyer`;--> statement-breakpoint
CREATE INDEX `orders_buyer_progress` ON `orders` (`buyer_id`,`progress`,`created_at`,`id`,`gross`);--> statement-breakpoint
CREATE INDEX `orders_buyer` ON `orders` (`buyer_id`,`created_at`,`id`);--> statement-breakpoint
ALTER TABLE `unpaid_holds` ADD `changes` integer DEFAULT 0 NOT NULL;
