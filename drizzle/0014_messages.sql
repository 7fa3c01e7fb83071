CREATE TABLE `messages` (
	`id` integer PRIMARY KEY NOT NULL,
	`contact_id` integer NOT NULL,
	`source_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	`message` text,
	`attributes` text,
	`given` text,
	`warnings` text,
	`idempotency_key` text,
	`fingerprint` blob,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `messages_contact` ON `messages` (`contact_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `messages_idempotency` ON `messages` (`source_id`,`idempotency_key`) WHERE idempotency_key IS NOT NULL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `messages` integer DEFAULT 0 NOT NULL;