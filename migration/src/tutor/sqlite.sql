-- FTS5 knows rows by a number, and the rowid of `tutor_passages` is not for ever: VACUUM gives new ones.
CREATE TABLE tutor_search_ids (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE);

-- `part` is the id of the course, one word: so that a search in one course reads no other. Words are stemmed as English ones
-- are; those of other languages are cut alike on both sides.
CREATE VIRTUAL TABLE tutor_search USING fts5(part, words, tokenize = 'porter unicode61 remove_diacritics 2');

-- What an author took back leaves the index at once.
INSERT INTO tutor_search (tutor_search, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER tutor_search_add AFTER INSERT ON tutor_passages BEGIN
    INSERT INTO tutor_search_ids (id) VALUES (new.id);
    INSERT INTO tutor_search (rowid, part, words)
    SELECT number, lower(hex(new.course_id)), new.title || ' ' || new.words FROM tutor_search_ids WHERE id = new.id;
END;

CREATE TRIGGER tutor_search_remove AFTER DELETE ON tutor_passages BEGIN
    DELETE FROM tutor_search WHERE rowid = (SELECT number FROM tutor_search_ids WHERE id = old.id);
    DELETE FROM tutor_search_ids WHERE id = old.id;
END;

CREATE TRIGGER tutor_source_of_course AFTER INSERT ON courses BEGIN
    INSERT OR IGNORE INTO tutor_sources (id, course_id) VALUES (new.id, new.id);
END;

CREATE TRIGGER tutor_source_of_course_changed
AFTER UPDATE OF title, description, learning_outcomes, language, is_deleted ON courses
WHEN (old.title, old.description, old.learning_outcomes, old.language, old.is_deleted)
    IS NOT (new.title, new.description, new.learning_outcomes, new.language, new.is_deleted)
BEGIN
    UPDATE tutor_sources SET version = version + 1 WHERE id = new.id;
END;

CREATE TRIGGER tutor_source_of_section AFTER INSERT ON course_sections BEGIN
    INSERT OR IGNORE INTO tutor_sources (id, section_id) VALUES (new.id, new.id);
END;

CREATE TRIGGER tutor_source_of_section_changed
AFTER UPDATE OF title, description, course_id, is_deleted ON course_sections
WHEN (old.title, old.description, old.course_id, old.is_deleted)
    IS NOT (new.title, new.description, new.course_id, new.is_deleted)
BEGIN
    UPDATE tutor_sources SET version = version + 1 WHERE id = new.id;
END;

CREATE TRIGGER tutor_source_of_media AFTER INSERT ON media_files BEGIN
    INSERT OR IGNORE INTO tutor_sources (id, media_id) VALUES (new.id, new.id);
END;

-- Its captions are called by its name.
CREATE TRIGGER tutor_source_of_media_changed
AFTER UPDATE OF file_name, course_id, storage_path, mime_type, is_deleted ON media_files
WHEN (old.file_name, old.course_id, old.storage_path, old.mime_type, old.is_deleted)
    IS NOT (new.file_name, new.course_id, new.storage_path, new.mime_type, new.is_deleted)
BEGIN
    UPDATE tutor_sources SET version = version + 1 WHERE media_id = new.id;
END;

CREATE TRIGGER tutor_source_of_captions AFTER INSERT ON caption_tracks BEGIN
    INSERT OR IGNORE INTO tutor_sources (id, media_id, caption_track_id) VALUES (new.id, new.media_id, new.id);
END;

CREATE TRIGGER tutor_source_of_captions_changed AFTER UPDATE OF language, is_deleted ON caption_tracks
WHEN (old.language, old.is_deleted) IS NOT (new.language, new.is_deleted)
BEGIN
    UPDATE tutor_sources SET version = version + 1 WHERE id = new.id;
END;
