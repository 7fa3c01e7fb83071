CREATE INDEX `contacts_class` ON `contacts` (`class_id`) WHERE class_id IS NOT NULL;--> statement-breakpoint
-- By hand: classes that contacts have left may hold values of attributes of leads that were erased since.
DELETE FROM `contact_classes` WHERE NOT EXISTS (SELECT 1 FROM `contacts` WHERE `class_id` = `contact_classes`.`id`);
