-- the rows of rows-0018.sql as the next migration left them; frozen: made once, never again
INSERT INTO clock_set_backs (contact_id) VALUES
  (4);
INSERT INTO competences (source_id, operator_id, weight) VALUES
  (1, 1, 1),
  (1, 2, 5);
INSERT INTO contact_classes (id, source_id, content) VALUES
  (1, 1, '{"needs":{"language":"en"}}');
INSERT INTO contacts (id, source_id, lead_id, operator_id, status, message, attributes, warnings, made_lead, created_at, assigned_at, closed_at, idempotency_key, fingerprint, for_source, returned, class_id, messages, accept_by, accepted_at) VALUES
  (1, 1, 1, 2, 'closed', 'Перезвоните', NULL, NULL, 1, 1795339080000, 1795339080000, 1795339560000, 'key-0', NULL, NULL, 0, NULL, 0, NULL, NULL),
  (2, 1, 2, 2, 'assigned', 'Перезвоните', NULL, NULL, 1, 1795339140000, 1795339560000, NULL, 'key-1', NULL, NULL, 0, 1, 0, NULL, NULL),
  (3, 1, 3, 1, 'assigned', 'Перезвоните', NULL, NULL, 1, 1795339200000, 1795339200000, NULL, 'key-2', NULL, NULL, 0, NULL, 0, NULL, NULL),
  (4, 1, 4, 1, 'assigned', 'Перезвоните', NULL, NULL, 1, 1795339260000, 1795339260000, NULL, 'key-3', NULL, NULL, 0, NULL, 0, NULL, NULL),
  (5, 1, 5, 1, 'assigned', 'Перезвоните', NULL, NULL, 1, 1795339320000, 1795339320000, NULL, 'key-4', NULL, NULL, 0, NULL, 0, NULL, NULL),
  (6, 1, 6, 2, 'assigned', 'Перезвоните', NULL, NULL, 1, 1795339380000, 1795339560000, NULL, 'key-5', NULL, NULL, 0, NULL, 0, NULL, NULL),
  (7, 1, 7, NULL, 'waiting', 'Перезвоните', NULL, NULL, 1, 1795339440000, NULL, NULL, 'key-6', NULL, NULL, 0, NULL, 0, NULL, NULL),
  (8, 1, 8, NULL, 'waiting', 'Перезвоните', NULL, NULL, 1, 1795339500000, NULL, NULL, 'key-7', NULL, NULL, 0, NULL, 0, NULL, NULL),
  (9, 1, 9, NULL, 'waiting', NULL, NULL, NULL, 1, 1795339500000, NULL, NULL, NULL, NULL, NULL, 0, NULL, 0, NULL, NULL),
  (10, 1, 10, NULL, 'waiting', NULL, NULL, NULL, 1, 1795339500000, NULL, NULL, NULL, NULL, NULL, 0, NULL, 0, NULL, NULL),
  (11, 1, 9, NULL, 'waiting', NULL, NULL, NULL, 0, 1795339500000, NULL, NULL, NULL, NULL, NULL, 0, NULL, 0, NULL, NULL);
INSERT INTO deadlines (id, due_at, kind, subject_id, decision_id, since, is_witnessed) VALUES
  (1, 1795339620000, 'accept', 2, 14, 1795339560000, 1);
