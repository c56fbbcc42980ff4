-- One document per passage, by the stems of its language, in a table of its own: an index is no column of what it indexes.
-- How texts are folded and stemmed, the index over courses says (`search/postgres.sql`).
CREATE TABLE tutor_search (
    passage_id uuid PRIMARY KEY REFERENCES tutor_passages (id) ON DELETE CASCADE,
    course_id uuid NOT NULL,
    language text NOT NULL,
    words tsvector NOT NULL
);
CREATE INDEX tutor_search_course_idx ON tutor_search (course_id);
CREATE INDEX tutor_search_words_idx ON tutor_search USING gin (words);

CREATE FUNCTION tutor_search_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tutor_search (passage_id, course_id, language, words)
    SELECT added.id, added.course_id, config.name,
        course_search_vector(config.name, added.title || ' ' || added.words, 'D')
    FROM added CROSS JOIN LATERAL (SELECT course_search_config(added.language) AS name) config;
    RETURN NULL;
END $$;

CREATE TRIGGER tutor_search_add AFTER INSERT ON tutor_passages REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION tutor_search_added();

-- The passages of a course that have any of the words, each language by its own stems, and how well they answer.
CREATE FUNCTION tutor_search_likely(part uuid, asked text[]) RETURNS TABLE (id uuid, rank integer)
LANGUAGE sql STABLE ROWS 100 SET client_min_messages = warning AS $$
    WITH spoken AS (
        SELECT DISTINCT language FROM tutor_search WHERE course_id = $1
    ), words AS MATERIALIZED (
        SELECT DISTINCT trim(course_search_fold(word)) AS word FROM unnest($2) AS typed (word)
    ), wanted AS MATERIALIZED (
        SELECT language, string_agg('(' || course_search_query(language, word, 'D')::text || ')', ' | ')::tsquery AS some
        FROM spoken CROSS JOIN words
        WHERE word <> '' AND numnode(to_tsquery('simple', '''' || word || '''')) > 0
        GROUP BY language
    )
    SELECT documents.passage_id, (ts_rank(documents.words, wanted.some) * 1000000)::integer
    FROM wanted JOIN tutor_search documents
        ON documents.language = wanted.language AND documents.words @@ wanted.some AND documents.course_id = $1
$$;

CREATE FUNCTION tutor_source_add() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    CASE TG_TABLE_NAME
        WHEN 'courses' THEN INSERT INTO tutor_sources (id, course_id) VALUES (new.id, new.id) ON CONFLICT DO NOTHING;
        WHEN 'course_sections' THEN INSERT INTO tutor_sources (id, section_id) VALUES (new.id, new.id) ON CONFLICT DO NOTHING;
        ELSE INSERT INTO tutor_sources (id, media_id) VALUES (new.id, new.id) ON CONFLICT DO NOTHING;
    END CASE;
    RETURN NULL;
END $$;

CREATE FUNCTION tutor_source_add_captions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tutor_sources (id, media_id, caption_track_id) VALUES (new.id, new.media_id, new.id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION tutor_source_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Captions are called by the name of their recording.
    UPDATE tutor_sources SET version = version + 1 WHERE id = new.id OR media_id = new.id;
    RETURN NULL;
END $$;

CREATE TRIGGER tutor_source_of_course AFTER INSERT ON courses
FOR EACH ROW EXECUTE FUNCTION tutor_source_add();

CREATE TRIGGER tutor_source_of_course_changed
AFTER UPDATE OF title, description, learning_outcomes, language, is_deleted ON courses
FOR EACH ROW WHEN (
    (old.title, old.description, old.learning_outcomes, old.language, old.is_deleted)
    IS DISTINCT FROM (new.title, new.description, new.learning_outcomes, new.language, new.is_deleted)
) EXECUTE FUNCTION tutor_source_change();

CREATE TRIGGER tutor_source_of_section AFTER INSERT ON course_sections
FOR EACH ROW EXECUTE FUNCTION tutor_source_add();

CREATE TRIGGER tutor_source_of_section_changed
AFTER UPDATE OF title, description, course_id, is_deleted ON course_sections
FOR EACH ROW WHEN (
    (old.title, old.description, old.course_id, old.is_deleted)
    IS DISTINCT FROM (new.title, new.description, new.course_id, new.is_deleted)
) EXECUTE FUNCTION tutor_source_change();

CREATE TRIGGER tutor_source_of_media AFTER INSERT ON media_files
FOR EACH ROW EXECUTE FUNCTION tutor_source_add();

CREATE TRIGGER tutor_source_of_media_changed
AFTER UPDATE OF file_name, course_id, storage_path, mime_type, is_deleted ON media_files
FOR EACH ROW WHEN (
    (old.file_name, old.course_id, old.storage_path, old.mime_type, old.is_deleted)
    IS DISTINCT FROM (new.file_name, new.course_id, new.storage_path, new.mime_type, new.is_deleted)
) EXECUTE FUNCTION tutor_source_change();

CREATE TRIGGER tutor_source_of_captions AFTER INSERT ON caption_tracks
FOR EACH ROW EXECUTE FUNCTION tutor_source_add_captions();

CREATE TRIGGER tutor_source_of_captions_changed AFTER UPDATE OF language, is_deleted ON caption_tracks
FOR EACH ROW WHEN ((old.language, old.is_deleted) IS DISTINCT FROM (new.language, new.is_deleted))
EXECUTE FUNCTION tutor_source_change();
