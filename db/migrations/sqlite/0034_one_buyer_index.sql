DROP INDEX `orders_buyer`;--> statement-breakpoint
DROP INDEX `orders_buyer_progress`;--> statement-breakpoint
CREATE INDEX `orders_of_buyer` ON `orders` (`buyer_id`,`created_at`,`id`,`progress`,`gross`);