pub mod media_file;
