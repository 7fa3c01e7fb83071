-- rows that version 0.1.0 wrote with migration 0000_first, in every table; frozen: made once, never again
INSERT INTO competences (source_id, operator_id, weight) VALUES
  (1, 1, 1),
  (1, 2, 5);
INSERT INTO contacts (id, source_id, lead_id, operator_id, status, message, attributes, warnings, made_lead, created_at, assigned_at, closed_at, idempotency_key, fingerprint) VALUES
  (1, 1, 1, 2, 'closed', 'Перезвоните', NULL, NULL, 1, 1795339080000, 1795339080000, 1795339560000, 'key-0', NULL),
  (2, 1, 2, 2, 'assigned', 'Перезвоните', NULL, NULL, 1, 1795339140000, 1795339560000, NULL, 'key-1', NULL),
  (3, 1, 3, 1, 'assigned', 'Перезвоните', NULL, NULL, 1, 1795339200000, 1795339200000, NULL, 'key-2', NULL),
  (4, 1, 4, 1, 'assigned', 'Перезвоните', NULL, NULL, 1, 1795339260000, 1795339260000, NULL, 'key-3', NULL),
  (5, 1, 5, 1, 'assigned', 'Перезвоните', NULL, NULL, 1, 1795339320000, 1795339320000, NULL, 'key-4', NULL),
  (6, 1, 6, 2, 'assigned', 'Перезвоните', NULL, NULL, 1, 1795339380000, 1795339560000, NULL, 'key-5', NULL),
  (7, 1, 7, NULL, 'waiting', 'Перезвоните', NULL, NULL, 1, 1795339440000, NULL, NULL, 'key-6', NULL),
  (8, 1, 8, NULL, 'waiting', 'Перезвоните', NULL, NULL, 1, 1795339500000, NULL, NULL, 'key-7', NULL),
  (9, 1, 9, NULL, 'waiting', NULL, NULL, NULL, 1, 1795339500000, NULL, NULL, NULL, NULL),
  (10, 1, 10, NULL, 'waiting', NULL, NULL, NULL, 1, 1795339500000, NULL, NULL, NULL, NULL),
  (11, 1, 9, NULL, 'waiting', NULL, NULL, NULL, 0, 1795339500000, NULL, NULL, NULL, NULL);
INSERT INTO decisions (id, contact_id, at, kind, roster_id, loads, sum, r, operator_id, weight, waiting_reason) VALUES
  (1, 1, 1795339080000, 'draw', 1, X'000000', 6, 1, 2, 5, NULL),
  (2, 2, 1795339140000, 'draw', 1, X'000100', 6, 2, 2, 5, NULL),
  (3, 3, 1795339200000, 'draw', 1, X'000200', 1, 0, 1, 1, NULL),
  (4, 4, 1795339260000, 'draw', 1, X'010200', 1, 0, 1, 1, NULL),
  (5, 5, 1795339320000, 'draw', 1, X'020200', 1, 0, 1, 1, NULL),
  (6, 6, 1795339380000, 'draw', 1, X'030200', 0, NULL, NULL, NULL, 'all_full'),
  (7, 7, 1795339440000, 'draw', 1, X'030200', 0, NULL, NULL, NULL, 'all_full'),
  (8, 8, 1795339500000, 'draw', 1, X'030200', 0, NULL, NULL, NULL, 'all_full'),
  (9, 9, 1795339500000, 'draw', 1, X'030200', 0, NULL, NULL, NULL, 'all_full'),
  (10, 10, 1795339500000, 'draw', 1, X'030200', 0, NULL, NULL, NULL, 'all_full'),
  (11, 11, 1795339500000, 'draw', 1, X'030200', 0, NULL, NULL, NULL, 'all_full'),
  (12, 6, 1795339560000, 'drain', 1, X'030100', 5, 2, 2, 5, NULL),
  (13, 2, 1795339560000, 'manual', 1, X'030200', 0, NULL, NULL, NULL, 'all_full'),
  (14, 2, 1795339560000, 'drain', 1, X'030100', 5, 4, 2, 5, NULL);
