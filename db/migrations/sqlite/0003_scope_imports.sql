CREATE TABLE `capability_import` (
	`id` text PRIMARY KEY NOT NULL,
	`centre_id` text NOT NULL,
	`person_id` text NOT NULL,
	`file_name` text NOT NULL,
	`encoding` text NOT NULL,
	`lines` text NOT NULL,
	`mapping` text NOT NULL,
	`coverage_factor` real NOT NULL,
	`field` text NOT NULL,
	`accreditation_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`accreditation_id`) REFERENCES `accreditation`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `capability_import_created` ON `capability_import` (`created_at`);