ALTER TABLE `resource` ADD `certificate` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `resource` ADD `valid_until` integer;