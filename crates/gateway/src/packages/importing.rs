use std::{fmt::Write, path::PathBuf, sync::Arc};

use assessment::{PortableBank, add_portable_banks, add_portable_quizzes};
use courses::{
    course_import::Model as Import,
    packaging::{
        ImportCourse, PackageContent, add_portable_course, finish_import, refuse_import, running_import, to_import,
    },
};
use kernel::{CaptionTrackId, Error, MediaId, Permission, Problem, Result, Tx, Viewer};
use media::{
    FileType, PortableContent, PortableFile, Unpacked, add_portable_files,
    captions::check_words,
    is_file_name,
    processing::Derived,
    reading::source_of,
    storage::keys,
    uploading::{Announced, examine, make_room},
};
use tempfile::TempDir;
use uuid::Uuid;

use super::{Bounds, Manifest, Package, Refusal, exporting::blocking};
use crate::app::App;

/// Makes a course of a package, or says what is in it. Nothing that the package says is believed; when anything of it is
/// wrong, nothing is made of it.
pub async fn import_course(app: &Arc<App>, job: ImportCourse) -> Result<()> {
    let Some(import) = running_import(app.db.read(), job.import).await? else {
        return Ok(());
    };
    let mut unpacking = Unpacking::of(app, import)?;
    match unpacking.course().await {
        Ok(()) => Ok(()),
        Err(Stop::Refused(why)) => {
            unpacking.clear().await?;
            app.write_as_system(async |tx| refuse_import(tx, job.import, &why).await).await
        }
        Err(Stop::Failed(error)) => Err(error),
    }
}

/// Why there will be no course: the package's fault, in words for who sent it, or ours, which may pass.
enum Stop {
    Refused(String),
    Failed(Error),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        match error {
            Error::Broken(problems) => Self::Refused(sentence(&problems)),
            error => Self::Failed(error),
        }
    }
}

/// `title: A course needs a title.`
fn sentence(problems: &[Problem]) -> String {
    problems.iter().fold(String::new(), |mut text, problem| {
        let between = if text.is_empty() { "" } else { " " };
        // Writing into a text does not fail.
        let _ = write!(text, "{between}{}: {}", problem.field.join("."), problem.message);
        text
    })
}

/// A package, and the folder that it is unpacked in.
struct Unpacking<'a> {
    app: &'a Arc<App>,
    import: Import,
    folder: TempDir,
    /// Whose bytes have been put into the store.
    kept: Vec<MediaId>,
}

impl<'a> Unpacking<'a> {
    fn of(app: &'a Arc<App>, import: Import) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("package-").tempdir_in(&app.scratch);
        let folder = folder.map_err(|error| Error::Internal(format!("no folder to work in: {error}")))?;
        Ok(Self { app, import, folder, kept: vec![] })
    }

    async fn course(&mut self) -> std::result::Result<(), Stop> {
        self.check_rights().await?;
        let mut package = self.open().await?;
        let manifest = package.manifest.clone();
        manifest.course.check()?;
        manifest.banks.iter().try_for_each(PortableBank::check)?;
        manifest.quizzes.iter().try_for_each(|quiz| quiz.check(manifest.banks.len()))?;
        let mut files = vec![];
        for file in manifest.files.clone() {
            let unpacked;
            (package, unpacked) = self.take(package, file).await?;
            files.push(unpacked);
        }
        if self.import.is_dry_run {
            self.clear().await?;
        }
        self.app.write_as_system(async |tx| self.finish(tx, manifest, files).await).await?;
        Ok(())
    }

    /// What they were allowed when they asked may have been taken from them since.
    async fn check_rights(&self) -> std::result::Result<(), Stop> {
        let user = self.import.user_id;
        let rights = accounts::permissions_of_users(self.app.db.read(), &Viewer::System, &[user]).await?;
        match rights.get(&user).is_some_and(|rights| rights.contains(Permission::CoursesCreate)) {
            true => Ok(()),
            false => Err(Stop::Refused("You may not create courses any more.".into())),
        }
    }

    async fn open(&self) -> std::result::Result<Package, Stop> {
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
    async fn take(&mut self, package: Package, file: PortableFile) -> std::result::Result<(Package, Unpacked), Stop> {
        let wrong = |what: &str| Stop::Refused(format!("{:?}: {what}", file.content.path));
        if !is_file_name(&file.file_name) {
            return Err(wrong("The name is not one that a file may have."));
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

    async fn finish(&self, tx: &mut Tx, manifest: Manifest, files: Vec<Unpacked>) -> Result<()> {
        let Some(permit) = to_import(tx, self.import.id).await? else {
            return Ok(());
        };
        let content = content_of(&manifest);
        let (user, limits) = (self.import.user_id, &self.app.uploads);
        make_room(tx, user, i64::try_from(content.bytes).unwrap_or(i64::MAX), limits).await?;
        if self.import.is_dry_run {
            return finish_import(tx, permit, &content, None).await;
        }
        let (course, sections) = add_portable_course(tx, &permit, manifest.course).await?;
        let place = (course, &*sections);
        add_portable_files(tx, &permit, place, (user, self.app.storage.provider()), files).await?;
        let banks = add_portable_banks(tx, &permit, course, manifest.banks).await?;
        add_portable_quizzes(tx, &permit, (course, &sections, &banks), manifest.quizzes).await?;
        finish_import(tx, permit, &content, Some(course)).await
    }

    /// Takes what was put into the store out again.
    async fn clear(&mut self) -> Result<()> {
        for media in self.kept.drain(..) {
            self.app.storage.delete_prefix(&keys::media(media)).await?;
        }
        Ok(())
    }
}

fn content_of(manifest: &Manifest) -> PackageContent {
    let contents = manifest.files.iter().flat_map(PortableFile::contents);
    let of_quizzes = manifest.quizzes.iter().map(|quiz| quiz.questions.len());
    let of_banks = manifest.banks.iter().map(|bank| bank.questions.len());
    PackageContent {
        title: manifest.course.title.clone(),
        sections: manifest.course.sections.len(),
        files: manifest.files.len(),
        bytes: contents.map(|content| content.size).sum(),
        quizzes: manifest.quizzes.len(),
        questions: of_quizzes.chain(of_banks).sum(),
    }
}
