-- The Council: its people, a meeting every fortnight for ten years, its lists and directives. Meeting 1 is to come.
INSERT INTO council_council (id, agency_id, name, decision_number, valid_from, valid_to)
SELECT 1, 2, 'Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh', '1/QĐ', '2015-01-01', NULL FROM bench_number WHERE n = 1;
INSERT INTO council_member (id, council_id, name, folded, title, agency_id, seat, valid_from, recognised_by, valid_to, relieved_by)
SELECT b.n, 1, 'Thành viên ' || b.n, 'thanh vien ' || b.n, 'Phó Giám đốc', 1 + b.n % {agencies},
       CASE b.n WHEN 1 THEN 'chair' WHEN 2 THEN 'secretary' ELSE 'member' END, '2015-01-01', '1/QĐ',
       CASE WHEN b.n > 40 THEN d.day END, CASE WHEN b.n > 40 THEN '2/QĐ' ELSE '' END
FROM bench_number b JOIN bench_day d ON d.n = -1000 WHERE b.n <= 160;
INSERT INTO council_meeting (id, council_id, kind, title, purpose, starts_at, ends_at, place, chair_id, secretary_id, state,
    letter_number, invited_on, cancelled_reason, created_by_id, created_at)
SELECT b.n, 1, CASE WHEN b.n % 3 = 0 THEN 'workshop' ELSE 'meeting' END, 'Họp Hội đồng lần ' || b.n, 'Bàn.', d.moment, d.moment,
       'Hội trường', 1, 2, CASE b.n WHEN 1 THEN 'planned' ELSE 'met' END, '12/GM', NULL, '', 1, d.moment
FROM bench_number b JOIN bench_day d ON d.n = 20 - b.n * 14 WHERE b.n <= {years} * 24;
INSERT INTO council_agendaitem (id, meeting_id, position, title, note, presenter_id, policy_id)
SELECT (m.id - 1) * 8 + k.n, m.id, k.n, 'Nội dung ' || k.n, '', 3, 1 + ((m.id - 1) * 8 + k.n) % {dossiers}
FROM council_meeting m JOIN bench_number k ON k.n <= 8;
INSERT INTO council_paper (meeting_id, item_id, file, file_name, file_sha256, added_by_id, added_at)
SELECT i.meeting_id, i.id, 'x', 'tai-lieu.docx', md5('f' || i.id), 1, m.created_at
FROM council_agendaitem i JOIN council_meeting m ON m.id = i.meeting_id;
INSERT INTO council_party (id, meeting_id, member_id, agency_id, sent_on, reply, attended, represented_by)
SELECT (m.id - 1) * 60 + k.n, m.id, CASE WHEN k.n <= 40 THEN k.n END, CASE WHEN k.n > 40 THEN k.n END, d.day, 'coming',
       m.id > 1, '' FROM council_meeting m JOIN bench_number k ON k.n <= 60 JOIN bench_day d ON d.n = 10 - m.id * 14;
INSERT INTO council_opinion (item_id, party_id, stance, words, noted_by_id, noted_at)
SELECT i.id, p.id, CASE WHEN p.id % 5 = 0 THEN 'other' ELSE 'for' END, 'Tôi đồng ý.', 1, m.created_at
FROM council_agendaitem i JOIN council_party p ON p.meeting_id = i.meeting_id JOIN council_meeting m ON m.id = i.meeting_id
WHERE i.meeting_id > 1;
INSERT INTO council_minutes (meeting_id, number, course, state, revision, written_by_id, written_at, approved_by_id,
    approved_at, file, file_sha256)
SELECT id, id || '/BB', 'Đã bàn.', CASE WHEN id = 2 THEN 'draft' ELSE 'approved' END, 1, 1, created_at, 2, created_at, 'x', 'x'
FROM council_meeting WHERE id > 1;
INSERT INTO council_policylist (id, council_id, meeting_id, title, number, decided_on, state, drafted_by_id, drafted_at,
    decided_by_id, decided_at)
SELECT m.id - 1, 1, m.id, 'Danh mục ' || m.id, CASE WHEN m.id > 2 THEN m.id || '/DM' ELSE '' END, d.day,
       CASE WHEN m.id > 2 THEN 'decided' ELSE 'draft' END, 1, d.moment, 2, d.moment
FROM council_meeting m JOIN bench_day d ON d.n = 20 - m.id * 14 WHERE m.id > 1;
INSERT INTO council_listitem (policy_list_id, policy_id, in_scope, reason)
SELECT l.id, 1 + ((l.id - 1) * 40 + k.n) % {dossiers}, true, 'Tác động lớn.'
FROM council_policylist l JOIN bench_number k ON k.n <= 40;
INSERT INTO council_directive (id, council_id, number, issued_on, subject, file, file_name, file_sha256, added_by_id, added_at)
SELECT m.id, 1, m.id || '/CV', d.day, 'Về việc truyền thông ' || m.id, 'x', 'cong-van.pdf', 'x', 1, d.moment
FROM council_meeting m JOIN bench_day d ON d.n = 20 - m.id * 14 - 14;
INSERT INTO council_directive_addressees (directive_id, agency_id)
SELECT d.id, k.n FROM council_directive d JOIN bench_number k ON k.n <= {agencies} AND k.n > {agencies} - CASE d.id WHEN 1 THEN {agencies} ELSE 20 END;
INSERT INTO council_conclusion (meeting_id, position, kind, text, agency_id, due_on, task_id)
SELECT m.id, k.n, 'task', 'Cơ quan ' || k.n || ' thực hiện.', 3 + k.n, d.day, 1 + m.id * 5 + k.n
FROM council_meeting m JOIN bench_number k ON k.n <= 5 JOIN bench_day d ON d.n = 50 - m.id * 14 WHERE m.id > 1;
