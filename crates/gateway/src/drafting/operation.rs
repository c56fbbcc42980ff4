use courses::{CourseChange, NewCourse, NewSection, SectionChange, Target, rules};
use kernel::{CourseId, EntityId, Error, MediaId, QuizId, Result, SectionId, Tx};

use super::{
    Desk,
    placing::{move_file, move_quiz, move_section},
};

/// One change.
pub enum Operation {
    CreateCourse(NewCourse),
    UpdateCourse(CourseChange),
    CreateSection { name: Option<String>, title: String, description: String, is_published: bool, is_preview: bool },
    UpdateSection { section: Reference, change: SectionChange },
    DeleteSection { section: Reference, force: bool },
    MoveSection { section: Reference, position: usize },
    AttachMedia { media: MediaId, section: Option<Reference> },
    DetachMedia { media: MediaId },
    MoveMedia { media: MediaId, section: Option<Reference>, position: usize },
    MoveQuiz { quiz: QuizId, section: Option<Reference>, position: usize },
}

/// A section by its id, or by the name under which an operation before created it.
#[derive(Clone, Debug)]
pub enum Reference {
    Id(SectionId),
    Named(String),
}

/// Before the name.
const NAMED: &str = "ref:";

impl Reference {
    /// `section_...`, or `ref:` and a name.
    pub fn read(text: &str) -> Result<Self, String> {
        match text.strip_prefix(NAMED) {
            Some(name) => Ok(Self::Named(name.into())),
            None => SectionId::from_wire(text).map(Self::Id),
        }
    }

    fn find(&self, desk: &Desk, field: &'static str) -> Result<SectionId> {
        match self {
            Self::Id(section) => Ok(*section),
            Self::Named(name) => {
                Ok(desk.named.get(name).copied().flatten().ok_or(rules::DRAFT_REF_UNKNOWN.at(field))?)
            }
        }
    }
}

impl Operation {
    pub async fn run(&self, tx: &mut Tx, desk: &mut Desk) -> Result<()> {
        if let Self::CreateCourse(new) = self {
            desk.course = Some(courses::create(tx, new.clone()).await?.id);
            return Ok(());
        }
        let course = desk.course()?;
        match self {
            Self::CreateCourse(_) => Ok(()),
            Self::UpdateCourse(change) => {
                courses::update(tx, Target { course, expected_version: None }, change.clone()).await.map(|_| ())
            }
            Self::CreateSection { name, .. } => {
                let section = courses::add_section(tx, self.new_section(course)?).await?.id;
                match name {
                    Some(name) => remember(desk, name, section),
                    None => Ok(()),
                }
            }
            Self::UpdateSection { section, change } => {
                let section = of_course(tx, course, section.find(desk, "id")?).await?;
                courses::update_section(tx, section, None, change.clone()).await.map(|_| ())
            }
            Self::DeleteSection { section, force } => {
                let section = of_course(tx, course, section.find(desk, "id")?).await?;
                courses::delete_section(tx, section, None, *force).await.map(|_| ())
            }
            Self::MoveSection { section, position } => {
                move_section(tx, course, section.find(desk, "id")?, *position).await
            }
            _ => self.run_on_things(tx, desk, course).await,
        }
    }

    async fn run_on_things(&self, tx: &mut Tx, desk: &Desk, course: CourseId) -> Result<()> {
        let find =
            |section: &Option<Reference>| section.as_ref().map(|section| section.find(desk, "sectionId")).transpose();
        match self {
            Self::AttachMedia { media, section } => media::attach(tx, *media, course, find(section)?).await.map(|_| ()),
            Self::DetachMedia { media } => {
                if !media::placement(&tx.conn, course).await?.values().flatten().any(|file| file == media) {
                    return Err(Error::NotFound);
                }
                media::detach(tx, *media).await.map(|_| ())
            }
            Self::MoveMedia { media, section, position } => {
                move_file(tx, course, *media, (find(section)?, *position)).await
            }
            Self::MoveQuiz { quiz, section, position } => {
                move_quiz(tx, course, *quiz, (find(section)?, *position)).await
            }
            _ => Ok(()),
        }
    }

    fn new_section(&self, course: CourseId) -> Result<NewSection> {
        let Self::CreateSection { title, description, is_published, is_preview, .. } = self else {
            return Err(Error::Internal("not a section to be".into()));
        };
        let (title, description) = (title.clone(), description.clone());
        Ok(NewSection { course, title, description, is_published: *is_published, is_preview: *is_preview })
    }

    /// Does it name a section that was to be created, and was not? That has been told.
    pub fn hangs_on_what_failed(&self, desk: &Desk) -> bool {
        let section = match self {
            Self::UpdateSection { section, .. }
            | Self::DeleteSection { section, .. }
            | Self::MoveSection { section, .. } => Some(section),
            Self::AttachMedia { section, .. } | Self::MoveMedia { section, .. } | Self::MoveQuiz { section, .. } => {
                section.as_ref()
            }
            _ => None,
        };
        matches!(section, Some(Reference::Named(name)) if desk.named.get(name) == Some(&None))
    }

    /// Remembers that what it was to create is not there.
    pub fn fail(&self, desk: &mut Desk) {
        match self {
            Self::CreateSection { name: Some(name), .. } => {
                desk.named.entry(name.clone()).or_insert(None);
            }
            Self::CreateCourse(_) => desk.course = None,
            _ => {}
        }
    }
}

fn remember(desk: &mut Desk, name: &str, section: SectionId) -> Result<()> {
    if desk.named.contains_key(name) {
        return Err(rules::DRAFT_REF_TAKEN.at("ref").into());
    }
    desk.named.insert(name.into(), Some(section));
    Ok(())
}

/// A draft is about one course.
pub(super) async fn of_course(tx: &Tx, course: CourseId, section: SectionId) -> Result<SectionId> {
    let sections = courses::in_order(tx, course).await?;
    sections.into_iter().find(|it| *it == section).ok_or(Error::NotFound)
}
