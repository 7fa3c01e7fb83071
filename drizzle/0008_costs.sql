CREATE TABLE `clock_set_backs` (
	`contact_id` integer PRIMARY KEY NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `refused_open` (
	`source_id` integer PRIMARY KEY NOT NULL,
	`contacts` integer NOT NULL,
	`bytes` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `refused_summaries` (
	`source_id` integer PRIMARY KEY NOT NULL,
	`contacts` integer NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`codes` text NOT NULL,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
DROP INDEX `contacts_created`;--> statement-breakpoint
CREATE INDEX `contacts_assigned_source` ON `contacts` (`source_id`,`id`) WHERE status = 'assigned';--> statement-breakpoint
ALTER TABLE `leads` ADD `external_id` text;--> statement-breakpoint
ALTER TABLE `leads` ADD `phone` text;--> statement-breakpoint
ALTER TABLE `leads` ADD `email` text;--> statement-breakpoint
ALTER TABLE `leads` ADD `assigned_by` integer;--> statement-breakpoint
ALTER TABLE `leads` ADD `part_of` integer;--> statement-breakpoint
ALTER TABLE `leads` ADD `part_place` integer;--> statement-breakpoint
CREATE INDEX `leads_parts` ON `leads` (`part_of`) WHERE part_of IS NOT NULL;--> statement-breakpoint
CREATE INDEX `refused_contacts_open_source` ON `refused_contacts` (`source_id`,`id`) WHERE settled_at IS NULL;
--> statement-breakpoint
-- what drizzle does not know: what the new columns and tables hold of what is there, and the triggers that keep it
UPDATE `leads` SET
	`external_id` = (SELECT `value` FROM `lead_identifiers` i WHERE i.`lead_id` = `leads`.`id` AND i.`kind` = 'external_id' ORDER BY coalesce(i.`place`, i.`id` * 1048576) LIMIT 1),
	`phone` = (SELECT `value` FROM `lead_identifiers` i WHERE i.`lead_id` = `leads`.`id` AND i.`kind` = 'phone' ORDER BY coalesce(i.`place`, i.`id` * 1048576) LIMIT 1),
	`email` = (SELECT `value` FROM `lead_identifiers` i WHERE i.`lead_id` = `leads`.`id` AND i.`kind` = 'email' ORDER BY coalesce(i.`place`, i.`id` * 1048576) LIMIT 1),
	`assigned_by` = (SELECT max(d.`id`) FROM `contacts` c JOIN `decisions` d ON d.`contact_id` = c.`id` WHERE c.`lead_id` = `leads`.`id` AND d.`operator_id` IS NOT NULL);
--> statement-breakpoint
INSERT INTO `clock_set_backs` SELECT `id` FROM (SELECT `id`, `created_at`, lag(`created_at`) OVER (ORDER BY `id`) AS `before` FROM `contacts`) WHERE `created_at` < `before`;
--> statement-breakpoint
CREATE TRIGGER `contacts_clock` AFTER INSERT ON `contacts`
WHEN NEW.`created_at` < (SELECT `created_at` FROM `contacts` WHERE `id` = NEW.`id` - 1)
BEGIN
	INSERT INTO `clock_set_backs` VALUES (NEW.`id`);
END;
--> statement-breakpoint
UPDATE `refused_contacts` SET `errors` = (
	SELECT json_group_array(json(`error`)) FROM (
		SELECT `value` AS `error` FROM json_each(`refused_contacts`.`errors`) WHERE `key` < 20
		UNION ALL SELECT json_object('path', '', 'message', 'and ' || (json_array_length(`refused_contacts`.`errors`) - 20) || ' more')
	)
) WHERE json_array_length(`errors`) > 20;
--> statement-breakpoint
INSERT INTO `refused_open` SELECT `source_id`, count(*), sum(octet_length(`payload`) + octet_length(`errors`)) FROM `refused_contacts` WHERE `settled_at` IS NULL GROUP BY `source_id`;
--> statement-breakpoint
CREATE TRIGGER `refused_contacts_added` AFTER INSERT ON `refused_contacts` WHEN NEW.`settled_at` IS NULL
BEGIN
	INSERT INTO `refused_open` VALUES (NEW.`source_id`, 1, octet_length(NEW.`payload`) + octet_length(NEW.`errors`))
	ON CONFLICT DO UPDATE SET `contacts` = `contacts` + 1, `bytes` = `bytes` + excluded.`bytes`;
END;
--> statement-breakpoint
CREATE TRIGGER `refused_contacts_changed` AFTER UPDATE OF `settled_at`, `payload`, `errors` ON `refused_contacts` WHEN OLD.`settled_at` IS NULL
BEGIN
	UPDATE `refused_open` SET
		`contacts` = `contacts` - (NEW.`settled_at` IS NOT NULL),
		`bytes` = `bytes` - octet_length(OLD.`payload`) - octet_length(OLD.`errors`) + iif(NEW.`settled_at` IS NULL, octet_length(NEW.`payload`) + octet_length(NEW.`errors`), 0)
	WHERE `source_id` = NEW.`source_id`;
END;
