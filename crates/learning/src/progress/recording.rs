use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::TimeDelta;
use kernel::{CourseId, EnrollmentId, Error, Live, MediaId, Permit, Problem, Result, SessionId, Tx, allow, dialect};
use media::MediaRow;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set, prelude::Uuid,
    sea_query::OnConflict,
};

use super::{
    Spans,
    budgets::{Counted, bound},
    hours::{Times, add_times},
    items::timed,
    packet::{Packet, Sent, problem},
    playback::playback_of,
    policy::Learn,
    refreshing::{refresh_with, whole_courses},
    rules::{
        MAX_AHEAD, MAX_BATCH, MAX_GAPS, PLAYBACK_COURSE_MISMATCH, PLAYBACK_MEDIA_NOT_FOUND, PLAYBACK_MEDIA_NOT_TIMED,
        PLAYBACK_NOT_ENROLLED, PLAYBACK_SEQUENCE_SPARSE,
    },
    watching::{Watching, times},
};
use crate::{
    CourseProgressRow, EnrollmentRow, VideoProgressRow, enrollment, entitles, playback_session, video_progress,
};

/// What came of a batch: how far one is in what it was about, and what was wrong with single packets. The others are in all the
/// same.
#[derive(Debug, Default)]
pub struct Recorded {
    pub videos: Vec<VideoProgressRow>,
    pub courses: Vec<CourseProgressRow>,
    pub problems: Vec<Problem>,
}

/// The right to go on in a course.
type Learner = Permit<Learn, enrollment::Model>;

/// What a batch is about, read and locked.
struct Lessons {
    files: HashMap<MediaId, MediaRow>,
    learners: BTreeMap<CourseId, Learner>,
    /// For which the person's batch has the turn: for all that they were enrolled in when it came.
    held: BTreeSet<EnrollmentId>,
}

/// Packets that count, by course and recording.
type Packets = BTreeMap<(CourseId, MediaId), Vec<Packet>>;

/// Takes in what a player says was watched. Every packet counts once, by its number in the playback that the player
/// names, or else in the sign-in session; whatever the order.
/// Two devices at once lose nothing, and gain nothing, because each waits until it has the turn for the person's enrolments:
/// what is watched in one course takes the time that it could be watched in others.
pub async fn record_playback(tx: &mut Tx, named: Option<Uuid>, sent: &[Sent]) -> Result<Recorded> {
    let playback = playback_of(tx, named)?;
    if sent.len() > MAX_BATCH {
        let message = format!("at most {MAX_BATCH} packets at a time, not {}", sent.len());
        return Err(Error::BadInput { field: vec!["input".into(), "items".into()], message });
    }
    let sent = &by_our_clock(tx, sent);
    let lessons = lessons(tx, sent).await?;
    let mut recorded = Recorded::default();
    let Some(learner) = lessons.learners.values().next() else {
        recorded.problems = (0..).zip(sent).filter_map(|(n, sent)| lessons.packet(tx, n, sent).err()).collect();
        return Ok(recorded);
    };
    let mut seen = seen(tx, playback).await?;
    let packets = fresh(tx, &lessons, &mut seen, sent, &mut recorded.problems);
    let (packets, again): (Packets, Packets) = packets.into_iter().partition(|(_, packets)| !packets.is_empty());
    if !packets.is_empty() {
        remember(tx, learner, playback, &seen).await?;
        (recorded.videos, recorded.courses) = add(tx, &lessons, learner, &packets).await?;
    }
    as_it_stands(tx, &again, &mut recorded).await?;
    Ok(recorded)
}

/// Adds the packets, and all that follows from them.
async fn add(
    tx: &mut Tx,
    lessons: &Lessons,
    learner: &Learner,
    packets: &Packets,
) -> Result<(Vec<VideoProgressRow>, Vec<CourseProgressRow>)> {
    let videos = watch(tx, lessons, packets).await?;
    let counted = bound(tx, learner).await?;
    let videos = videos.into_iter().map(|row| as_counted(row, &counted)).collect();
    let touched: BTreeSet<CourseId> = packets.keys().map(|(course, _)| *course).collect();
    let moved: BTreeSet<CourseId> = counted.iter().map(|counted| counted.course).collect();
    let at_it: Vec<enrollment::Model> =
        touched.iter().filter_map(|it| lessons.learners.get(it)).map(|it| (**it).clone()).collect();
    let others = own_in(tx, &lessons.held, &moved.difference(&touched).copied().collect::<Vec<_>>()).await?;
    let whole = refresh_with(tx, learner, &at_it, &others).await?;
    Ok((videos, whole.into_iter().take(at_it.len()).map(CourseProgressRow::from).collect()))
}

