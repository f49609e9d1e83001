-- Ten years of plans and their tasks. Year 0 is this one; body 3 leads every task of the first plan of each year.
INSERT INTO plan_plan (id, kind, wrapper, number, title, issued_on, issuer_id, lead_id, starts_on, ends_on,
    legal_bases, text, file, file_name, file_sha256, doubts, unused, state, created_by_id, created_at)
SELECT y.y * {plans} + k.n, 'yearly', 'plan', k.n || '/KH-UBND', 'Kế hoạch truyền thông dự thảo chính sách số ' || k.n, y.first, 1, 2, y.first, y.last,
       '[]', '', '', '', '', '[]', '[]', CASE WHEN y.y = 0 THEN 'in_force' ELSE 'closed' END, 1, d.moment
FROM bench_year y JOIN bench_number k ON k.n <= {plans} JOIN bench_day d ON d.n = y.n;
INSERT INTO plan_section (id, plan_id, position, number, title)
SELECT p.id * 10 + k.n, p.id, k.n, '' || k.n, 'Nội dung thứ ' || k.n FROM plan_plan p JOIN bench_number k ON k.n <= 8;
INSERT INTO plan_task (id, plan_id, section_id, position, number, content, due_on, cadence, timing, product, budget, state,
    done_on, source, doubts, revision)
SELECT (p.id - 1) * {tasks} + k.n, p.id, p.id * 10 + 1 + k.n * 8 / ({tasks} + 1), k.n, '',
       'Nhiệm vụ thứ ' || k.n || ': truyền thông dự thảo chính sách, truyền thông dự thảo chính sách đến người dân', d.day,
       'once', '', 'Báo cáo', '',
       CASE WHEN y.y > 0 OR k.n % 5 = 4 THEN 'done' WHEN k.n % 5 = 0 THEN 'planned' WHEN k.n % 5 = 1 THEN 'working'
            WHEN k.n % 5 = 2 THEN 'blocked' ELSE 'declared' END,
       CASE WHEN y.y > 0 OR k.n % 5 = 4 THEN p.starts_on END, '', '[]', 1
FROM bench_year y JOIN plan_plan p ON (p.id - 1) / {plans} = y.y JOIN bench_number k ON k.n <= {tasks}
JOIN bench_day d ON d.n = y.n + k.n * 360 / {tasks};
INSERT INTO plan_assignment (task_id, part, agency_id, named_as)
SELECT t.id, CASE k.n WHEN 1 THEN 'leads' ELSE 'coordinates' END,
       CASE WHEN k.n = 1 AND (t.plan_id - 1) % {plans} = 0 THEN 3 ELSE 4 + (t.position * 7 + k.n * 11) % ({agencies} - 4) END, ''
FROM plan_task t JOIN bench_number k ON k.n <= 8;
INSERT INTO plan_note (task_id, kind, text, by_id, at)
SELECT t.id, 'progress', 'Đã làm một phần việc.', 1, d.moment
FROM plan_task t JOIN plan_plan p ON p.id = t.plan_id JOIN bench_year y ON (p.id - 1) / {plans} = y.y
JOIN bench_number k ON k.n <= 6 JOIN bench_day d ON d.n = y.n + k.n;
INSERT INTO plan_evidence (task_id, policy_id, purpose, kind, record, file, file_name, file_sha256, note, shown_on,
    added_by_id, added_at, proved_at, ended_reason)
SELECT t.id, NULL, 'product', CASE t.id % 4 WHEN 0 THEN 'issued_plan' WHEN 1 THEN 'event' WHEN 2 THEN 'directive' ELSE 'posting' END,
       CASE t.id % 4 WHEN 0 THEN t.plan_id ELSE 3 + t.id % 20 END, '', '', '', '', t.done_on, 1, p.created_at, p.created_at, ''
FROM plan_task t JOIN plan_plan p ON p.id = t.plan_id WHERE t.state = 'done' AND t.id <> 4;
INSERT INTO plan_evidence (task_id, policy_id, purpose, kind, record, file, file_name, file_sha256, note, shown_on,
    added_by_id, added_at, proved_at, ended_reason)
SELECT NULL, p.id, CASE k.n WHEN 1 THEN 'communication' ELSE 'coordination' END,
       CASE k.n WHEN 1 THEN 'posting' ELSE 'event' END, CASE k.n WHEN 1 THEN p.id ELSE 3 + p.id % 20 END, '', '', '', '', d.day, 1,
       d.moment, d.moment, ''
FROM policies_policy p JOIN bench_number k ON k.n <= 2 JOIN bench_day d ON d.n = -(p.id % 290) WHERE p.id % 5 > 0;
INSERT INTO plan_evidence (kind, record, task_id, policy_id, purpose, file, file_name, file_sha256, note, shown_on,
    added_by_id, added_at, proved_at, ended_reason)
SELECT CASE k.n WHEN 1 THEN 'window' WHEN 2 THEN 'posting' WHEN 3 THEN 'issued' WHEN 4 THEN 'issued_plan'
       WHEN 5 THEN 'event' WHEN 6 THEN 'directive' WHEN 7 THEN 'training_session' ELSE 'file' END,
       CASE WHEN k.n < 8 THEN 1 END, 4, NULL, 'product', '', 'bien-ban.pdf', '', '', p.starts_on, 1, p.created_at,
       CASE WHEN k.n < 8 THEN p.created_at END, ''
FROM plan_plan p JOIN bench_number k ON k.n <= 8 WHERE p.id = 1;
INSERT INTO plan_coordinationrequest (task_id, asking_id, asked_id, what, asked_on, due_on, asked_by_id, answer)
SELECT t.id, 3, 2, 'Cử người.', p.starts_on, d.day, 2, ''
FROM plan_task t JOIN plan_plan p ON p.id = t.plan_id JOIN bench_day d ON d.n = 0 WHERE t.position % 20 = 4;
INSERT INTO plan_reminder (task_id, agency_id, kind, day, made_at)
SELECT t.id, a.agency_id, 'before', t.due_on, p.created_at
FROM plan_task t JOIN plan_plan p ON p.id = t.plan_id JOIN plan_assignment a ON a.task_id = t.id AND a.part = 'leads';
INSERT INTO audit_auditentry (id, at, actor, action, rows, details)
SELECT t.id * 5 + k.n, d.moment, 'user:' || (1 + t.id % 200), 'task.noted', CAST('[["plan.Task", ' || t.id || ']]' AS {json}), '{{}}'
FROM plan_task t JOIN bench_number k ON k.n <= 5 JOIN bench_day d ON d.n = -3300 + t.id % 3000 + k.n WHERE t.id <= 20000;
INSERT INTO audit_chainlink (seq, entry_id, previous_hash, hash)
SELECT id, id, md5('h' || (id - 1)), md5('h' || id) FROM audit_auditentry;
INSERT INTO plan_taskentry (task_id, entry_id) SELECT (id - 1) / 5, id FROM audit_auditentry WHERE id > 5;
