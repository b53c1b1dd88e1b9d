ALTER TABLE `resource` ADD `worker_id` text;--> statement-breakpoint
CREATE INDEX `resource_worker` ON `resource` (`worker_id`);--> statement-breakpoint
-- Members linked with resources of several pools of their centre are one person from now on.
UPDATE `resource` SET `worker_id` = (
  SELECT 'w-' || min(r.id) FROM `resource` r JOIN `pool` p ON p.id = r.pool_id
  WHERE r.person_id = `resource`.`person_id` AND p.centre_id = (SELECT o.centre_id FROM `pool` o WHERE o.id = `resource`.`pool_id`)
  HAVING count(DISTINCT r.pool_id) > 1
) WHERE `person_id` IS NOT NULL;--> statement-breakpoint
-- Their time as it is booked; where they are booked twice already, the first found has it.
INSERT INTO `claim` (`resource_id`, `cell`, `pool_id`, `holder_id`, `holder_kind`, `used`)
WITH RECURSIVE step(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM step WHERE n < 95)
SELECT r.worker_id, c.cell * p.grid_minutes / 15 + step.n, '', c.holder_id, c.holder_kind, c.used
FROM `claim` c JOIN `resource` r ON r.id = c.resource_id JOIN `pool` p ON p.id = r.pool_id
JOIN step ON (c.cell * p.grid_minutes / 15 + step.n) * 15 < (c.cell + 1) * p.grid_minutes
WHERE r.worker_id IS NOT NULL
ON CONFLICT DO NOTHING;
