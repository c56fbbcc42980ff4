-- FTS5 knows rows by a number, and the rowid of `courses` is not for ever: VACUUM gives new ones.
CREATE TABLE course_search_ids (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE);

-- The places of a word, the most telling first: a the title, b the tags, c the short description and who teaches,
-- d the description. Letters are compared without their accents and in any case.
CREATE VIRTUAL TABLE course_search USING fts5(a, b, c, d, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');

-- A name that somebody gave up leaves the index at once.
INSERT INTO course_search (course_search, rank) VALUES ('secure-delete', 1);

CREATE VIEW course_search_documents AS
SELECT ids.number AS number, courses.id AS id, courses.instructor_id AS instructor_id, courses.title AS a,
    (SELECT group_concat(tag, ' ') FROM course_tags WHERE course_id = courses.id) AS b,
    courses.short_description || ' ' || CASE
        WHEN users.is_active = TRUE AND users.status = 'active' AND users.is_deleted = FALSE
        THEN coalesce(nullif(users.display_name, ''), users.full_name) ELSE '' END AS c,
    substr(courses.description, 1, 50000) AS d
FROM courses
JOIN course_search_ids ids ON ids.id = courses.id
JOIN users ON users.id = courses.instructor_id;

CREATE TRIGGER course_search_add AFTER INSERT ON courses BEGIN
    INSERT INTO course_search_ids (id) VALUES (new.id);
    INSERT INTO course_search (rowid, a, b, c, d)
    SELECT number, a, b, c, d FROM course_search_documents WHERE id = new.id;
END;

CREATE TRIGGER course_search_change
AFTER UPDATE OF title, short_description, description, instructor_id ON courses BEGIN
    DELETE FROM course_search WHERE rowid = (SELECT number FROM course_search_ids WHERE id = new.id);
    INSERT INTO course_search (rowid, a, b, c, d)
    SELECT number, a, b, c, d FROM course_search_documents WHERE id = new.id;
END;

CREATE TRIGGER course_search_remove AFTER DELETE ON courses BEGIN
    DELETE FROM course_search WHERE rowid = (SELECT number FROM course_search_ids WHERE id = old.id);
    DELETE FROM course_search_ids WHERE id = old.id;
END;

CREATE TRIGGER course_search_tag AFTER INSERT ON course_tags BEGIN
    DELETE FROM course_search WHERE rowid = (SELECT number FROM course_search_ids WHERE id = new.course_id);
    INSERT INTO course_search (rowid, a, b, c, d)
    SELECT number, a, b, c, d FROM course_search_documents WHERE id = new.course_id;
END;

CREATE TRIGGER course_search_retag AFTER UPDATE ON course_tags BEGIN
    DELETE FROM course_search
    WHERE rowid IN (SELECT number FROM course_search_ids WHERE id IN (old.course_id, new.course_id));
    INSERT INTO course_search (rowid, a, b, c, d)
    SELECT number, a, b, c, d FROM course_search_documents WHERE id IN (old.course_id, new.course_id);
END;

CREATE TRIGGER course_search_untag AFTER DELETE ON course_tags BEGIN
    DELETE FROM course_search WHERE rowid = (SELECT number FROM course_search_ids WHERE id = old.course_id);
    INSERT INTO course_search (rowid, a, b, c, d)
    SELECT number, a, b, c, d FROM course_search_documents WHERE id = old.course_id;
END;

CREATE TRIGGER course_search_person
AFTER UPDATE OF full_name, display_name, is_active, status, is_deleted ON users
WHEN (old.full_name, old.display_name, old.is_active, old.status, old.is_deleted)
    IS NOT (new.full_name, new.display_name, new.is_active, new.status, new.is_deleted)
BEGIN
    DELETE FROM course_search WHERE rowid IN (SELECT number FROM course_search_documents WHERE instructor_id = new.id);
    INSERT INTO course_search (rowid, a, b, c, d)
    SELECT number, a, b, c, d FROM course_search_documents WHERE instructor_id = new.id;
END;

INSERT INTO course_search_ids (id) SELECT id FROM courses;
INSERT INTO course_search (rowid, a, b, c, d) SELECT number, a, b, c, d FROM course_search_documents;