INSERT INTO journal (revision, at, actor, kind, contact_id, operator_id, source_id, data) VALUES
  (1, 1795338900000, 'admin', 'source_saved', NULL, NULL, 1, '{"before":null,"after":{"name":"Сайт","settings":{},"is_archived":false}}'),
  (2, 1795338900000, 'admin', 'source_keys_changed', NULL, NULL, 1, '{"added":1,"hint":"sw_0"}'),
  (3, 1795338960000, 'admin', 'source_saved', NULL, NULL, 2, '{"before":null,"after":{"name":"Telegram","settings":{},"is_archived":false}}'),
  (4, 1795338960000, 'admin', 'source_keys_changed', NULL, NULL, 2, '{"added":2,"hint":"sw_1"}'),
  (5, 1795339020000, 'admin', 'operator_saved', NULL, 1, NULL, '{"before":null,"after":{"name":"Анна","is_active":true,"max_load":3,"is_archived":false}}'),
  (6, 1795339020000, 'admin', 'operator_saved', NULL, 2, NULL, '{"before":null,"after":{"name":"Борис","is_active":true,"max_load":2,"is_archived":false}}'),
  (7, 1795339020000, 'admin', 'operator_saved', NULL, 3, NULL, '{"before":null,"after":{"name":"Вера","is_active":false,"max_load":4,"is_archived":false}}'),
  (8, 1795339020000, 'admin', 'competence_saved', NULL, 1, 1, '{"before":null,"after":1}'),
  (9, 1795339020000, 'admin', 'competence_saved', NULL, 2, 1, '{"before":null,"after":5}'),
  (10, 1795339020000, 'admin', 'competence_saved', NULL, 3, 1, '{"before":null,"after":10}'),
  (11, 1795339080000, 'source:1', 'contact_assigned', 1, 2, 1, NULL),
  (12, 1795339140000, 'source:1', 'contact_assigned', 2, 2, 1, NULL),
  (13, 1795339200000, 'source:1', 'contact_assigned', 3, 1, 1, NULL),
  (14, 1795339260000, 'source:1', 'contact_assigned', 4, 1, 1, NULL),
  (15, 1795339320000, 'source:1', 'contact_assigned', 5, 1, 1, NULL),
  (16, 1795339380000, 'source:1', 'contact_waiting', 6, NULL, 1, NULL),
  (17, 1795339440000, 'source:1', 'contact_waiting', 7, NULL, 1, NULL),
  (18, 1795339500000, 'source:1', 'contact_waiting', 8, NULL, 1, NULL),
  (19, 1795339500000, 'source:1', 'contact_waiting', 9, NULL, 1, NULL),
  (20, 1795339500000, 'source:1', 'contact_waiting', 10, NULL, 1, NULL),
  (21, 1795339500000, 'source:1', 'leads_merged', NULL, NULL, NULL, '{"merge_id":1,"survivor_id":9,"merged_id":10}'),
  (22, 1795339500000, 'source:1', 'contact_waiting', 11, NULL, 1, NULL),
  (23, 1795339560000, 'source:2', 'contact_refused', NULL, NULL, NULL, NULL),
  (24, 1795339560000, 'admin', 'contact_closed', 1, 2, 1, NULL),
  (25, 1795339560000, 'admin', 'contact_assigned', 6, 2, 1, NULL),
  (26, 1795339560000, 'admin', 'contact_waiting', 2, NULL, 1, NULL),
  (27, 1795339560000, 'admin', 'contact_assigned', 2, 2, 1, NULL),
  (28, 1795339560000, 'admin', 'operator_saved', NULL, 1, NULL, '{"before":{"name":"Анна","is_active":true,"max_load":3,"is_archived":false},"after":{"name":"Анна","is_active":true,"max_load":2,"is_archived":false}}'),
  (29, 1795339560000, 'admin', 'source_keys_changed', NULL, NULL, 2, '{"revoked":2}'),
  (30, 1795339560000, 'admin', 'merge_undone', NULL, NULL, NULL, '{"merge_id":1,"survivor_id":9,"merged_id":10}'),
  (31, 1795339560000, 'admin', 'competence_saved', NULL, 3, 1, '{"before":10,"after":null}'),
  (32, 1795339560000, 'admin', 'operator_saved', NULL, 3, NULL, '{"before":{"name":"Вера","is_active":false,"max_load":4,"is_archived":false},"after":{"name":"Вера","is_active":false,"max_load":4,"is_archived":true}}'),
  (33, 1795339560000, 'admin', 'source_saved', NULL, NULL, 2, '{"before":{"name":"Telegram","settings":{},"is_archived":false},"after":{"name":"Telegram","settings":{},"is_archived":true}}');
