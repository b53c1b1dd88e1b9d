CREATE TABLE `file_use` (
	`file_id` text NOT NULL,
	`owner_kind` text NOT NULL,
	`owner_id` text NOT NULL,
	PRIMARY KEY(`file_id`, `owner_kind`, `owner_id`),
	FOREIGN KEY (`file_id`) REFERENCES `stored_file`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `file_use_owner` ON `file_use` (`owner_kind`,`owner_id`);--> statement-breakpoint
INSERT INTO `file_use` SELECT a.`evidence_id`, 'accreditation', a.`id` FROM `accreditation` a JOIN `stored_file` f ON f.`id` = a.`evidence_id`;
--> statement-breakpoint
INSERT OR IGNORE INTO `file_use` SELECT f.`id`, 'verification_request', p.`id` FROM `centre_proof` p, json_each(p.`file_ids`) e JOIN `stored_file` f ON f.`id` = e.value;
--> statement-breakpoint
INSERT OR IGNORE INTO `file_use` SELECT f.`id`, 'service', s.`id` FROM `service` s, json_each(s.`pictures`) e JOIN `stored_file` f ON f.`id` = e.value;
--> statement-breakpoint
INSERT OR IGNORE INTO `file_use` SELECT f.`id`, 'listing', l.`service_id` FROM `listing` l, json_each(l.`content`, '$.pictures') e JOIN `stored_file` f ON f.`id` = e.value;
--> statement-breakpoint
INSERT OR IGNORE INTO `file_use` SELECT f.`id`, 'service_version', v.`service_id` || ':' || v.`version` FROM `service_version` v, json_each(v.`content`, '$.pictures') e JOIN `stored_file` f ON f.`id` = e.value;
