CREATE TABLE `schedules` (
	`id` integer PRIMARY KEY NOT NULL,
	`content` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `shifts` (
	`operator_id` integer NOT NULL,
	`date` text NOT NULL,
	`content` text NOT NULL,
	PRIMARY KEY(`operator_id`, `date`),
	FOREIGN KEY (`operator_id`) REFERENCES `operators`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
ALTER TABLE `operators` ADD `hours` text;--> statement-breakpoint
ALTER TABLE `operators` ADD `switched_by` text;--> statement-breakpoint
UPDATE `operators` SET `switched_by` = CASE WHEN `inactive_reason` = 'no_answer' THEN 'desk' ELSE 'console' END WHERE `is_active` = 0;
