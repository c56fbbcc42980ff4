use courses::course;
use kernel::{CourseId, EntityId, Event, Live};
use testkit::{TestApp, on_both};

async fn course(app: &TestApp) -> CourseId {
    let teacher = app.instructor("Tomas").await;
    CourseId::from_wire(&teacher.publishes("Rust").await).unwrap()
}

async fn row(app: &TestApp) -> course::Model {
    course::Entity::live().one(app.db().read()).await.unwrap().unwrap()
}

async fn happen(app: TestApp, event: Event) {
    let req =
        gateway::graphql::context::RequestContext::new(app.app.clone(), kernel::Viewer::System, Default::default());
    req.write(async |tx| {
        tx.emit(event);
        Ok(())
    })
    .await
    .unwrap();
}

#[on_both]
async fn counters_moved_by_32_at_once_are_exact(app: TestApp) {
    let course = course(&app).await;
    let tasks: Vec<_> = (0..32)
        .map(|n| {
            tokio::spawn(happen(
                app.clone(),
                Event::EnrollmentsMoved { course, enrolled: 1, completed: i64::from(n % 2 == 0) },
            ))
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let row = row(&app).await;
    assert_eq!((row.enrollment_count, row.completion_count), (32, 16));
}

#[on_both]
async fn ratings_come_change_and_go(app: TestApp) {
    let course = course(&app).await;
    let moved = |from, to| Event::RatingMoved { course, from, to };
    for stars in [5, 4, 1] {
        happen(app.clone(), moved(None, Some(stars))).await;
    }
    happen(app.clone(), moved(Some(1), Some(2))).await;
    let now = row(&app).await;
    assert_eq!((now.rating_sum, now.rating_count, now.rating_average), (11, 3, 367));
    assert_eq!([now.rating_1, now.rating_2, now.rating_3, now.rating_4, now.rating_5], [0, 1, 0, 1, 1]);
    for stars in [5, 4, 2] {
        happen(app.clone(), moved(Some(stars), None)).await;
    }
    let now = row(&app).await;
    assert_eq!((now.rating_sum, now.rating_count, now.rating_average), (0, 0, 0));
}
