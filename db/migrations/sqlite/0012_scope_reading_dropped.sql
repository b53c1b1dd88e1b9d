ALTER TABLE `capability` DROP COLUMN `level_of_confidence`;--> statement-breakpoint
ALTER TABLE `capability_import` DROP COLUMN `mapping`;