/// How far one is in what was sent once more, with nothing new: a player that did not hear the first answer gets it from the
/// second.
async fn as_it_stands(tx: &Tx, again: &Packets, recorded: &mut Recorded) -> Result<()> {
    if again.is_empty() {
        return Ok(());
    }
    let mut videos = kept(tx, again).await?;
    recorded.videos.extend(again.keys().filter_map(|key| videos.remove(key)).map(VideoProgressRow::from));
    let answered: BTreeSet<CourseId> = recorded.courses.iter().map(|row| row.course_id).collect();
    let courses: BTreeSet<CourseId> = again.keys().map(|(course, _)| *course).collect();
    let whole = whole_courses(tx, &courses.difference(&answered).copied().collect::<Vec<_>>()).await?;
    recorded.courses.extend(whole.into_iter().map(CourseProgressRow::from));
    Ok(())
}

fn as_counted(row: video_progress::Model, counted: &[Counted]) -> VideoProgressRow {
    let row = VideoProgressRow::from(row);
    let Some(counted) = counted.iter().find(|counted| counted.id == row.id) else { return row };
    let (watch_time, completed) = (counted.watch_time, counted.completed);
    VideoProgressRow { watch_time, completed, completion_percentage: counted.percentage, ..row }
}

/// As if the device's clock were right where it is ahead: nothing was watched in the time that is still to come.
fn by_our_clock(tx: &Tx, sent: &[Sent]) -> Vec<Sent> {
    let ahead = sent.iter().map(|sent| sent.at - tx.now).filter(|ahead| *ahead <= MAX_AHEAD).max();
    let ahead = ahead.unwrap_or_default().max(TimeDelta::zero());
    let earlier = |sent: &Sent| Sent {
        at: if sent.at <= tx.now + MAX_AHEAD { sent.at - ahead } else { sent.at },
        ..sent.clone()
    };
    sent.iter().map(earlier).collect()
}

/// The files that the viewer sees, and their enrolments in those files' courses: who may learn there may open what they see.
async fn lessons(tx: &Tx, sent: &[Sent]) -> Result<Lessons> {
    let ids: BTreeSet<MediaId> = sent.iter().map(|sent| sent.media).collect();
    let ids: Vec<MediaId> = ids.into_iter().collect();
    let files = media::reading::files(&tx.conn, &tx.viewer, &ids).await?;
    let courses: BTreeSet<CourseId> = files.values().filter_map(|file| file.course_id).collect();
    let held = take_own_turns(tx).await?;
    let mut learners = BTreeMap::new();
    for enrollment in own_in(tx, &held, &courses.into_iter().collect::<Vec<_>>()).await? {
        if EnrollmentRow::from(enrollment.clone()).is_entitled(tx.now) {
            learners.insert(enrollment.course_id, allow::<Learn, _>(&tx.viewer, enrollment)?);
        }
    }
    Ok(Lessons { files, learners, held })
}

/// Takes the turn for all that the person is enrolled in, until the transaction ends.
async fn take_own_turns(tx: &Tx) -> Result<BTreeSet<EnrollmentId>> {
    use enrollment::{
        Column::{Id, UserId},
        Entity,
    };
    let own = Entity::live().filter(UserId.eq(tx.viewer.id())).order_by_asc(Id).select_only().column(Id);
    let ids: Vec<EnrollmentId> = own.into_tuple().all(&tx.conn).await?;
    tx.take_turns_for(&ids).await?;
    Ok(ids.into_iter().collect())
}

/// One's own in these courses, as they are now that nobody else is at them.
async fn own_in(tx: &Tx, held: &BTreeSet<EnrollmentId>, courses: &[CourseId]) -> Result<Vec<enrollment::Model>> {
    use enrollment::{
        Column::{CourseId, Id, UserId},
        Entity,
    };
    if courses.is_empty() {
        return Ok(vec![]);
    }
    let which = dialect::any_of(tx.backend(), (Entity, CourseId), courses);
    let own = Entity::live().filter(UserId.eq(tx.viewer.id())).filter(which).order_by_asc(Id).all(&tx.conn).await?;
    Ok(own.into_iter().filter(|enrollment| held.contains(&enrollment.id)).collect())
}

