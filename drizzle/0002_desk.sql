CREATE TABLE `erased_leads` (
	`lead_id` integer PRIMARY KEY NOT NULL,
	`lead_created_at` integer NOT NULL,
	`erased_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `export_runs` (
	`id` integer PRIMARY KEY NOT NULL,
	`scheduled_export_id` integer NOT NULL,
	`at` integer NOT NULL,
	`file` text,
	`rows` integer,
	`bytes` integer,
	`error` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `export_runs_schedule` ON `export_runs` (`scheduled_export_id`,`id`);--> statement-breakpoint
CREATE TABLE `presets` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`content` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `presets_name` ON `presets` (`name_key`);--> statement-breakpoint
CREATE TABLE `scheduled_exports` (
	`id` integer PRIMARY KEY NOT NULL,
	`settings` text NOT NULL,
	`next_at` integer NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) STRICT;
--> statement-breakpoint
ALTER TABLE `operators` ADD `inactive_reason` text;--> statement-breakpoint
ALTER TABLE `source_keys` ADD `last_used_at` integer;--> statement-breakpoint
CREATE INDEX `journal_audit` ON `journal` (`revision`) WHERE data IS NOT NULL;