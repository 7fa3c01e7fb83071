CREATE TABLE `kept_cases` (
	`id` integer PRIMARY KEY NOT NULL,
	`content` text
) STRICT;
