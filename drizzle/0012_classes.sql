CREATE TABLE `contact_classes` (
	`id` integer PRIMARY KEY NOT NULL,
	`source_id` integer NOT NULL,
	`content` text NOT NULL,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `contact_classes_content` ON `contact_classes` (`source_id`,`content`);--> statement-breakpoint
DROP INDEX `contacts_waiting_source`;--> statement-breakpoint
ALTER TABLE `contacts` ADD `class_id` integer REFERENCES contact_classes(id);--> statement-breakpoint
CREATE INDEX `contacts_waiting_source` ON `contacts` (`source_id`,`class_id`,`id`) WHERE status = 'waiting';--> statement-breakpoint
ALTER TABLE `decisions` ADD `owner_id` integer REFERENCES operators(id);--> statement-breakpoint
ALTER TABLE `decisions` ADD `turn` text;--> statement-breakpoint
ALTER TABLE `leads` ADD `pinned_operator_id` integer REFERENCES operators(id);--> statement-breakpoint
ALTER TABLE `operators` ADD `tags` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
-- By hand, as in 0009: one more kind of decision. No row changes.
PRAGMA writable_schema = ON;
--> statement-breakpoint
UPDATE `sqlite_schema` SET `sql` = replace(`sql`, 'kind = ''draw'' OR kind = ''drain'' OR kind = ''manual''', 'kind = ''draw'' OR kind = ''drain'' OR kind = ''manual'' OR kind = ''owner''')
WHERE `type` = 'table' AND `name` = 'decisions';
--> statement-breakpoint
PRAGMA writable_schema = RESET;
