-- Run after the figures of now were kept: those of every month before, for ten years.
INSERT INTO reports_snapshot (id, starts_on, ends_on, at, seen)
SELECT 1000 + k.n, y.first, y.last, d.moment, 0
FROM bench_number k JOIN bench_year y ON y.y = k.n / 12 JOIN bench_day d ON d.n = -(k.n * 30) WHERE k.n < {years} * 12;
INSERT INTO reports_cell (snapshot_id, kpi, agency_id, part, whole, split, pace)
SELECT s.id, c.kpi, c.agency_id, c.part, c.whole, c.split, c.pace
FROM reports_cell c JOIN reports_snapshot s ON s.id > 1000 WHERE c.snapshot_id = (SELECT max(id) FROM reports_snapshot WHERE id < 1000);
UPDATE reports_agencyreport SET figures_at = (SELECT max(s.at) FROM reports_snapshot s JOIN reports_reportrequest r
    ON s.starts_on = r.starts_on AND s.ends_on = r.ends_on WHERE r.id = request_id) WHERE figures_at IS NOT NULL;
