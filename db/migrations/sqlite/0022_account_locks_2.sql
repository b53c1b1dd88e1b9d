CREATE TABLE `audit_finding` (
	`id` text PRIMARY KEY NOT NULL,
	`fault` text NOT NULL,
	`chain` text NOT NULL,
	`position` integer NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`gone` integer DEFAULT false NOT NULL,
	`looked_at` integer,
	`looked_by` text,
	`note` text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_finding_once` ON `audit_finding` (`fault`,`chain`,`position`);--> statement-breakpoint
CREATE INDEX `audit_finding_looked` ON `audit_finding` (`looked_at`);--> statement-breakpoint
CREATE TABLE `passkey` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`name` text NOT NULL,
	`credential_id` text NOT NULL,
	`public_key` text NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`suspected_at` integer,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `passkey_credential` ON `passkey` (`credential_id`);--> statement-breakpoint
CREATE INDEX `passkey_person` ON `passkey` (`person_id`);--> statement-breakpoint
CREATE TABLE `passkey_challenge` (
	`session_id` text NOT NULL,
	`purpose` text NOT NULL,
	`challenge` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`session_id`, `purpose`)
);
--> statement-breakpoint
CREATE INDEX `passkey_challenge_expires` ON `passkey_challenge` (`expires_at`);--> statement-breakpoint
CREATE TABLE `second_factor_removal` (
	`person_id` text PRIMARY KEY NOT NULL,
	`asked_by` text NOT NULL,
	`reason` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`asked_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `unpaid_holds` (
	`buyer_id` text PRIMARY KEY NOT NULL,
	`orders` integer NOT NULL,
	`minutes` integer NOT NULL,
	FOREIGN KEY (`buyer_id`) REFERENCES `organisation`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `centre` ADD `verified_as` text;--> statement-breakpoint
-- What is booked and unpaid when the counting begins.
INSERT INTO `unpaid_holds` (`buyer_id`, `orders`, `minutes`)
  SELECT `buyer_id`, count(*), sum(coalesce(json_extract(`snapshot`, '$.minutes'), 0) * coalesce(json_array_length(`snapshot`, '$.poolIds'), 1))
  FROM `orders` WHERE `progress` IN ('held', 'requested') GROUP BY `buyer_id`;
