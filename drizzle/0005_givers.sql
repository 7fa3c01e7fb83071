CREATE TABLE `identifier_givers` (
	`identifier_id` integer NOT NULL,
	`source_id` integer NOT NULL,
	PRIMARY KEY(`identifier_id`, `source_id`),
	FOREIGN KEY (`identifier_id`) REFERENCES `lead_identifiers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `contacts` ADD `for_source` text;--> statement-breakpoint
ALTER TABLE `lead_identifiers` ADD `given_by` integer;--> statement-breakpoint
ALTER TABLE `leads` ADD `name_given_by` integer;--> statement-breakpoint
ALTER TABLE `leads` ADD `operator_source_id` integer;