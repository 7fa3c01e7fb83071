CREATE TABLE `deadlines` (
	`id` integer PRIMARY KEY NOT NULL,
	`due_at` integer NOT NULL,
	`kind` text NOT NULL,
	`subject_id` integer NOT NULL,
	`decision_id` integer NOT NULL,
	`since` integer NOT NULL,
	`is_witnessed` integer DEFAULT 1 NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `deadlines_subject` ON `deadlines` (`kind`,`subject_id`);--> statement-breakpoint
CREATE INDEX `deadlines_due` ON `deadlines` (`due_at`,`id`);--> statement-breakpoint
CREATE TABLE `uptime` (
	`id` integer PRIMARY KEY NOT NULL,
	`seen_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
ALTER TABLE `contacts` ADD `accept_by` integer;--> statement-breakpoint
ALTER TABLE `contacts` ADD `accepted_at` integer;--> statement-breakpoint
CREATE INDEX `contacts_unaccepted` ON `contacts` (`operator_id`,`id`) WHERE accept_by IS NOT NULL AND accepted_at IS NULL AND status = 'assigned';--> statement-breakpoint
ALTER TABLE `operators` ADD `misses` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `decisions` ADD `cause` text;--> statement-breakpoint
ALTER TABLE `decisions` ADD `note` text;--> statement-breakpoint
PRAGMA writable_schema = ON;
--> statement-breakpoint
UPDATE `sqlite_schema` SET `sql` = replace(`sql`, 'kind = ''draw'' OR kind = ''drain'' OR kind = ''manual'' OR kind = ''owner''', 'kind = ''draw'' OR kind = ''drain'' OR kind = ''manual'' OR kind = ''owner'' OR kind = ''returned'' OR kind = ''closed_by_rule''')
WHERE `type` = 'table' AND `name` = 'decisions';
--> statement-breakpoint
PRAGMA writable_schema = RESET;
