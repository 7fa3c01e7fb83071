CREATE TABLE `rules` (
	`id` integer PRIMARY KEY NOT NULL,
	`source_id` integer NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `rules_version` ON `rules` (`source_id`,`version`);--> statement-breakpoint
ALTER TABLE `contacts` ADD `returned` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `contacts_returned` ON `contacts` (`source_id`,`id`) WHERE status = 'waiting' AND returned > 0;--> statement-breakpoint
ALTER TABLE `decisions` ADD `rule_id` integer REFERENCES rules(id);--> statement-breakpoint
ALTER TABLE `decisions` ADD `keys` blob;--> statement-breakpoint
ALTER TABLE `decisions` ADD `barred` text;--> statement-breakpoint
ALTER TABLE `decisions` ADD `next_at` integer;--> statement-breakpoint
CREATE INDEX `decisions_rule` ON `decisions` (`rule_id`,`id`) WHERE rule_id IS NOT NULL;--> statement-breakpoint
ALTER TABLE `operators` ADD `latest_decision` integer;--> statement-breakpoint
UPDATE `operators` SET `latest_decision` = `latest`.`id` FROM (SELECT `operator_id`, MAX(`id`) AS `id` FROM `decisions` WHERE `operator_id` IS NOT NULL GROUP BY `operator_id`) AS `latest` WHERE `latest`.`operator_id` = `operators`.`id`;
