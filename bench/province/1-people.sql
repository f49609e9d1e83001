-- Bodies and people. Body 1 is the People's Committee, 2 Sở Tư pháp, 3 the body whose officers look on.
INSERT INTO accounts_agency (id, code, name, short_name, kind, level, parent_id, valid_from)
SELECT n, 'co-quan-' || n, 'Cơ quan đo số ' || n, '',
       CASE WHEN n = 1 THEN 'peoples_committee' WHEN n % 15 = 4 THEN 'socio_political' ELSE 'department' END,
       'province', NULL, '2015-01-01' FROM bench_number WHERE n <= {agencies};
INSERT INTO accounts_user (id, email, full_name, title, is_active, password, created_at)
SELECT b.n, 'nguoi-' || b.n || '@do.example', 'Người ' || b.n, '', true, '!', d.moment
FROM bench_number b JOIN bench_day d ON d.n = 0 WHERE b.n <= 2 * {agencies};
INSERT INTO accounts_membership (user_id, agency_id, role, valid_from)
SELECT 1, 2, CASE n WHEN 1 THEN 'justice' WHEN 2 THEN 'leader' ELSE 'admin' END, '2015-01-01'
FROM bench_number WHERE n <= 3;
INSERT INTO accounts_membership (user_id, agency_id, role, valid_from)
SELECT 2, 3, CASE n WHEN 1 THEN 'officer' WHEN 2 THEN 'drafter' ELSE 'approver' END, '2015-01-01'
FROM bench_number WHERE n <= 3;
INSERT INTO accounts_membership (user_id, agency_id, role, valid_from)
SELECT id, 1 + id % {agencies}, 'drafter', '2015-01-01' FROM accounts_user WHERE id > 2;