INSERT INTO decisions (id, contact_id, at, kind, roster_id, loads, sum, r, operator_id, weight, waiting_reason, rule_id, keys, barred, next_at, owner_id, turn, cost, cause, note) VALUES
  (1, 1, 1795339080000, 'draw', 1, X'000000', 6, 1, 2, 5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (2, 2, 1795339140000, 'draw', 1, X'000100', 6, 2, 2, 5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (3, 3, 1795339200000, 'draw', 1, X'000200', 1, 0, 1, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (4, 4, 1795339260000, 'draw', 1, X'010200', 1, 0, 1, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (5, 5, 1795339320000, 'draw', 1, X'020200', 1, 0, 1, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (6, 6, 1795339380000, 'draw', 1, X'030200', 0, NULL, NULL, NULL, 'all_full', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (7, 7, 1795339440000, 'draw', 1, X'030200', 0, NULL, NULL, NULL, 'all_full', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (8, 8, 1795339500000, 'draw', 1, X'030200', 0, NULL, NULL, NULL, 'all_full', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (9, 9, 1795339500000, 'draw', 1, X'030200', 0, NULL, NULL, NULL, 'all_full', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (10, 10, 1795339500000, 'draw', 1, X'030200', 0, NULL, NULL, NULL, 'all_full', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (11, 11, 1795339500000, 'draw', 1, X'030200', 0, NULL, NULL, NULL, 'all_full', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (12, 6, 1795339560000, 'drain', 1, X'030100', 5, 2, 2, 5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (13, 2, 1795339560000, 'manual', 1, X'030200', 0, NULL, NULL, NULL, 'all_full', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (14, 2, 1795339560000, 'drain', 1, X'030100', 5, 4, 2, 5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO erased_leads (lead_id, lead_created_at, erased_at) VALUES
  (8, 1795339500000, 1795339560000);
INSERT INTO export_runs (id, scheduled_export_id, at, file, rows, bytes, error) VALUES
  (1, 1, 1795339560000, '/reports/summary.csv', 2, 100, NULL);
INSERT INTO identifier_givers (identifier_id, source_id) VALUES
  (1, 1);
INSERT INTO journal (revision, at, actor, kind, contact_id, operator_id, source_id, data, chain) VALUES
  (1, 1795338900000, 'admin', 'source_saved', NULL, NULL, 1, '{"before":null,"after":{"name":"Сайт","settings":{},"is_archived":false}}', X'ABB77C46DE745AD9B7658FB4B6BE21C1FE530DC598EED4AFF1C85EF76FBB766F'),
  (2, 1795338900000, 'admin', 'source_keys_changed', NULL, NULL, 1, '{"added":1,"hint":"sw_0"}', X'051299C5DC1303008DE9BE4F408B22DA6E9638769A2D4E1B9D40BF6AFF99E30D'),
  (3, 1795338960000, 'admin', 'source_saved', NULL, NULL, 2, '{"before":null,"after":{"name":"Telegram","settings":{},"is_archived":false}}', X'BC0EABAA1D426E8C6F66024A4C86D50A8B6175A63E4635BD94AE1D6C1CE2A448'),
  (4, 1795338960000, 'admin', 'source_keys_changed', NULL, NULL, 2, '{"added":2,"hint":"sw_1"}', X'E248169105735618A6D909B7CFD2EE67A41284DA6F0C521CB2ED400CFF9BF40D'),
  (5, 1795339020000, 'admin', 'operator_saved', NULL, 1, NULL, '{"before":null,"after":{"name":"Анна","is_active":true,"max_load":3,"is_archived":false}}', X'7AF02684FEEDF52088D4E4FE2DC451347A3790B1BDFCDB0A82DC7C6AF882EF11'),
  (6, 1795339020000, 'admin', 'operator_saved', NULL, 2, NULL, '{"before":null,"after":{"name":"Борис","is_active":true,"max_load":2,"is_archived":false}}', X'278963C2079BC8C799D14112A8738B6319E0942009D95D5598A01D17FC672BE4'),
  (7, 1795339020000, 'admin', 'operator_saved', NULL, 3, NULL, '{"before":null,"after":{"name":"Вера","is_active":false,"max_load":4,"is_archived":false}}', X'CE2B1EBB039BF49398C9B1D7C820EE3367600E8D6578F3B6D3EBC73B5C3E2817'),
  (8, 1795339020000, 'admin', 'competence_saved', NULL, 1, 1, '{"before":null,"after":1}', X'D2D74BFFB334AA671583E8EFDC8E2C06E8A61FF2DFD270A7B30F26B5AA23938C'),
  (9, 1795339020000, 'admin', 'competence_saved', NULL, 2, 1, '{"before":null,"after":5}', X'332B7330F2D46AE0E83B2DBCDCE67CA834E72DD8BBD9A10B9B810924209CFD09'),
  (10, 1795339020000, 'admin', 'competence_saved', NULL, 3, 1, '{"before":null,"after":10}', X'95765AA5CC94ED84F5D0894CC0AE1B923E4C1FA9FD393AD151167B6067963918'),
  (11, 1795339080000, 'source:1', 'contact_assigned', 1, 2, 1, NULL, X'C17DA8A92C52CD59490B09AB6E2B89C1FFD3785FC21AE4E3C197A0BD6ABC24B6'),
  (12, 1795339140000, 'source:1', 'contact_assigned', 2, 2, 1, NULL, X'5BAD5EC94E73DCC569B13FE11B7BE83E2B1C4E0BA921CCB76D99837A9FBA4004'),
  (13, 1795339200000, 'source:1', 'contact_assigned', 3, 1, 1, NULL, X'8CA9F4EFAE5352E74205BAA9F53B38B89E05D52DFF94693D05C21B1E802EBD29'),
  (14, 1795339260000, 'source:1', 'contact_assigned', 4, 1, 1, NULL, X'2D6A7362CD8F0A827719C730ED793DBD462A7D76DB5C09CE8B3B27AA23181D33'),
  (15, 1795339320000, 'source:1', 'contact_assigned', 5, 1, 1, NULL, X'5B6DCDB35FE516F2FE58BDCCC93B04A7A7B0B4A9450F3BB4E96176C00807A22D'),
  (16, 1795339380000, 'source:1', 'contact_waiting', 6, NULL, 1, NULL, X'572968EE8CBC39CD595282F123528CD4E4A3D363EF8A66DF2F5432838203A73E'),
  (17, 1795339440000, 'source:1', 'contact_waiting', 7, NULL, 1, NULL, X'E6BED6912B0F01521601F4A458AACED7E0636F94C4610CAAD6B74CC27E1F24CB'),
  (18, 1795339500000, 'source:1', 'contact_waiting', 8, NULL, 1, NULL, X'7A8F4070B93EC2F78C03A0D8AD860C48F7BC6E4F9DF23C7934B5BF9C7D0C4A3F'),
  (19, 1795339500000, 'source:1', 'contact_waiting', 9, NULL, 1, NULL, X'D84962239407DF23C32B289D825108AF019306F8B74E778949A0B1970BC3B195'),
  (20, 1795339500000, 'source:1', 'contact_waiting', 10, NULL, 1, NULL, X'1ED3508C4DA714D52209B0E4B8876D952B79415CCCEB7895E255963F3CC4D60A'),
  (21, 1795339500000, 'source:1', 'leads_merged', NULL, NULL, NULL, '{"merge_id":1,"survivor_id":9,"merged_id":10}', X'0ED7FF76C2F292117B0671493EDC0E0CDAE833B215B4B41899F66DE3E09FD0C8'),
  (22, 1795339500000, 'source:1', 'contact_waiting', 11, NULL, 1, NULL, X'2C6503684B238583871743CD7C87F2A8395CDDF90CAA28825654E6923E21A548'),
  (23, 1795339560000, 'source:2', 'contact_refused', NULL, NULL, NULL, NULL, X'E3245C707A34BCEB024BA5E573535445E432A2027939A37222CF14A316E45555'),
  (24, 1795339560000, 'admin', 'contact_closed', 1, 2, 1, NULL, X'F4FC14BA6DAB63B6E0B5A0592782CFC5C2EA2C394DC51AC78077F526516E7D3F'),
  (25, 1795339560000, 'admin', 'contact_assigned', 6, 2, 1, NULL, X'E5998B4FBA2C8F7BF1CE4CBD19442AD80A3DC5B3FF9DC429876884299879761A'),
  (26, 1795339560000, 'admin', 'contact_waiting', 2, NULL, 1, NULL, X'4FAAB77D7A78AB7287A2C942590568485AAB4571899B044C6157BE96478C969E'),
  (27, 1795339560000, 'admin', 'contact_assigned', 2, 2, 1, NULL, X'A35919B44E628447692648F6E8A4B07C4E4557D11846F19919F8D3BACC0EEB79'),
  (28, 1795339560000, 'admin', 'operator_saved', NULL, 1, NULL, '{"before":{"name":"Анна","is_active":true,"max_load":3,"is_archived":false},"after":{"name":"Анна","is_active":true,"max_load":2,"is_archived":false}}', X'302BD9012E464B51E8F8E4124C4E468379CFF594D3792B4B0EBC253C3A4FB9DE'),
  (29, 1795339560000, 'admin', 'source_keys_changed', NULL, NULL, 2, '{"revoked":2}', X'5B70BBFCAC44A94071D0A42C8056ED1636D894CC98A35DBD6A47ACB438F88792'),
  (30, 1795339560000, 'admin', 'merge_undone', NULL, NULL, NULL, '{"merge_id":1,"survivor_id":9,"merged_id":10}', X'01A1EB060EFF4F0FB273AF110DCAB9C6637D953D761C05A2969A9F310AD47FF3'),
  (31, 1795339560000, 'admin', 'competence_saved', NULL, 3, 1, '{"before":10,"after":null}', X'8AF20A13A5C5DF24B8BA043ED8093DCD4DB52CD2D8983E92F9F9FB5F1E858F27'),
  (32, 1795339560000, 'admin', 'operator_saved', NULL, 3, NULL, '{"before":{"name":"Вера","is_active":false,"max_load":4,"is_archived":false},"after":{"name":"Вера","is_active":false,"max_load":4,"is_archived":true}}', X'219AACE64B35503A7FA881CC6F72581F2A70C12459E877CC2F59F45C66034411'),
  (33, 1795339560000, 'admin', 'source_saved', NULL, NULL, 2, '{"before":{"name":"Telegram","settings":{},"is_archived":false},"after":{"name":"Telegram","settings":{},"is_archived":true}}', X'F9BC84B264B9F9AE83FBC7E20204956287C554BF3490A929914E4FF52E2666C3');
INSERT INTO kept_cases (id, content) VALUES
  (1, '{"source_id":1,"attributes":{},"owner_id":null,"waited_seconds":0,"on_line":[1],"full":[],"expected":{"operator_id":1}}');
INSERT INTO lead_identifiers (id, kind, value, lead_id, created_at, place, given_by, space, is_shared) VALUES
  (1, 'external_id', 'tg-0', 1, 1795339080000, NULL, NULL, 0, 0),
  (2, 'phone', '+79001234560', 1, 1795339080000, NULL, NULL, 0, 0),
  (3, 'external_id', 'tg-1', 2, 1795339140000, NULL, NULL, 0, 0),
  (4, 'phone', '+79001234561', 2, 1795339140000, NULL, NULL, 0, 0),
  (5, 'external_id', 'tg-2', 3, 1795339200000, NULL, NULL, 0, 0),
  (6, 'phone', '+79001234562', 3, 1795339200000, NULL, NULL, 0, 0),
  (7, 'external_id', 'tg-3', 4, 1795339260000, NULL, NULL, 0, 0),
  (8, 'phone', '+79001234563', 4, 1795339260000, NULL, NULL, 0, 0),
  (9, 'external_id', 'tg-4', 5, 1795339320000, NULL, NULL, 0, 0),
  (10, 'phone', '+79001234564', 5, 1795339320000, NULL, NULL, 0, 0),
  (11, 'external_id', 'tg-5', 6, 1795339380000, NULL, NULL, 0, 0),
  (12, 'phone', '+79001234565', 6, 1795339380000, NULL, NULL, 0, 0),
  (13, 'external_id', 'tg-6', 7, 1795339440000, NULL, NULL, 0, 0),
  (14, 'phone', '+79001234566', 7, 1795339440000, NULL, NULL, 0, 0),
  (15, 'external_id', 'tg-7', 8, 1795339500000, NULL, NULL, 0, 0),
  (16, 'phone', '+79001234567', 8, 1795339500000, NULL, NULL, 0, 0),
  (17, 'external_id', 'solo', 9, 1795339500000, NULL, NULL, 0, 0),
  (18, 'phone', '+79007654321', 10, 1795339500000, NULL, NULL, 0, 0),
  (19, 'email', 'a@example.com', 10, 1795339500000, NULL, NULL, 0, 0);
INSERT INTO leads (id, name, operator_id, created_at, merged_into, name_given_by, operator_source_id, external_id, phone, email, assigned_by, part_of, part_place, pinned_operator_id) VALUES
  (1, 'Имя 0', 2, 1795339080000, NULL, NULL, NULL, 'tg-0', '+79001234560', NULL, 1, NULL, NULL, NULL),
  (2, 'Имя 1', 2, 1795339140000, NULL, NULL, NULL, 'tg-1', '+79001234561', NULL, 14, NULL, NULL, NULL),
  (3, 'Имя 2', 1, 1795339200000, NULL, NULL, NULL, 'tg-2', '+79001234562', NULL, 3, NULL, NULL, NULL),
  (4, 'Имя 3', 1, 1795339260000, NULL, NULL, NULL, 'tg-3', '+79001234563', NULL, 4, NULL, NULL, NULL),
  (5, 'Имя 4', 1, 1795339320000, NULL, NULL, NULL, 'tg-4', '+79001234564', NULL, 5, NULL, NULL, NULL),
  (6, 'Имя 5', 2, 1795339380000, NULL, NULL, NULL, 'tg-5', '+79001234565', NULL, 12, NULL, NULL, NULL),
  (7, 'Имя 6', NULL, 1795339440000, NULL, NULL, NULL, 'tg-6', '+79001234566', NULL, NULL, NULL, NULL, NULL),
  (8, 'Имя 7', NULL, 1795339500000, NULL, NULL, NULL, 'tg-7', '+79001234567', NULL, NULL, NULL, NULL, NULL),
  (9, NULL, NULL, 1795339500000, NULL, NULL, NULL, 'solo', NULL, NULL, NULL, NULL, NULL, NULL),
  (10, NULL, NULL, 1795339500000, NULL, NULL, NULL, NULL, '+79007654321', 'a@example.com', NULL, NULL, NULL, NULL);
INSERT INTO merges (id, survivor_id, merged_id, contact_id, moved, created_at, undone_at) VALUES
  (1, 9, 10, 11, '{"identifier_ids":[18,19],"contact_ids":[10],"name_given":false}', 1795339500000, 1795339560000);
INSERT INTO messages (id, contact_id, source_id, created_at, message, attributes, given, warnings, idempotency_key, fingerprint) VALUES
  (1, 1, 1, 1795339200000, 'Ещё вопрос', '{"page":"2"}', '{"name":"Иван"}', NULL, 'message-1', NULL);
INSERT INTO operators (id, name, name_key, is_active, max_load, current_load, active_changed_at, assigned_on, assigned_count, last_assigned_at, created_at, archived_at, inactive_reason, latest_decision, tags, misses, hours, switched_by) VALUES
  (1, 'Анна', 'анна', 1, 2, 3, 1795339020000, '2026-11-22', 3, 1795339320000, 1795339020000, NULL, NULL, 5, '[]', 0, NULL, NULL),
  (2, 'Борис', 'борис', 1, 2, 2, 1795339020000, '2026-11-22', 4, 1795339560000, 1795339020000, NULL, NULL, 14, '[]', 0, NULL, NULL),
  (3, 'Вера', 'вера', 0, 4, 0, 1795339560000, NULL, 0, NULL, 1795339020000, 1795339560000, NULL, NULL, '[]', 0, NULL, 'console');
INSERT INTO people (id, name, name_key, role, password, password_id, invitation, invited_until, created_at, removed_at) VALUES
  (1, 'Анна', 'анна', 'supervisor', X'736372797074', X'000102030405060708090A0B0C0D0E0F', NULL, NULL, 1795339560000, NULL),
  (2, 'Павел', 'павел', 'viewer', NULL, NULL, X'0F0E0D0C0B0A09080706050403020100', 1795425960000, 1795339560000, NULL),
  (3, 'Игорь', 'игорь', 'viewer', NULL, NULL, NULL, NULL, 1795339560000, 1795339560000);
INSERT INTO person_keys (id, person_id, hash, hint, created_at, revoked_at) VALUES
  (1, 1, X'18A1F6E8EE4B0B1C8A1B0E6E4A3E9C5A7F0D2B4C6E8F0A1B2C3D4E5F60718293', 'k_01', 1795339560000, NULL);
INSERT INTO presets (id, name, name_key, content, created_at, updated_at) VALUES
  (1, 'Ночь', 'ночь', '{"operators":[]}', 1795339560000, 1795339560000);
INSERT INTO refused_contacts (id, source_id, idempotency_key, fingerprint, refused_at, attempts, code, detail, errors, payload, settled_at, contact_id) VALUES
  (1, 2, NULL, NULL, 1795339560000, 1, 'source_has_no_competences', 'No operator has a competence for source 2 (Telegram). Give one a weight, then hand the contact in again.', '[]', '{"external_id":"x","source_id":2}', NULL, NULL);
INSERT INTO refused_summaries (source_id, contacts, first_at, last_at, codes) VALUES
  (1, 12, 1795339080000, 1795339140000, '{"validation_failed":12}');
INSERT INTO rosters (id, source_id, members, created_at) VALUES
  (1, 1, '[[1,1,3,1],[2,5,2,1],[3,10,4,0]]', 1795339080000);
INSERT INTO rules (id, source_id, version, content, created_at) VALUES
  (1, 1, 2, '{"strategy":"even","lines":[60],"line_of":{"2":2}}', 1795339560000);
INSERT INTO scheduled_exports (id, settings, next_at, created_at) VALUES
  (1, '{}', 1795426200000, 1795339560000);
INSERT INTO schedules (id, content) VALUES
  (1, '{"name":"Пять через два","time_zone":"Europe/Moscow","anchor_date":"2026-11-23","days":[[{"from":"09:00","to":"18:00","kind":"work"}],[{"from":"09:00","to":"18:00","kind":"work"}],[{"from":"09:00","to":"18:00","kind":"work"}],[{"from":"09:00","to":"18:00","kind":"work"}],[{"from":"09:00","to":"18:00","kind":"work"}],[],[]],"exceptions":[]}');
INSERT INTO sessions (id, hash, admin_token, host, user_agent, created_at, last_used_at, person_id) VALUES
  (1, X'0001020304050607', X'08090A0B0C0D0E0F', '127.0.0.1:8000', 'Firefox', 1795339560000, 1795339560000, 1);
INSERT INTO settings (key, value) VALUES
  ('backup_days', '14');
INSERT INTO shared_identifiers (id, kind, value, space, created_at, merge_ids, lead_id) VALUES
  (1, 'email', 'info@example.org', 0, 1795339500000, '[]', 1);
INSERT INTO shifts (operator_id, date, content) VALUES
  (1, '2026-11-25', '{"kind":"vacation","intervals":[]}');
INSERT INTO source_keys (id, source_id, hash, hint, created_at, revoked_at, last_used_at) VALUES
  (1, 1, X'AAAD35A02B6C8E7D090B71AE266D143463DB4926862B79DDEB6AEE4F5CAAA784', 'sw_0', 1795338900000, NULL, NULL),
  (2, 2, X'17278E4008C2222A21B35A9C9EC096B16D8957393F7335970BADA5ACBE7D63E6', 'sw_1', 1795338960000, 1795339560000, NULL);
INSERT INTO sources (id, name, name_key, settings, created_at, archived_at, external_ids) VALUES
  (1, 'Сайт', 'сайт', '{}', 1795338900000, NULL, 'shared'),
  (2, 'Telegram', 'telegram', '{}', 1795338960000, 1795339560000, 'shared');
INSERT INTO suggested_merges (id, survivor_id, merged_id, contact_id, identifier_ids, created_at, settled_at, merge_id) VALUES
  (1, 1, 2, 1, '[]', 1795339560000, NULL, NULL);
INSERT INTO uptime (id, seen_at) VALUES
  (1, 1795339560000);
INSERT INTO withdrawals (kind, identity, withdrawn_at) VALUES
  ('source_key', X'17278E4008C2222A21B35A9C9EC096B16D8957393F7335970BADA5ACBE7D63E6', 1795339560000);
