-- Reports: two requests a year to every body, their words, and the figures kept at the end of every month.
INSERT INTO reports_reportrequest (id, kind, title, starts_on, ends_on, due_on, note, asking_id, asked_by_id, asked_at, closed_at)
SELECT y.y * 2 + k.n, CASE k.n WHEN 1 THEN 'yearly' ELSE 'half' END, 'Báo cáo kỳ ' || k.n, y.first, y.last, y.last, '', 2, 1, d.moment,
       CASE WHEN y.y > 0 THEN d.moment END
FROM bench_year y JOIN bench_number k ON k.n <= 2 JOIN bench_day d ON d.n = y.n + 30;
INSERT INTO reports_agencyreport (id, request_id, agency_id, state, figures_at, submitted_by_id, sent_by_id, sent_at, returned_reason)
SELECT (r.id - 1) * {agencies} + k.n, r.id, k.n, CASE WHEN r.id < 3 AND k.n % 4 = 3 THEN 'asked' ELSE 'sent' END, r.asked_at, 1,
       CASE WHEN r.id < 3 AND k.n % 4 = 3 THEN NULL ELSE 2 END, CASE WHEN r.id < 3 AND k.n % 4 = 3 THEN NULL ELSE r.asked_at END, ''
FROM reports_reportrequest r JOIN bench_number k ON k.n <= {agencies};
INSERT INTO reports_reporttext (request_id, agency_id, section, text, revision, by_id, at)
SELECT a.request_id, a.agency_id, CASE k.n WHEN 1 THEN 'results' WHEN 2 THEN 'difficulties' WHEN 3 THEN 'next' ELSE 'proposals' END,
       'Đã tổ chức truyền thông các dự thảo chính sách.', 1, 1, r.asked_at
FROM reports_agencyreport a JOIN reports_reportrequest r ON r.id = a.request_id JOIN bench_number k ON k.n <= 4;
