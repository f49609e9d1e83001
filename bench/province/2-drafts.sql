-- Dossiers, their drafts, windows and opinions. The first dossier has the most of everything.
INSERT INTO policies_dossier (id, slug, title, document_type, issuing_body_id, agency_id, role, field, started_on,
    stage, about, affected, changes, question, search_text, created_by_id, created_at)
SELECT b.n, 'du-thao-' || b.n, 'Quyết định đo số ' || b.n || ' về quản lý chất thải rắn sinh hoạt trên địa bàn tỉnh',
       CASE WHEN b.n % 2 = 0 THEN 'chair_decision' ELSE 'provincial_decision' END, 1,
       CASE WHEN b.n = 1 THEN 3 ELSE 2 + b.n % ({agencies} - 2) END,
       CASE WHEN b.n % 10 = 0 THEN 'coordinates' ELSE 'drafts' END, 'land', d.day,
       CASE WHEN b.n % 10 < 4 THEN 'drafting' WHEN b.n % 10 = 4 THEN 'sent_for_appraisal' WHEN b.n % 10 = 5 THEN 'appraised'
            WHEN b.n % 10 = 6 THEN 'submitted_to_committee' WHEN b.n % 10 = 9 THEN 'stopped' ELSE 'issued' END,
       'Nói về rác.', 'Hộ gia đình.', 'Thu phí.', 'Có nên không?', 'quyet dinh do so ' || b.n, 1, d.moment
FROM bench_number b JOIN bench_day d ON d.n = -(b.n % 300) WHERE b.n <= {dossiers};
INSERT INTO policies_stagemove (dossier_id, from_stage, to_stage, "on", document_number, note, findings, despite, by_id, at)
SELECT p.id, 'drafting', p.stage, d.day, '12/QĐ', '', '[]', '', 1, d.moment
FROM policies_dossier p JOIN bench_number k ON k.n <= 4 JOIN bench_day d ON d.n = -(p.id % 200) - 5 + k.n
WHERE p.stage <> 'drafting';
INSERT INTO policies_version (id, dossier_id, number, state, file, file_name, file_sha256, note, uploaded_by_id,
    uploaded_at, secrecy_checked_by_id, secrecy_checked_at, released_by_id, released_at, returned_reason)
SELECT b.n, CASE WHEN b.n > {dossiers} THEN 1 ELSE b.n END, CASE WHEN b.n > {dossiers} THEN b.n - {dossiers} + 1 ELSE 1 END,
       'released', 'x', 'du-thao.docx', md5('v' || b.n), '', 1, d.moment, 1, d.moment, 2, d.moment, ''
FROM bench_number b JOIN bench_day d ON d.n = -(b.n % 300) WHERE b.n <= {dossiers} + 4;
INSERT INTO policies_versiontext (version_id, lines, doubts, notes) SELECT id, '[]', '[]', '[]' FROM policies_version;
INSERT INTO policies_provision (id, version_id, position, parent_id, unit, number, address, lineage, heading, text)
SELECT n, n, 0, NULL, 'article', '1', 'dieu-1', CAST(md5('l' || n) AS {uuid}), 'Thu gom', 'Rác được thu gom trong ngày.'
FROM bench_number WHERE n <= {dossiers} + 4;
INSERT INTO policies_provision (id, version_id, position, parent_id, unit, number, address, lineage, heading, text)
SELECT 2 * {dossiers} + v.id * 200 + k.n, v.id, k.n, NULL, 'article', '' || (k.n + 1), 'dieu-' || (k.n + 1),
       CAST(md5('l' || k.n) AS {uuid}), 'Thu gom', 'Rác được thu gom trong ngày.'
FROM policies_version v JOIN bench_number k ON k.n < 100 WHERE v.dossier_id = 1;
INSERT INTO consultation_window (id, dossier_id, version_id, kind, opens_on, closes_on, rule_id, short_reason,
    result, opened_by_id, created_at, cancelled_reason)
SELECT b.n, b.n, b.n, 'opinion', o.day, c.day, NULL, '', '', 1, o.moment, ''
FROM bench_number b JOIN bench_day o ON o.n = -(30 + b.n % 300) JOIN bench_day c ON c.n = o.n + CASE WHEN b.n % 10 = 1 THEN 350 ELSE 20 END
WHERE b.n <= {dossiers};
INSERT INTO consultation_opinionrequest (window_id, agency_id, letter_number, asked_on, due_on, answered_on,
    position, reply_file, reply_file_name, reply_file_sha256)
SELECT w.id, 1 + (w.id + k.n) % {agencies}, '', w.opens_on, w.closes_on, CASE WHEN k.n % 2 = 0 THEN w.closes_on END,
       CASE WHEN k.n % 2 = 0 THEN 'agrees' ELSE '' END, '', '', ''
