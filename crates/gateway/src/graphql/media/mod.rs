//! Files on the wire.

mod caption_inputs;
mod captions;
mod enums;
mod inputs;
pub mod keys;
mod mutations;
mod node;
mod pictures;
mod playback;
mod sent;
mod subscriptions;
mod upload;
mod upload_inputs;
mod uploads;

pub use captions::{CaptionMutation, CaptionTrack};
pub use mutations::MediaMutation;
pub use node::MediaFile;
pub use pictures::PictureMutation;
pub use playback::PlaybackQuery;
pub use sent::{SentFile, SentFiles};
pub use subscriptions::MediaSubscription;
pub use upload::FileUpload;
pub use uploads::{UploadMutation, UploadQuery};
