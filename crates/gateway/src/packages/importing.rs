use std::{fmt::Write, sync::Arc};

use assessment::{PortableBank, add_portable_banks, add_portable_quizzes};
use courses::packaging::{
    ImportCourse, PackageContent, Resolved, add_portable_course, finish_import, refuse_import, resolve, running_import,
    to_import,
};
use kernel::{Error, Problem, Result, Tx};
use media::{Unpacked, add_portable_files, add_portable_picture, uploading::make_room};

use super::{
    Manifest, Refusal,
    unpacking::{Shown, Unpacking},
};
use crate::app::App;

/// Makes a course of a package, or says what is in it. Nothing that the package says is believed; when anything of it is
/// wrong, nothing is made of it.
pub async fn import_course(app: &Arc<App>, job: ImportCourse) -> Result<()> {
    let Some(import) = running_import(app.db.read(), job.import).await? else {
        return Ok(());
    };
    let mut unpacking = Unpacking::of(app, import)?;
    match carry_out(&mut unpacking).await {
        Ok(()) => Ok(()),
        Err(Stop::Refused(why)) => {
            unpacking.clear().await?;
            app.write_as_system(async |tx| refuse_import(tx, job.import, &why).await).await
        }
        Err(Stop::Failed(error)) => Err(error),
    }
}

/// Why there will be no course: the package's fault, in words for who sent it, or ours, which may pass.
pub(super) enum Stop {
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

async fn carry_out(unpacking: &mut Unpacking<'_>) -> std::result::Result<(), Stop> {
    unpacking.check_rights().await?;
    let mut package = unpacking.open().await?;
    let manifest = package.manifest.clone();
    manifest.course.check()?;
    manifest.banks.iter().try_for_each(PortableBank::check)?;
    manifest.quizzes.iter().try_for_each(|quiz| quiz.check(manifest.banks.len()))?;
    let (mut files, mut shown) = (vec![], None);
    for file in manifest.files.clone() {
        let unpacked;
        (package, unpacked) = unpacking.take(package, file).await?;
        files.push(unpacked);
    }
    if let Some(picture) = &manifest.thumbnail {
        shown = Some(unpacking.take_picture(package, picture).await?);
    }
    if unpacking.import.is_dry_run {
        unpacking.clear().await?;
    }
    let unpacking = &*unpacking;
    unpacking.app.write_as_system(async |tx| finish(unpacking, tx, manifest, (files, shown)).await).await?;
    Ok(())
}

async fn finish(
    unpacking: &Unpacking<'_>,
    tx: &mut Tx,
    manifest: Manifest,
    (files, shown): (Vec<Unpacked>, Option<Shown>),
) -> Result<()> {
    let (app, import) = (unpacking.app, &unpacking.import);
    let Some(permit) = to_import(tx, import.id).await? else {
        return Ok(());
    };
    let resolved = resolve(tx, import.user_id, &manifest.course).await?;
    let content = content_of(&manifest, &resolved);
    let bytes = i64::try_from(content.bytes).unwrap_or(i64::MAX);
    make_room(tx, import.user_id, (bytes, "files"), &app.uploads).await?;
    if import.is_dry_run {
        return finish_import(tx, permit, &content, None).await;
    }
    let (user, provider) = (import.user_id, app.storage.provider());
    let thumbnail = match &shown {
        Some(shown) => {
            let picture = (&shown.picture, provider);
            add_portable_picture(tx, &permit, (shown.media, user), &shown.file_name, picture).await?
        }
        None => None,
    };
    let (course, sections) = add_portable_course(tx, &permit, (manifest.course, resolved), thumbnail).await?;
    let place = (course, &*sections);
    add_portable_files(tx, &permit, place, (user, provider), files).await?;
    let banks = add_portable_banks(tx, &permit, course, manifest.banks).await?;
    add_portable_quizzes(tx, &permit, (course, &sections, &banks), manifest.quizzes).await?;
    finish_import(tx, permit, &content, Some(course)).await
}

fn content_of(manifest: &Manifest, resolved: &Resolved) -> PackageContent {
    let of_quizzes = manifest.quizzes.iter().map(|quiz| quiz.questions.len());
    let of_banks = manifest.banks.iter().map(|bank| bank.questions.len());
    PackageContent {
        title: manifest.course.title.clone(),
        sections: manifest.course.sections.len(),
        files: manifest.files.len(),
        bytes: manifest.contents().map(|content| content.size).fold(0, u64::saturating_add),
        quizzes: manifest.quizzes.len(),
        questions: of_quizzes.chain(of_banks).sum(),
        left_out: resolved.left_out.clone(),
    }
}