FROM consultation_window w JOIN bench_number k ON k.n <= CASE WHEN w.id = 1 THEN 40 ELSE 4 END;
INSERT INTO consultation_comment (id, window_id, version_id, provision_id, text, folded, commenter_kind,
    commenter_key, public_name, channel, collected_how, received_on, created_at, state, visibility,
    withheld_reason, code_hash, idempotency_key, fingerprint)
SELECT c.n, c.window_id, c.window_id, c.window_id, 'Xin ghi rõ giờ thu gom.', 'xin ghi ro gio thu gom.', 'person',
       md5('p' || c.who) || md5('q' || c.who), '',
       CASE c.n % 3 WHEN 0 THEN 'web' WHEN 1 THEN 'letter' ELSE 'meeting' END, '',
       d.day, d.moment, CASE WHEN c.n % 10 < 9 THEN 'answered' ELSE 'received' END, 'shown', '',
       md5('c' || c.n) || md5('d' || c.n), CAST(md5('k' || c.n) AS {uuid}), ''
FROM (SELECT (w.n - 1) * {comments_each} + k.n AS n, w.n AS window_id,
             ((w.n - 1) * {comments_each} + k.n) * 7919 % {commenters} AS who
      FROM bench_number w JOIN bench_number k ON k.n <= {comments_each} WHERE w.n <= {dossiers}) c
JOIN bench_day d ON d.n = -(30 + c.window_id % 300) + c.n % 20;
INSERT INTO consultation_tally (window_id, provision_id, state, commenter_kind, channel, n, fresh)
SELECT window_id, provision_id, state, commenter_kind, channel, count(*), false
FROM consultation_comment GROUP BY window_id, provision_id, state, commenter_kind, channel;
INSERT INTO answers_point (id, window_id, title, provision_id, created_by_id, created_at)
SELECT (w.id - 1) * 10 + k.n, w.id, 'Giờ thu gom', NULL, 1, w.created_at
FROM consultation_window w JOIN bench_number k ON k.n <= 10;
INSERT INTO answers_pointmember (point_id, comment_id, answered_at)
SELECT (c.window_id - 1) * 10 + 1 + c.id % 10, c.id, d.moment
FROM consultation_comment c JOIN bench_day d ON d.n = -(10 + c.window_id % 300) + c.id % 40
WHERE c.state = 'answered';
INSERT INTO answers_answer (point_id, disposition, reason, state, written_by_id, written_at, released_by_id,
    released_at, returned_reason, comments_count)
SELECT p.id, CASE p.id % 5 WHEN 0 THEN 'accepted' WHEN 1 THEN 'partly_accepted' WHEN 2 THEN 'not_accepted'
       WHEN 3 THEN 'noted' ELSE 'out_of_scope' END, 'Đã bổ sung.', 'released', 1, p.created_at, 2, d.moment, '',
       {comments_each} / 10
FROM answers_point p JOIN bench_day d ON d.n = -(10 + p.window_id % 300) + p.id % 40;

-- Policies: one in ten waits for a proposal, one for the review, one for the Council; the first draft holds three.
INSERT INTO policies_policy (id, dossier_id, number, title, problem, objective, solutions, created_by_id, created_at)
SELECT b.n, CASE WHEN b.n > {dossiers} THEN 1 ELSE b.n END, CASE WHEN b.n > {dossiers} THEN b.n - {dossiers} + 1 ELSE 1 END,
       'Chính sách ' || b.n, 'Rác nhiều.', 'Ít rác.', 'Thu gom.', 1, d.moment
FROM bench_number b JOIN bench_day d ON d.n = -300 WHERE b.n <= {dossiers} + 2;
INSERT INTO policies_screening (id, policy_id, step, agency_id, in_scope, reason, list_number, decided_on, by_id, at)
SELECT p.id * 3 + k.n - 3, p.id, CASE k.n WHEN 1 THEN 'proposal' WHEN 2 THEN 'review' ELSE 'decision' END, 2, p.id % 4 < 3,
       'Đủ tiêu chí', CASE k.n WHEN 3 THEN '01/DM' ELSE '' END, d.day, 1, d.moment
FROM policies_policy p JOIN bench_number k ON k.n <= CASE WHEN p.id % 10 > 2 THEN 3 ELSE p.id % 10 END
JOIN bench_day d ON d.n = -(p.id % 290) - 9 + 3 * k.n;
INSERT INTO policies_screeninganswer (screening_id, question, reply, reason)
SELECT s.id, CASE k.n WHEN 1 THEN 'proposed_document' WHEN 2 THEN 'no_state_secret' WHEN 3 THEN 'rights_or_duties'
       WHEN 4 THEN 'difficult' WHEN 5 THEN 'sensitive' WHEN 6 THEN 'public_concern' WHEN 7 THEN 'divided_opinion'
       WHEN 8 THEN 'third_met' ELSE 'wide_effect' END, 'yes', 'Vì mọi nhà đều có rác.'
FROM policies_screening s JOIN bench_number k ON k.n <= 9 WHERE s.step <> 'decision';
