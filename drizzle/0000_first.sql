CREATE TABLE `competences` (
	`source_id` integer NOT NULL,
	`operator_id` integer NOT NULL,
	`weight` integer NOT NULL,
	PRIMARY KEY(`source_id`, `operator_id`),
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`operator_id`) REFERENCES `operators`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "competences_weight" CHECK(weight BETWEEN 0 AND 1000)
) STRICT;
--> statement-breakpoint
CREATE INDEX `competences_operator` ON `competences` (`operator_id`);--> statement-breakpoint
CREATE TABLE `contacts` (
	`id` integer PRIMARY KEY NOT NULL,
	`source_id` integer NOT NULL,
	`lead_id` integer NOT NULL,
	`operator_id` integer,
	`status` text NOT NULL,
	`message` text,
	`attributes` text,
	`warnings` text,
	`made_lead` integer NOT NULL,
	`created_at` integer NOT NULL,
	`assigned_at` integer,
	`closed_at` integer,
	`idempotency_key` text,
	`fingerprint` blob,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lead_id`) REFERENCES `leads`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`operator_id`) REFERENCES `operators`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "contacts_status" CHECK((status = 'waiting' AND operator_id IS NULL) OR (status = 'assigned' AND operator_id IS NOT NULL) OR (status = 'closed' AND closed_at IS NOT NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `contacts_idempotency` ON `contacts` (`source_id`,`idempotency_key`) WHERE idempotency_key IS NOT NULL;--> statement-breakpoint
CREATE INDEX `contacts_lead` ON `contacts` (`lead_id`);--> statement-breakpoint
CREATE INDEX `contacts_operator` ON `contacts` (`operator_id`,`id`);--> statement-breakpoint
CREATE INDEX `contacts_source` ON `contacts` (`source_id`,`id`);--> statement-breakpoint
CREATE INDEX `contacts_created` ON `contacts` (`created_at`);--> statement-breakpoint
CREATE INDEX `contacts_waiting` ON `contacts` (`id`) WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX `contacts_waiting_source` ON `contacts` (`source_id`,`id`) WHERE status = 'waiting';--> statement-breakpoint
CREATE TABLE `decisions` (
	`id` integer PRIMARY KEY NOT NULL,
	`contact_id` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`roster_id` integer NOT NULL,
	`loads` blob NOT NULL,
	`sum` integer NOT NULL,
	`r` integer,
	`operator_id` integer,
	`weight` integer,
	`waiting_reason` text,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`roster_id`) REFERENCES `rosters`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`operator_id`) REFERENCES `operators`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "decisions_kind" CHECK(kind IN ('draw', 'drain', 'manual'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `decisions_contact` ON `decisions` (`contact_id`);--> statement-breakpoint
CREATE TABLE `journal` (
	`revision` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`kind` text NOT NULL,
	`contact_id` integer,
	`operator_id` integer,
	`source_id` integer,
	`data` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `lead_identifiers` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`lead_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`lead_id`) REFERENCES `leads`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "lead_identifiers_kind" CHECK(kind IN ('external_id', 'phone', 'email'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `lead_identifiers_value` ON `lead_identifiers` (`value`,`kind`);--> statement-breakpoint
CREATE INDEX `lead_identifiers_lead` ON `lead_identifiers` (`lead_id`);--> statement-breakpoint
CREATE TABLE `leads` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text,
	`operator_id` integer,
	`created_at` integer NOT NULL,
	`merged_into` integer,
	FOREIGN KEY (`operator_id`) REFERENCES `operators`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `merges` (
	`id` integer PRIMARY KEY NOT NULL,
	`survivor_id` integer NOT NULL,
	`merged_id` integer NOT NULL,
	`contact_id` integer,
	`moved` text NOT NULL,
	`created_at` integer NOT NULL,
	`undone_at` integer,
	FOREIGN KEY (`survivor_id`) REFERENCES `leads`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merged_id`) REFERENCES `leads`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `merges_survivor` ON `merges` (`survivor_id`);--> statement-breakpoint
CREATE INDEX `merges_merged` ON `merges` (`merged_id`);--> statement-breakpoint
CREATE TABLE `operators` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`is_active` integer NOT NULL,
	`max_load` integer NOT NULL,
	`current_load` integer DEFAULT 0 NOT NULL,
	`active_changed_at` integer NOT NULL,
	`assigned_on` text,
	`assigned_count` integer DEFAULT 0 NOT NULL,
	`last_assigned_at` integer,
	`created_at` integer NOT NULL,
	`archived_at` integer,
	CONSTRAINT "operators_load" CHECK(current_load >= 0),
	CONSTRAINT "operators_max_load" CHECK(max_load >= 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `operators_name` ON `operators` (`name_key`) WHERE archived_at IS NULL;--> statement-breakpoint
CREATE TABLE `refused_contacts` (
	`id` integer PRIMARY KEY NOT NULL,
	`source_id` integer NOT NULL,
	`idempotency_key` text,
	`fingerprint` blob,
	`refused_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`code` text NOT NULL,
	`detail` text NOT NULL,
	`errors` text NOT NULL,
	`payload` text NOT NULL,
	`settled_at` integer,
	`contact_id` integer,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `refused_contacts_key` ON `refused_contacts` (`source_id`,`idempotency_key`) WHERE idempotency_key IS NOT NULL AND settled_at IS NULL;--> statement-breakpoint
CREATE INDEX `refused_contacts_open` ON `refused_contacts` (`id`) WHERE settled_at IS NULL;--> statement-breakpoint
CREATE TABLE `rosters` (
	`id` integer PRIMARY KEY NOT NULL,
	`source_id` integer NOT NULL,
	`members` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `source_keys` (
	`id` integer PRIMARY KEY NOT NULL,
	`source_id` integer NOT NULL,
	`hash` blob NOT NULL,
	`hint` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `source_keys_hash` ON `source_keys` (`hash`);--> statement-breakpoint
CREATE INDEX `source_keys_source` ON `source_keys` (`source_id`);--> statement-breakpoint
CREATE TABLE `sources` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`settings` text NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `sources_name` ON `sources` (`name_key`) WHERE archived_at IS NULL;
--> statement-breakpoint
-- drizzle declares neither STRICT tables nor triggers: both are written here by hand
CREATE TRIGGER `operators_capacity` BEFORE UPDATE OF `current_load` ON `operators`
WHEN NEW.`current_load` > OLD.`current_load` AND NEW.`current_load` > NEW.`max_load`
BEGIN
	SELECT RAISE(ABORT, 'operator is at max_load');
END;
