DROP INDEX `orders_buyer`;--> statement-breakpoint
CREATE INDEX `orders_buyer` ON `orders` (`buyer_id`,`created_at`,`id`,`progress`);