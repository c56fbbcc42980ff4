DROP FUNCTION tutor_source_add CASCADE; DROP FUNCTION tutor_source_add_captions CASCADE;
DROP FUNCTION tutor_source_change CASCADE;
DROP FUNCTION tutor_search_likely; DROP FUNCTION tutor_search_added CASCADE; DROP TABLE tutor_search;
