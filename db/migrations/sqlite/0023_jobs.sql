DROP INDEX `claim_order`;--> statement-breakpoint
ALTER TABLE `claim` RENAME COLUMN `order_id` TO `holder_id`;--> statement-breakpoint
ALTER TABLE `claim` ADD `holder_kind` text DEFAULT 'order' NOT NULL;--> statement-breakpoint
ALTER TABLE `claim` ADD `used` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `claim_holder` ON `claim` (`holder_id`);--> statement-breakpoint
UPDATE `claim` SET `holder_kind` = 'offer' WHERE `holder_id` IN (SELECT `id` FROM `slot_offer`);--> statement-breakpoint
UPDATE `claim` SET `used` = true WHERE `holder_id` IN (SELECT `id` FROM `orders` WHERE `progress` IN ('in_service', 'reported', 'closed'));
--> statement-breakpoint
CREATE TABLE `job` (
	`order_id` text NOT NULL,
	`position` integer NOT NULL,
	`state` text NOT NULL,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`order_id`, `position`),
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `orders` ADD `work_begun_at` integer;--> statement-breakpoint
UPDATE `orders` SET `work_begun_at` = coalesce((SELECT min(`at`) FROM `order_event` WHERE `order_event`.`order_id` = `orders`.`id` AND `order_event`.`kind` = 'in_service'), CASE WHEN `progress` IN ('in_service', 'reported', 'closed') THEN `updated_at` END);--> statement-breakpoint
INSERT INTO `job` (`order_id`, `position`, `state`, `changed_at`)
SELECT `orders`.`id`, coalesce(`order_item`.`position`, 0), CASE `progress` WHEN 'confirmed' THEN 'awaited' ELSE `progress` END, `updated_at`
FROM `orders` LEFT JOIN `order_item` ON `order_item`.`order_id` = `orders`.`id`
WHERE `progress` IN ('confirmed', 'received', 'in_service', 'reported', 'closed')
OR (`progress` = 'cancelled' AND EXISTS (SELECT 1 FROM `order_event` WHERE `order_event`.`order_id` = `orders`.`id` AND `order_event`.`kind` IN ('paid', 'late_booked')));
