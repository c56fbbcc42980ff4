DROP TRIGGER tutor_search_add; DROP TRIGGER tutor_search_remove;
DROP TRIGGER tutor_source_of_course; DROP TRIGGER tutor_source_of_course_changed;
DROP TRIGGER tutor_source_of_section; DROP TRIGGER tutor_source_of_section_changed;
DROP TRIGGER tutor_source_of_media; DROP TRIGGER tutor_source_of_media_changed;
DROP TRIGGER tutor_source_of_captions; DROP TRIGGER tutor_source_of_captions_changed;
DROP TABLE tutor_search; DROP TABLE tutor_search_ids;
