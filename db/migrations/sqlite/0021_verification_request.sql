ALTER TABLE `centre_proof` RENAME TO `verification_request`;--> statement-breakpoint
DROP INDEX `centre_proof_state`;--> statement-breakpoint
DROP INDEX `centre_proof_organisation`;--> statement-breakpoint
CREATE INDEX `verification_request_state` ON `verification_request` (`state`,`created_at`);--> statement-breakpoint
CREATE INDEX `verification_request_organisation` ON `verification_request` (`organisation_id`);
--> statement-breakpoint
UPDATE `outbox` SET `payload` = replace(replace(`payload`, '"proof_', '"verification_request_'), '/operator/proofs/', '/operator/verification-requests/') WHERE `done_at` IS NULL AND `payload` LIKE '%"proof_%';
