CREATE TABLE `withdrawals` (
	`kind` text NOT NULL,
	`identity` blob NOT NULL,
	`withdrawn_at` integer NOT NULL,
	PRIMARY KEY(`kind`, `identity`)
) STRICT;
--> statement-breakpoint
UPDATE `source_keys` SET `revoked_at` = (SELECT `archived_at` FROM `sources` WHERE `id` = `source_id`) WHERE `revoked_at` IS NULL AND `source_id` IN (SELECT `id` FROM `sources` WHERE `archived_at` IS NOT NULL);
--> statement-breakpoint
INSERT INTO `withdrawals` (`kind`, `identity`, `withdrawn_at`) SELECT 'source_key', `hash`, `revoked_at` FROM `source_keys` WHERE `revoked_at` IS NOT NULL;
