CREATE TABLE `shared_identifiers` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`space` integer NOT NULL,
	`created_at` integer NOT NULL,
	`merge_ids` text NOT NULL,
	`lead_id` integer NOT NULL,
	FOREIGN KEY (`lead_id`) REFERENCES `leads`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `shared_identifiers_value` ON `shared_identifiers` (`value`,`kind`,`space`);--> statement-breakpoint
DROP INDEX `lead_identifiers_value`;--> statement-breakpoint
ALTER TABLE `lead_identifiers` ADD `space` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `lead_identifiers` ADD `is_shared` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `lead_identifiers_shared` ON `lead_identifiers` (`value`,`kind`) WHERE is_shared = 1;--> statement-breakpoint
CREATE UNIQUE INDEX `lead_identifiers_value` ON `lead_identifiers` (`value`,`kind`,`space`) WHERE is_shared = 0;--> statement-breakpoint
ALTER TABLE `sources` ADD `external_ids` text DEFAULT 'shared' NOT NULL;