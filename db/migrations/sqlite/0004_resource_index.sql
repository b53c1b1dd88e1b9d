DROP INDEX `resource_pool`;--> statement-breakpoint
CREATE INDEX `resource_pool` ON `resource` (`pool_id`,`id`);