/// One's own in these courses that let one learn, [`in_turn`].
pub async fn enrollments(tx: &Tx, courses: &[CourseId]) -> Result<Vec<enrollment::Model>> {
    let which = dialect::any_of(tx.backend(), (enrollment::Entity, enrollment::Column::CourseId), courses);
    in_turn(tx, Condition::all().add(which).add(entitles(tx.now))).await
}

/// One's own, with the turn for each until the transaction ends. Their rows are not locked: who moves the
/// seats of a course holds the course before any enrolment, and so does [`refresh`] when it completes one.
async fn in_turn(tx: &Tx, which: Condition) -> Result<Vec<enrollment::Model>> {
    use enrollment::{
        Column::{Id, UserId},
        Entity,
    };
    let own = Entity::live().filter(UserId.eq(tx.viewer.id())).filter(which);
    let own = own.order_by_asc(Id).all(&tx.conn).await?;
    let ids: Vec<EnrollmentId> = own.iter().map(|enrollment| enrollment.id).collect();
    tx.take_turns_for(&ids).await?;
    Ok(own)
}

impl Lessons {
    /// What the `n`-th of a batch says, and of what; or what is wrong with it.
    fn packet(&self, tx: &Tx, n: usize, sent: &Sent) -> Result<(CourseId, Packet), Problem> {
        let file = self.files.get(&sent.media).ok_or_else(|| problem(PLAYBACK_MEDIA_NOT_FOUND, n, "mediaId"))?;
        if sent.course.is_some() && sent.course != file.course_id {
            return Err(problem(PLAYBACK_COURSE_MISMATCH, n, "courseId"));
        }
        let learner = file.course_id.and_then(|course| self.learners.get(&course));
        let learner = learner.ok_or_else(|| problem(PLAYBACK_NOT_ENROLLED, n, "mediaId"))?;
        let duration = timed(file.file_type, file.duration);
        let duration = duration.ok_or_else(|| problem(PLAYBACK_MEDIA_NOT_TIMED, n, "mediaId"))?;
        Ok((learner.course_id, sent.check(n, duration, (learner.enrolled_at, tx.now))?))
    }
}

/// The packets that are good and were not there before; of what was sent once more only what it is about. Of two with one number
/// the first counts.
fn fresh(tx: &Tx, lessons: &Lessons, seen: &mut Spans, sent: &[Sent], problems: &mut Vec<Problem>) -> Packets {
    let mut packets = Packets::new();
    for (n, sent) in sent.iter().enumerate() {
        match lessons.packet(tx, n, sent) {
            Ok((course, packet)) if seen.contains(packet.sequence) => {
                packets.entry((course, sent.media)).or_default();
            }
            Ok((course, packet)) => {
                let (from, to) = (packet.sequence, packet.sequence + 1);
                let is_far = !seen.contains(from - 1) && !seen.contains(to);
                if is_far && seen.pieces() >= MAX_GAPS {
                    problems.push(problem(PLAYBACK_SEQUENCE_SPARSE, n, "clientSequence"));
                    continue;
                }
                seen.add(from, to);
                packets.entry((course, sent.media)).or_default().push(packet);
            }
            Err(problem) => problems.push(problem),
        }
    }
    packets
}

/// The numbers of the playback's packets that are in. They need no lock of their own: a playback is one person's, and who gets
/// here has the turn for that person's enrolments.
async fn seen(tx: &Tx, playback: SessionId) -> Result<Spans> {
    let found = playback_session::Entity::of(playback).one(&tx.conn).await?;
    found.map_or(Ok(Spans::default()), |row| Spans::read(&row.seen))
}

async fn remember(tx: &Tx, learner: &Learner, playback: SessionId, seen: &Spans) -> Result<()> {
    use playback_session::Column::{LastAt, Seen, Session};
    let row = playback_session::ActiveModel {
        session: Set(playback),
        user_id: Set(learner.user_id),
        seen: Set(seen.column()?),
        last_at: Set(tx.now),
    };
    let conflict = OnConflict::column(Session).update_columns([Seen, LastAt]).to_owned();
    tx.put_rows(learner, vec![row], conflict).await
}

