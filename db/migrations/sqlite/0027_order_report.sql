CREATE TABLE `order_report` (
	`file_id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`person_id` text NOT NULL,
	`name` text NOT NULL,
	`size` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `order_report_order` ON `order_report` (`order_id`);