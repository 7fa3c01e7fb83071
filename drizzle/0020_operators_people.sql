ALTER TABLE `contacts` ADD `outcome` text;--> statement-breakpoint
ALTER TABLE `contacts` ADD `note` text;--> statement-breakpoint
ALTER TABLE `people` ADD `operator_id` integer;