-- One document per course, in a table of its own: enrolments change the row of a course all the time, and each change of a
-- row costs an entry in every index over it. The text configuration is kept by its name: pg_upgrade refuses regconfig.
CREATE TABLE course_search (
    course_id uuid PRIMARY KEY REFERENCES courses (id) ON DELETE CASCADE,
    language text NOT NULL,
    words tsvector NOT NULL
);
CREATE INDEX course_search_words_idx ON course_search USING gin (words);
CREATE INDEX course_search_language_idx ON course_search (language);

-- Letters without their accents and in lower case, other characters as spaces: the parser of PostgreSQL would take
-- `node.js` for the name of a machine.
CREATE FUNCTION course_search_fold(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(
        lower(regexp_replace(normalize($1, NFKD), '[\u0300-\u036f]', '', 'g') {collation}),
        '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf'
        '\u2000-\u206f\u20a0-\u2bff\u3000-\u3004\u3008-\u3020\ufe00-\ufe0f\U0001f000-\U0001faff]+',
        ' ', 'g')
$$;

-- How words of a language are stemmed: by the configuration of its name where this PostgreSQL has it, else not at all.
CREATE FUNCTION course_search_config(text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce((
        SELECT cfgname::text FROM pg_ts_config
        WHERE cfgnamespace = 'pg_catalog'::regnamespace AND cfgname = CASE lower(split_part($1, '-', 1))
            WHEN 'ar' THEN 'arabic' WHEN 'hy' THEN 'armenian' WHEN 'eu' THEN 'basque' WHEN 'ca' THEN 'catalan'
            WHEN 'da' THEN 'danish' WHEN 'nl' THEN 'dutch' WHEN 'en' THEN 'english' WHEN 'fi' THEN 'finnish'
            WHEN 'fr' THEN 'french' WHEN 'de' THEN 'german' WHEN 'el' THEN 'greek' WHEN 'hi' THEN 'hindi'
            WHEN 'hu' THEN 'hungarian' WHEN 'id' THEN 'indonesian' WHEN 'ga' THEN 'irish' WHEN 'it' THEN 'italian'
            WHEN 'lt' THEN 'lithuanian' WHEN 'ne' THEN 'nepali' WHEN 'no' THEN 'norwegian' WHEN 'nb' THEN 'norwegian'
            WHEN 'nn' THEN 'norwegian' WHEN 'pt' THEN 'portuguese' WHEN 'ro' THEN 'romanian' WHEN 'ru' THEN 'russian'
            WHEN 'sr' THEN 'serbian' WHEN 'es' THEN 'spanish' WHEN 'sv' THEN 'swedish' WHEN 'ta' THEN 'tamil'
            WHEN 'tr' THEN 'turkish' WHEN 'yi' THEN 'yiddish' END
    ), 'simple')
$$;

-- The words of a text as they are, so that beginnings are found and words that a language leaves out, and their stems.
CREATE FUNCTION course_search_vector(config text, content text, place "char") RETURNS tsvector
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT setweight(to_tsvector('simple', folded) || to_tsvector(config::regconfig, folded), place)
    FROM (SELECT left(course_search_fold(left(coalesce(content, ''), 50000)), 50000) AS folded) texts
$$;

-- The places of a word, the most telling first: A the title, B the tags, C the short description and who teaches,
-- D the description.
CREATE FUNCTION course_search_write(changed_courses uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- Who comes second waits here, and then reads what the first has committed.
    PERFORM 1 FROM course_search WHERE course_id = ANY (changed_courses) ORDER BY course_id FOR UPDATE;
    INSERT INTO course_search AS documents (course_id, language, words)
    SELECT course.id, config.name,
        course_search_vector(config.name, course.title, 'A')
        || course_search_vector(config.name,
            (SELECT string_agg(tag, ' ') FROM course_tags WHERE course_tags.course_id = course.id), 'B')
        || course_search_vector(config.name, course.short_description || ' ' || CASE
            WHEN person.is_active AND person.status = 'active' AND NOT person.is_deleted
            THEN coalesce(nullif(person.display_name, ''), person.full_name) ELSE '' END, 'C')
        || course_search_vector(config.name, course.description, 'D')
    FROM courses course
    JOIN users person ON person.id = course.instructor_id
    CROSS JOIN LATERAL (SELECT course_search_config(course.language) AS name) config
    WHERE course.id = ANY (changed_courses)
    ON CONFLICT (course_id) DO UPDATE SET language = excluded.language, words = excluded.words;
END $$;

CREATE FUNCTION course_search_courses_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM course_search_write((SELECT array_agg(id) FROM added));
    RETURN NULL;
END $$;

CREATE FUNCTION course_search_course_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM course_search_write(ARRAY[new.id]);
    RETURN NULL;
END $$;

CREATE FUNCTION course_search_tags_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM course_search_write((SELECT array_agg(DISTINCT course_id) FROM changed));
    RETURN NULL;
END $$;

CREATE FUNCTION course_search_person_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM course_search_write((SELECT array_agg(id) FROM courses WHERE instructor_id = new.id));
    RETURN NULL;
END $$;

CREATE TRIGGER course_search_add AFTER INSERT ON courses REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION course_search_courses_added();

CREATE TRIGGER course_search_change
AFTER UPDATE OF title, short_description, description, language, instructor_id ON courses
FOR EACH ROW WHEN (
    (old.title, old.short_description, old.description, old.language, old.instructor_id)
    IS DISTINCT FROM (new.title, new.short_description, new.description, new.language, new.instructor_id)
) EXECUTE FUNCTION course_search_course_changed();

CREATE TRIGGER course_search_tag AFTER INSERT ON course_tags REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION course_search_tags_changed();

CREATE TRIGGER course_search_retag_old AFTER UPDATE ON course_tags REFERENCING OLD TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION course_search_tags_changed();

CREATE TRIGGER course_search_retag_new AFTER UPDATE ON course_tags REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION course_search_tags_changed();

CREATE TRIGGER course_search_untag AFTER DELETE ON course_tags REFERENCING OLD TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION course_search_tags_changed();

CREATE TRIGGER course_search_person
AFTER UPDATE OF full_name, display_name, is_active, status, is_deleted ON users
FOR EACH ROW WHEN (
    (old.full_name, old.display_name, old.is_active, old.status, old.is_deleted)
    IS DISTINCT FROM (new.full_name, new.display_name, new.is_active, new.status, new.is_deleted)
) EXECUTE FUNCTION course_search_person_changed();

-- A word in these places, as it is or by its stem. It has been folded: nothing in it is an operator.
CREATE FUNCTION course_search_query(config text, word text, places text) RETURNS tsquery
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT to_tsquery('simple', asked) || to_tsquery(config::regconfig, asked)
    FROM (SELECT '''' || word || ''':' || places AS asked) texts
$$;

-- The courses that have all words, the last one as a beginning, each language by its own stems. A word counts by the best
-- place it stands in, as SQLite's statement in kernel::dialect has it.
CREATE FUNCTION course_search_found(text[]) RETURNS TABLE (id uuid, rank integer)
LANGUAGE sql STABLE ROWS 100 SET client_min_messages = warning AS $$
    WITH RECURSIVE spoken AS (
        SELECT min(language) AS language FROM course_search
        UNION ALL
        SELECT (SELECT min(course_search.language) FROM course_search WHERE course_search.language > spoken.language)
        FROM spoken WHERE spoken.language IS NOT NULL
    ), words AS MATERIALIZED (
        SELECT folded AS word, CASE WHEN number = cardinality($1) THEN '*' ELSE '' END AS ending
        FROM unnest($1) WITH ORDINALITY AS typed (word, number)
        CROSS JOIN LATERAL (SELECT trim(course_search_fold(word)) AS folded) texts
        WHERE folded <> ''
    ), asked AS MATERIALIZED (
        SELECT language,
            string_agg('(' || course_search_query(language, word, ending || 'ABCD')::text || ')', ' & ')::tsquery AS every,
            array_agg(to_tsquery('simple', '''' || word || ''':A')) AS whole,
            array_agg(course_search_query(language, word, ending || 'A')) AS title,
            array_agg(course_search_query(language, word, ending || 'B')) AS tags,
            array_agg(course_search_query(language, word, ending || 'C')) AS line
        FROM spoken CROSS JOIN words
        WHERE language IS NOT NULL AND numnode(to_tsquery('simple', '''' || word || '''')) > 0
        GROUP BY language
    )
    SELECT documents.course_id, (
        SELECT sum(CASE
            WHEN documents.words @@ each.whole THEN 8 WHEN documents.words @@ each.title THEN 7
            WHEN documents.words @@ each.tags THEN 5 WHEN documents.words @@ each.line THEN 3 ELSE 1 END)::integer
        FROM unnest(asked.whole, asked.title, asked.tags, asked.line) AS each (whole, title, tags, line)
    )
    FROM asked JOIN course_search documents ON documents.language = asked.language AND documents.words @@ asked.every
$$;

SELECT course_search_write((SELECT array_agg(id) FROM courses));
