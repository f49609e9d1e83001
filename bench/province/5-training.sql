-- Training: sixty courses a year for ten years, their rooms, and the registers. Session 1 is a room of 300.
INSERT INTO training_person (id, key, full_name, agency_id, agency_name, search_text, created_at)
SELECT b.n, 'nguyen van ' || b.n, 'Nguyễn Văn ' || b.n, 1 + b.n % {agencies}, 'Cơ quan đo số ' || (1 + b.n % {agencies}), 'nguyen van ' || b.n, d.moment
FROM bench_number b JOIN bench_day d ON d.n = -100 WHERE b.n <= {people};
INSERT INTO training_course (id, agency_id, task_id, title, organiser, audiences, content, hours, pass_mark, attempts,
    search_text, created_by_id, created_at)
SELECT b.n, 2 + b.n % 20, NULL, 'Tập huấn truyền thông chính sách ' || b.n, 'own', '["rapporteur"]', 'Kỹ năng.', 4, 70, 3,
       'tap huan ' || b.n, 1, d.moment
FROM bench_number b JOIN bench_day d ON d.n = -(b.n * 6) WHERE b.n <= {years} * 60;
INSERT INTO training_question (course_id, text, choices, "right")
SELECT c.id, 'Câu hỏi ' || k.n, '["Một", "Hai", "Ba"]', 1 FROM training_course c JOIN bench_number k ON k.n <= 10;
INSERT INTO training_need (agency_id, audience, topic, people, stated_by_id, stated_on)
SELECT 1 + b.n % {agencies}, 'rapporteur', 'Kỹ năng ' || b.n, 10, 1, d.day
FROM bench_number b JOIN bench_day d ON d.n = -(b.n % 3000) WHERE b.n <= {years} * 150;
INSERT INTO training_session (id, course_id, place, starts_at, ends_at, hours, capacity, trainer, state, cancelled_reason)
SELECT (c.id - 1) * 3 + k.n, c.id, 'Hội trường', d.moment, e.moment, 4, 300, 'Bà Đo',
       CASE WHEN c.id < 10 AND k.n > 1 THEN 'open' ELSE 'took_place' END, ''
FROM training_course c JOIN bench_number k ON k.n <= 3 JOIN bench_day d ON d.n = -(c.id * 6) + CASE WHEN c.id < 10 AND k.n > 1 THEN 60 ELSE k.n END
JOIN bench_day e ON e.n = d.n + 1;
INSERT INTO training_material (session_id, title, file, file_name, file_sha256, added_by_id, added_at)
SELECT s.id, 'Tài liệu ' || k.n, 'x', 'tai-lieu.pdf', 'x', 1, s.starts_at FROM training_session s JOIN bench_number k ON k.n <= 3;
INSERT INTO training_registration (id, session_id, person_id, position, place, source, show_name, gave_feedback, key,
    code_hash, created_at)
SELECT s.id * 300 + k.n, s.id, 1 + (s.id * 60 + k.n) % {people}, 'Chuyên viên', 'seat', 'web', true, true,
       CAST(md5('r' || (s.id * 300 + k.n)) AS {uuid}), md5('s' || (s.id * 300 + k.n)) || md5('t' || (s.id * 300 + k.n)), s.starts_at
FROM training_session s JOIN bench_number k ON k.n <= CASE s.id WHEN 1 THEN 300 ELSE 60 END;
INSERT INTO training_attendance (registration_id, how, shown_at, received_at, late)
SELECT r.id, 'code', s.starts_at, s.starts_at, r.id % 7 = 0 FROM training_registration r JOIN training_session s ON s.id = r.session_id
WHERE s.state = 'took_place' AND r.id % 10 > 0;
INSERT INTO training_attempt (registration_id, number, answers, "right", total, passed, at)
SELECT r.id, k.n, '{{}}', 8, 10, true, r.created_at FROM training_registration r JOIN bench_number k ON k.n <= 2 WHERE r.id % 10 > 2;
INSERT INTO training_feedback (session_id, score, words)
SELECT s.id, 1 + k.n % 5, 'Bổ ích.' FROM training_session s JOIN bench_number k ON k.n <= 40 WHERE s.state = 'took_place';
INSERT INTO training_certificate (registration_id, key, code_hash, issued_on, issued_by_id, withdrawn_reason)
SELECT r.id, CAST(md5('u' || r.id) AS {uuid}), md5('w' || r.id) || md5('x' || r.id), d.day, 1, ''
FROM training_registration r JOIN bench_day d ON d.n = -20 WHERE r.id % 10 > 2;
INSERT INTO training_recognition (id, person_id, duty, agency_id, area, recognised_on, recognised_by, dismissed_on, dismissed_by,
    dismissed_reason, entered_by_id, entered_at)
SELECT b.n, b.n, CASE WHEN b.n % 3 = 0 THEN 'propagandist' ELSE 'rapporteur' END, 1 + b.n % {agencies}, 'Dân sự', '2016-01-01', '3/QĐ',
       CASE WHEN b.n % 2 = 0 THEN d.day END, CASE WHEN b.n % 2 = 0 THEN '4/QĐ' ELSE '' END, '', 1, d.moment
FROM bench_number b JOIN bench_day d ON d.n = -200 WHERE b.n <= {people} / 2;
INSERT INTO training_activity (term_id, "on", kind, topic, place, listeners, entered_by_id)
SELECT t.id, d.day, 'talk', 'Luật Đất đai', 'Nhà văn hóa', 50, 1
FROM training_recognition t JOIN bench_number k ON k.n <= 10 JOIN bench_day d ON d.n = -300 * k.n;
