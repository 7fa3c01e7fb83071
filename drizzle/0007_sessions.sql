CREATE TABLE `sessions` (
	`id` integer PRIMARY KEY NOT NULL,
	`hash` blob NOT NULL,
	`admin_token` blob NOT NULL,
	`host` text NOT NULL,
	`user_agent` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer NOT NULL
) STRICT;
