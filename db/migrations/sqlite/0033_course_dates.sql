ALTER TABLE `service` ADD `sessions` text;
