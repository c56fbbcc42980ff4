//! Files on their way in: announced, brought in parts, looked at, taken or refused.

mod aborting;
mod creating;
mod examining;
mod forms;
mod handing_in;
mod judging;
mod limits;
mod parts;
mod picturing;
mod recordings;
mod sweeping;
mod zips;

pub use aborting::{RemoveUpload, abort};
pub use creating::{NewUpload, check_upload, create};
pub use examining::{Announced, Flaw, examine};
pub use forms::{Form, Kind};
pub use handing_in::{VerifyUpload, hand_in};
pub use judging::{accept_file, accept_picture, awaited, reject};
pub use limits::{UploadLimits, make_room};
pub use parts::is_whole;
pub(crate) use picturing::picture_row;
pub use picturing::{NewPicture, PictureFile, add_picture, check_picture};
pub use sweeping::expire_uploads;
