CREATE TABLE `suggested_merges` (
	`id` integer PRIMARY KEY NOT NULL,
	`survivor_id` integer NOT NULL,
	`merged_id` integer NOT NULL,
	`contact_id` integer NOT NULL,
	`identifier_ids` text NOT NULL,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	`merge_id` integer,
	FOREIGN KEY (`survivor_id`) REFERENCES `leads`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merged_id`) REFERENCES `leads`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merge_id`) REFERENCES `merges`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `suggested_merges_survivor` ON `suggested_merges` (`survivor_id`);--> statement-breakpoint
CREATE INDEX `suggested_merges_merged` ON `suggested_merges` (`merged_id`);--> statement-breakpoint
CREATE INDEX `suggested_merges_merge` ON `suggested_merges` (`merge_id`) WHERE merge_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `suggested_merges_open` ON `suggested_merges` (`id`) WHERE settled_at IS NULL;