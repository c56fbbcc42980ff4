use accounts::{BuiltIn, role};
use kernel::{Audited, Error, Live, Result, Tx};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait};

use super::{
    Summary,
    dice::time,
    plan::School,
    publishing::publish,
    rows::{
        Dated, catalogue, certificates, chats, courses, learning, media,
        people::{self, Roles},
        quizzes, reviews, sittings, staff,
    },
};

/// How many rows are in memory at once.
const CHUNK: usize = 1_000;

/// Writes the whole school, parents before children.
pub async fn write(tx: &mut Tx, school: &School, password: &str) -> Result<Summary> {
    let roles = roles(tx).await?;
    let users = dated(tx, people::users(school, password)).await?;
    plain(tx, people::user_roles(school, roles)).await?;
    let contents = Summary {
        users,
        categories: dated(tx, catalogue::categories(school.seed)).await?,
        courses: dated(tx, courses::courses(school)).await?,
        tags: plain(tx, courses::tags(school)).await?,
        staff: dated(tx, staff::staff(school)).await?,
        prerequisites: plain(tx, staff::prerequisites(school)).await?,
        sections: dated(tx, courses::sections(school)).await?,
        media: dated(tx, media::files(school)).await?,
        quizzes: dated(tx, quizzes::quizzes(school)).await?,
        questions: dated(tx, quizzes::all_questions(school)).await?,
        quiz_versions: dated(tx, quizzes::versions(school)).await?,
        ..Summary::default()
    };
    let versions = publish(tx, school).await?;
    Ok(Summary {
        enrollments: dated(tx, learning::enrollments(school, &versions)).await?,
        video_progress: dated(tx, learning::video_progress(school)).await?,
        course_progress: dated(tx, learning::course_progress(school)).await?,
        certificates: dated(tx, certificates::certificates(school, &versions)).await?,
        attempts: dated(tx, sittings::quiz_attempts(school)).await?,
        answers: dated(tx, sittings::quiz_answers(school)).await?,
        reviews: dated(tx, reviews::reviews(school)).await?,
        votes: dated(tx, reviews::votes(school)).await?,
        conversations: dated(tx, chats::conversations(school)).await?,
        chats: dated(tx, chats::chats(school)).await?,
        ..contents
    })
}

async fn dated<R>(tx: &Tx, rows: impl Iterator<Item = Dated<R>>) -> Result<usize>
where
    R: ActiveModelTrait + ActiveModelBehavior + Send,
    R::Entity: Audited,
{
    plain(tx, rows.map(|(at, row)| tx.stamp(row, time(at)))).await
}

async fn plain<R>(tx: &Tx, mut rows: impl Iterator<Item = R>) -> Result<usize>
where
    R: ActiveModelTrait + ActiveModelBehavior + Send,
{
    let mut count = 0;
    loop {
        let chunk: Vec<R> = rows.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            return Ok(count);
        }
        count += chunk.len();
        tx.insert_all(chunk).await?;
    }
}

async fn roles(tx: &Tx) -> Result<Roles> {
    let all = role::Entity::live().all(&tx.conn).await?;
    let find = |wanted: BuiltIn| {
        let role = all.iter().find(|role| role.name == wanted.name());
        role.map(|role| role.id).ok_or_else(|| Error::Internal(format!("the role {} is missing", wanted.name())))
    };
    Ok(Roles { admin: find(BuiltIn::Admin)?, instructor: find(BuiltIn::Instructor)?, student: find(BuiltIn::Student)? })
}