/// Adds the packets to what is kept of each recording, and of the hours.
async fn watch(tx: &mut Tx, lessons: &Lessons, packets: &Packets) -> Result<Vec<video_progress::Model>> {
    let mut kept = kept(tx, packets).await?;
    let (mut rows, mut spent) = (vec![], Times::new());
    let mut permit = None;
    for ((course, media), packets) in packets {
        let (Some(learner), Some(file)) = (lessons.learners.get(course), lessons.files.get(media)) else { continue };
        let there = kept.remove(&(*course, *media));
        let duration = file.duration.unwrap_or_default();
        let mut watching = there.as_ref().map_or(Ok(Watching::new(duration)), |row| Watching::read(row, duration))?;
        for packet in packets {
            watching.add(learner.enrolled_at, packet);
            let (from, to) = times(learner.enrolled_at, packet);
            spent.entry(*course).or_default().add(from, to);
        }
        rows.push(row(tx, learner, *media, &watching, there)?);
        permit = Some(learner);
    }
    if let Some(permit) = permit {
        put(tx, permit, &rows).await?;
        add_times(tx, permit, &spent).await?;
    }
    Ok(rows)
}

async fn kept(tx: &Tx, packets: &Packets) -> Result<HashMap<(CourseId, MediaId), video_progress::Model>> {
    use video_progress::{
        Column::{UserId, VideoId},
        Entity,
    };
    let videos: Vec<MediaId> = packets.keys().map(|(_, media)| *media).collect();
    let which = dialect::any_of(tx.backend(), (Entity, VideoId), &videos);
    let rows = Entity::live().filter(UserId.eq(tx.viewer.id())).filter(which).all(&tx.conn).await?;
    Ok(rows.into_iter().map(|row| ((row.course_id, row.video_id), row)).collect())
}

/// The row as it is to be when there was time for all of it: [`bound`] sees to that.
fn row(
    tx: &mut Tx,
    learner: &Learner,
    media: MediaId,
    watching: &Watching,
    there: Option<video_progress::Model>,
) -> Result<video_progress::Model> {
    let (watched, wall_time) = watching.columns()?;
    let there = there.as_ref();
    let latest = watching.latest();
    let was_completed = there.is_some_and(|there| there.completed);
    let completed = was_completed || watching.is_completed();
    Ok(video_progress::Model {
        id: there.map_or_else(|| tx.new_id(), |there| Ok(there.id))?,
        user_id: learner.user_id,
        video_id: media,
        course_id: learner.course_id,
        watch_time: watching.watch_time() as i32,
        last_position: latest.map_or(0, |latest| latest.position as i32),
        completed,
        completion_percentage: (watching.percentage() as i32).max(there.map_or(0, |there| there.completion_percentage)),
        watched,
        excess: 0,
        wall_time,
        position_at: latest.map(|latest| latest.at),
        position_sequence: latest.map_or(0, |latest| latest.sequence),
        completed_at: if was_completed {
            there.and_then(|there| there.completed_at)
        } else {
            completed.then_some(tx.now)
        },
        created_at: there.map_or(tx.now, |there| there.created_at),
        created_by: there.map_or(tx.viewer.actor(), |there| there.created_by),
        updated_at: tx.now,
        updated_by: tx.viewer.actor(),
        is_deleted: false,
        deleted_at: None,
        deleted_by: None,
    })
}

async fn put(tx: &Tx, permit: &Learner, rows: &[video_progress::Model]) -> Result<()> {
    use video_progress::{
        ActiveModel,
        Column::{
            Completed, CompletedAt, CompletionPercentage, Excess, LastPosition, PositionAt, PositionSequence, WallTime,
            WatchTime, Watched,
        },
    };
    let active = rows.iter().cloned().map(|row| ActiveModel {
        id: Set(row.id),
        user_id: Set(row.user_id),
        video_id: Set(row.video_id),
        course_id: Set(row.course_id),
        watch_time: Set(row.watch_time),
        excess: Set(row.excess),
        last_position: Set(row.last_position),
        completed: Set(row.completed),
        completion_percentage: Set(row.completion_percentage),
        watched: Set(row.watched),
        wall_time: Set(row.wall_time),
        position_at: Set(row.position_at),
        position_sequence: Set(row.position_sequence),
        completed_at: Set(row.completed_at),
        ..Default::default()
    });
    let columns = vec![
        WatchTime,
        Excess,
        LastPosition,
        Completed,
        CompletionPercentage,
        Watched,
        WallTime,
        PositionAt,
        PositionSequence,
        CompletedAt,
    ];
    tx.put_all(permit, active.collect(), columns).await
}

impl playback_session::Entity {
    /// What is kept of a playback.
    #[expect(clippy::disallowed_methods, reason = "it is never soft-deleted: there is nothing to leave out")]
    pub fn of(numbers: kernel::SessionId) -> sea_orm::Select<Self> {
        Self::find().filter(playback_session::Column::Session.eq(numbers))
    }
}
