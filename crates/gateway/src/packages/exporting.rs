use std::{path::PathBuf, sync::Arc};

use assessment::{portable_banks, portable_quizzes};
use courses::packaging::{
    ExportCourse, Exported, fail_export, finish_export, forget_export, old_exports, portable_course, running_export,
};
use kernel::{CourseId, Error, Result};
use media::{Packed, PortableContent, PortableFile, PortablePicture, portable_files, portable_picture, storage::keys};
use tempfile::TempDir;
use tokio::task::spawn_blocking;

use super::{
    Manifest,
    archive::{measure, write},
};
use crate::{app::App, jobs::PurgePackages};

/// Makes the package of an export and keeps it. Made already, it does nothing; what was left half made is made anew.
pub async fn export_course(app: &Arc<App>, job: ExportCourse) -> Result<()> {
    let Some(course) = running_export(app.db.read(), job.export).await? else {
        return Ok(());
    };
    let folder = tempfile::Builder::new().prefix("package-").tempdir_in(&app.scratch);
    let folder = folder.map_err(|error| Error::Internal(format!("no folder to work in: {error}")))?;
    let mut packing = Packing { app, folder, files: vec![], left_out: vec![] };
    let Some(manifest) = packing.manifest(course).await? else {
        return app.write_as_system(async |tx| fail_export(tx, job.export, "The course was deleted.").await).await;
    };
    let package = packing.write(manifest).await?;
    let (size, _) = blocking({
        let package = package.clone();
        move || measure(&package)
    })
    .await?;
    app.storage.put_file(&keys::package(job.export), &package).await?;
    let made = Exported { size, left_out: packing.left_out };
    app.write_as_system(async |tx| finish_export(tx, job.export, made).await).await
}

/// Takes the packages out of the store whose time is over.
pub async fn purge_packages(app: &Arc<App>, _: PurgePackages) -> Result<()> {
    for export in app.write_as_system(async |tx| old_exports(tx).await).await? {
        app.storage.delete(&keys::package(export)).await?;
        app.write_as_system(async |tx| forget_export(tx, export).await).await?;
    }
    Ok(())
}

/// A folder with the files that go into a package.
struct Packing<'a> {
    app: &'a App,
    folder: TempDir,
    /// The name within the package, and where the bytes lie until it is written.
    files: Vec<(String, PathBuf)>,
    left_out: Vec<String>,
}

impl Packing<'_> {
    async fn manifest(&mut self, course: CourseId) -> Result<Option<Manifest>> {
        let db = self.app.db.read();
        let Some((portable, sections)) = portable_course(db, course).await? else {
            return Ok(None);
        };
        let (banks, ids) = portable_banks(db, course).await?;
        let quizzes = portable_quizzes(db, course, &sections, &ids).await?;
        let mut manifest = Manifest::new(portable, banks, quizzes);
        if let Some((picture, source)) = portable_picture(db, course).await? {
            manifest.thumbnail = self.take_picture(picture, &source).await?;
        }
        for packed in portable_files(db, course, &sections).await? {
            manifest.files.extend(self.take(packed).await?);
        }
        Ok(Some(manifest))
    }

    async fn take_picture(&mut self, picture: PortablePicture, source: &str) -> Result<Option<PortablePicture>> {
        let content = self.fetch(source, "").await?;
        if content.is_none() {
            self.left_out.push(picture.file_name.clone());
        }
        Ok(content.map(|content| PortablePicture { content, ..picture }))
    }

    /// Fetches a file and its captions; nothing when the store does not have it.
    async fn take(&mut self, packed: Packed) -> Result<Option<PortableFile>> {
        let Packed { mut file, source, captions } = packed;
        let Some(content) = self.fetch(&source, "").await? else {
            self.left_out.push(file.file_name);
            return Ok(None);
        };
        file.content = content;
        let tracks = std::mem::take(&mut file.captions);
        for (mut track, source) in tracks.into_iter().zip(captions) {
            match self.fetch(&source, ".vtt").await? {
                Some(content) => {
                    track.content = content;
                    file.captions.push(track);
                }
                None => self.left_out.push(format!("{} ({})", file.file_name, track.language)),
            }
        }
        Ok(Some(file))
    }

    /// Names in a package are numbers: no name that anybody typed becomes one of a file.
    async fn fetch(&mut self, source: &str, ending: &str) -> Result<Option<PortableContent>> {
        let name = format!("{:05}{ending}", self.files.len() + 1);
        let place = self.folder.path().join(&name);
        match self.app.storage.fetch_to(source, &place).await {
            Err(Error::NotFound) => return Ok(None),
            done => done?,
        }
        let path = format!("files/{name}");
        self.files.push((path.clone(), place.clone()));
        let (size, sha256) = blocking(move || measure(&place)).await?;
        Ok(Some(PortableContent { path, size, sha256 }))
    }

    async fn write(&mut self, manifest: Manifest) -> Result<PathBuf> {
        let (files, package) = (std::mem::take(&mut self.files), self.folder.path().join("package.zip"));
        let target = package.clone();
        blocking(move || write(&manifest, &files, &target)).await?;
        Ok(package)
    }
}

/// Work on a file that keeps a thread busy.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    spawn_blocking(work).await.map_err(|error| Error::Internal(format!("work on a package was lost: {error}")))?
}