INSERT INTO lead_identifiers (id, kind, value, lead_id, created_at) VALUES
  (1, 'external_id', 'tg-0', 1, 1795339080000),
  (2, 'phone', '+79001234560', 1, 1795339080000),
  (3, 'external_id', 'tg-1', 2, 1795339140000),
  (4, 'phone', '+79001234561', 2, 1795339140000),
  (5, 'external_id', 'tg-2', 3, 1795339200000),
  (6, 'phone', '+79001234562', 3, 1795339200000),
  (7, 'external_id', 'tg-3', 4, 1795339260000),
  (8, 'phone', '+79001234563', 4, 1795339260000),
  (9, 'external_id', 'tg-4', 5, 1795339320000),
  (10, 'phone', '+79001234564', 5, 1795339320000),
  (11, 'external_id', 'tg-5', 6, 1795339380000),
  (12, 'phone', '+79001234565', 6, 1795339380000),
  (13, 'external_id', 'tg-6', 7, 1795339440000),
  (14, 'phone', '+79001234566', 7, 1795339440000),
  (15, 'external_id', 'tg-7', 8, 1795339500000),
  (16, 'phone', '+79001234567', 8, 1795339500000),
  (17, 'external_id', 'solo', 9, 1795339500000),
  (18, 'phone', '+79007654321', 10, 1795339500000),
  (19, 'email', 'a@example.com', 10, 1795339500000);
INSERT INTO leads (id, name, operator_id, created_at, merged_into) VALUES
  (1, 'Имя 0', 2, 1795339080000, NULL),
  (2, 'Имя 1', 2, 1795339140000, NULL),
  (3, 'Имя 2', 1, 1795339200000, NULL),
  (4, 'Имя 3', 1, 1795339260000, NULL),
  (5, 'Имя 4', 1, 1795339320000, NULL),
  (6, 'Имя 5', 2, 1795339380000, NULL),
  (7, 'Имя 6', NULL, 1795339440000, NULL),
  (8, 'Имя 7', NULL, 1795339500000, NULL),
  (9, NULL, NULL, 1795339500000, NULL),
  (10, NULL, NULL, 1795339500000, NULL);
INSERT INTO merges (id, survivor_id, merged_id, contact_id, moved, created_at, undone_at) VALUES
  (1, 9, 10, 11, '{"identifier_ids":[18,19],"contact_ids":[10],"name_given":false}', 1795339500000, 1795339560000);
INSERT INTO operators (id, name, name_key, is_active, max_load, current_load, active_changed_at, assigned_on, assigned_count, last_assigned_at, created_at, archived_at) VALUES
  (1, 'Анна', 'анна', 1, 2, 3, 1795339020000, '2026-11-22', 3, 1795339320000, 1795339020000, NULL),
  (2, 'Борис', 'борис', 1, 2, 2, 1795339020000, '2026-11-22', 4, 1795339560000, 1795339020000, NULL),
  (3, 'Вера', 'вера', 0, 4, 0, 1795339560000, NULL, 0, NULL, 1795339020000, 1795339560000);
INSERT INTO refused_contacts (id, source_id, idempotency_key, fingerprint, refused_at, attempts, code, detail, errors, payload, settled_at, contact_id) VALUES
  (1, 2, NULL, NULL, 1795339560000, 1, 'source_has_no_competences', 'No operator has a competence for source 2 (Telegram). Give one a weight, then hand the contact in again.', '[]', '{"external_id":"x","source_id":2}', NULL, NULL);
INSERT INTO rosters (id, source_id, members, created_at) VALUES
  (1, 1, '[[1,1,3,1],[2,5,2,1],[3,10,4,0]]', 1795339080000);
INSERT INTO source_keys (id, source_id, hash, hint, created_at, revoked_at) VALUES
  (1, 1, X'AAAD35A02B6C8E7D090B71AE266D143463DB4926862B79DDEB6AEE4F5CAAA784', 'sw_0', 1795338900000, NULL),
  (2, 2, X'17278E4008C2222A21B35A9C9EC096B16D8957393F7335970BADA5ACBE7D63E6', 'sw_1', 1795338960000, 1795339560000);
INSERT INTO sources (id, name, name_key, settings, created_at, archived_at) VALUES
  (1, 'Сайт', 'сайт', '{}', 1795338900000, NULL),
  (2, 'Telegram', 'telegram', '{}', 1795338960000, 1795339560000);
