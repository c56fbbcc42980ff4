use std::{path::PathBuf, sync::Arc};

use courses::course_import::Model as Import;
use kernel::{CaptionTrackId, Error, MediaId, Permission, Result, Viewer};
use media::{
    FileType, PortableContent, PortableFile, PortablePicture, Unpacked,
    captions::check_words,
    is_file_name,
    processing::{Derived, Trouble},
    reading::source_of,
    storage::keys,
    uploading::{Announced, PictureFile, examine},
};
use tempfile::TempDir;
use uuid::Uuid;

use super::{Bounds, Package, exporting::blocking, importing::Stop};
use crate::app::App;

/// A package, and the folder that it is unpacked in.
pub struct Unpacking<'a> {
    pub app: &'a Arc<App>,
    pub import: Import,
    folder: TempDir,
    /// Whose bytes have been put into the store.
    kept: Vec<MediaId>,
}

/// The picture of a package, in the store.
pub struct Shown {
    pub media: MediaId,
    pub file_name: String,
    pub picture: PictureFile,
}

impl<'a> Unpacking<'a> {
    pub fn of(app: &'a Arc<App>, import: Import) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("package-").tempdir_in(&app.scratch);
        let folder = folder.map_err(|error| Error::Internal(format!("no folder to work in: {error}")))?;
        Ok(Self { app, import, folder, kept: vec![] })
    }

    /// What they were allowed when they asked may have been taken from them since.
    pub async fn check_rights(&self) -> std::result::Result<(), Stop> {
        let user = self.import.user_id;
        let rights = accounts::permissions_of_users(self.app.db.read(), &Viewer::System, &[user]).await?;
        match rights.get(&user).is_some_and(|rights| rights.contains(Permission::CoursesCreate)) {
            true => Ok(()),
            false => Err(Stop::Refused("You may not create courses any more.".into())),
        }
    }

    pub async fn open(&self) -> std::result::Result<Package, Stop> {
        let gone = || Stop::Refused("The uploaded file is gone.".into());
        let path = self.folder.path().join("package.zip");
        let source = source_of(self.app.db.read(), self.import.media_id).await?.ok_or_else(gone)?;
        match self.app.storage.fetch_to(&source, &path).await {
            Err(Error::NotFound) => return Err(gone()),
            done => done?,
        }
        Ok(blocking(move || Package::open(&path, Bounds::default())).await??)
    }

    /// Unpacks a file and its captions, looks at them and puts them where they are to stay.
    pub async fn take(
        &mut self,
        package: Package,
        file: PortableFile,
    ) -> std::result::Result<(Package, Unpacked), Stop> {
        let wrong = |what: &str| Stop::Refused(format!("{:?}: {what}", file.content.path));
        if !file.is_good() {
            return Err(wrong("The name or the metadata is not such as a file may have."));
        }
        let media = MediaId(self.id(self.kept.len(), 0));
        let (mut package, path) = self.unpack(package, &file.content).await?;
        self.kept.push(media);
        let key = keys::source(media);
        self.app.storage.put_file(&key, &path).await?;
        let announced = Announced {
            size: i64::try_from(file.content.size).unwrap_or(i64::MAX),
            sha256: file.content.sha256.clone(),
            mime_type: file.mime_type.clone(),
        };
        let looked = examine(&self.app.storage, &key, &announced, &path).await?;
        let file_type = looked.map_err(|flaw| wrong(&flaw.to_string()))?.file_type;
        if !file.captions.is_empty() && !matches!(file_type, FileType::Video | FileType::Audio) {
            return Err(wrong("Only films and sounds have captions."));
        }
        let mut captions = vec![];
        for place in 0..file.captions.len() {
            let id;
            (package, id) = self.take_captions(package, (media, &file), place).await?;
            captions.push(id);
        }
        Ok((package, Unpacked { media, file, file_type, captions }))
    }

    async fn take_captions(
        &self,
        package: Package,
        (media, file): (MediaId, &PortableFile),
        place: usize,
    ) -> std::result::Result<(Package, CaptionTrackId), Stop> {
        let track = &file.captions[place];
        let wrong = |what: String| Stop::Refused(format!("{:?}: {what}", track.content.path));
        let same = file.captions.iter().filter(|other| other.language == track.language).count();
        let defaults = file.captions.iter().filter(|track| track.is_default).count();
        if !track.is_good() || same > 1 || defaults > 1 {
            return Err(wrong("The language, the label or the kind is not one that captions may have.".into()));
        }
        let (package, path) = self.unpack(package, &track.content).await?;
        let words = tokio::fs::read_to_string(&path).await.map_err(|_| wrong("It is not UTF-8.".into()))?;
        check_words(&words).map_err(wrong)?;
        let id = CaptionTrackId(self.id(self.kept.len(), place + 1));
        self.app.storage.put_file(&Derived(media).captions(id), &path).await?;
        Ok((package, id))
    }

    /// Unpacks the picture that the course is shown by and keeps it, made anew unless it is as we make them.
    pub async fn take_picture(
        &mut self,
        package: Package,
        packed: &PortablePicture,
    ) -> std::result::Result<Shown, Stop> {
        let wrong = |what: &str| Stop::Refused(format!("{:?}: {what}", packed.content.path));
        if !is_file_name(&packed.file_name) {
            return Err(wrong("The name is not one that a file may have."));
        }
        if i64::try_from(packed.content.size).is_ok_and(|size| size > self.app.uploads.largest_picture) {
            return Err(wrong("The picture of a course is not so large."));
        }
        let media = MediaId(self.id(self.kept.len(), 0));
        let (_, sent) = self.unpack(package, &packed.content).await?;
        let folder = self.folder.path().to_path_buf();
        let made = blocking(move || Ok(PictureFile::keep_or_make(&sent, &folder))).await?;
        let picture = made.map_err(|trouble| match trouble {
            Trouble::NoRoom => Stop::Failed(Error::Internal("no room to work on a picture".into())),
            trouble => wrong(&trouble.to_string()),
        })?;
        self.kept.push(media);
        let file = self.folder.path().join(picture.picture.file_name());
        self.app.storage.put_file(&keys::picture(media), &file).await?;
        Ok(Shown { media, file_name: packed.file_name.clone(), picture })
    }

    async fn unpack(
        &self,
        mut package: Package,
        content: &PortableContent,
    ) -> std::result::Result<(Package, PathBuf), Stop> {
        let (content, path) = (content.clone(), self.folder.path().join("unpacked"));
        let target = path.clone();
        let (package, unpacked) = blocking(move || {
            let unpacked = package.unpack(&content.path, content.size, &content.sha256, &target)?;
            Ok((package, unpacked))
        })
        .await?;
        unpacked?;
        Ok((package, path))
    }

    /// The ids follow from the import's, so that who does it again after an interruption leaves nothing behind.
    fn id(&self, file: usize, track: usize) -> Uuid {
        let (file, track) = (file as u128 + 1, track as u128);
        Uuid::from_u128(self.import.id.0.as_u128() ^ (file << 16 | track))
    }

    /// Takes what was put into the store out again.
    pub async fn clear(&mut self) -> Result<()> {
        for media in self.kept.drain(..) {
            self.app.storage.delete_prefix(&keys::media(media)).await?;
        }
        Ok(())
    }
}
