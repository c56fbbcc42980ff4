//! What must hold of files.

kernel::rules! {
    MEDIA_FILE_NAME_INVALID: "A file's name has 1 to 255 characters, all of them visible, and no slashes.";
    MEDIA_SECTION_ELSEWHERE: "The section is not one of this course.";
    MEDIA_ATTACHED_ELSEWHERE: "The file belongs to another course: detach it there first.";
    MEDIA_NOT_ATTACHED: "The file belongs to no course.";
    MEDIA_ORDER_INCOMPLETE: "The order has to name every file of the section once, and no other.";
    MEDIA_IN_USE: "A published course shows the file, or it is somebody's picture: say `force` to delete it all the same.";
    CAPTION_FILE_SILENT: "Captions go with videos and sounds.";
    CAPTION_LANGUAGE_INVALID: "A language is a BCP 47 tag, such as `en` or `pt-BR`.";
    CAPTION_LANGUAGE_TAKEN: "The recording has captions in this language: delete them first.";
    CAPTION_LABEL_INVALID: "A label has 1 to 100 characters, all of them visible.";
    CAPTION_CONTENT_INVALID: "The words are not a WebVTT file.";
    MEDIA_NOT_FAILED: "The file was processed, or is about to be: only what failed is tried again.";
    UPLOAD_SIZE_INVALID: "A file has at least one byte, and no parts of one.";
    UPLOAD_TOO_LARGE: "The file is too large for what it is to be.";
    UPLOAD_TYPE_NOT_TAKEN: "Files of this type are not taken here.";
    UPLOAD_HASH_INVALID: "A SHA-256 has 64 hexadecimal digits.";
    UPLOAD_NEEDS_COURSE: "The picture of a course needs the course; nothing else does.";
    UPLOAD_FOR_AUTHORS: "Files for courses are uploaded by those who make courses.";
    UPLOAD_QUOTA_EXCEEDED: "There is no room left for this: delete files, or abort uploads, first.";
    UPLOADS_TOO_MANY: "Too many uploads are open: complete or abort some first; `myUploads` lists them.";
    UPLOAD_PART_INVALID: "The parts of an upload are counted from 1, and at most 100 are signed at once.";
    UPLOAD_INCOMPLETE: "Parts of the file are missing.";
    UPLOAD_CLOSED: "The upload has ended.";
    MEDIA_NOT_A_PACKAGE: "A package is a file of your own in no course, of the type `application/zip`.";
    UPLOAD_PICTURE_INVALID: "The file is no picture that can be shown.";
}
