//! The catalogue's order by rating.

use kernel::Live;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use testkit::{TestApp, on_both};

use courses::course;

/// By hand, (sum + 35) / (count + 10): one five-star rating is 40 / 11 = 3.6363, twenty of four and a half are 125 / 30 =
/// 4.1666, none are 3.5, two of one star are 37 / 12 = 3.0833, ten of four are 75 / 20 = 3.75.
const RATED: [(&str, i32, i32, i32); 5] = [
    ("One", 5, 1, 36_363),
    ("Many", 90, 20, 41_666),
    ("None", 0, 0, 35_000),
    ("Bad", 2, 2, 30_833),
    ("Good", 40, 10, 37_500),
];

#[on_both]
async fn few_ratings_weigh_little_in_the_catalogue_and_the_mean_is_the_mean(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    for (title, sum, count, _) in RATED {
        tomas.publishes(title).await;
        let set = format!("UPDATE courses SET rating_sum = {sum}, rating_count = {count} WHERE title = '{title}'");
        app.db().write().execute_unprepared(&set).await.unwrap();
    }
    for row in course::Entity::live().all(app.db().read()).await.unwrap() {
        let (title, _, _, score) = RATED.into_iter().find(|(title, ..)| *title == row.title).unwrap();
        assert_eq!(row.rating_score, score, "{title}");
    }
    let titles = async |sort: &str| {
        let query = format!("{{ courses(sort: {{field: {sort}}}) {{ nodes {{ title ratingAverage }} }} }}");
        let nodes = app.ask(&query).await.at("/courses/nodes").as_array().unwrap().clone();
        nodes.into_iter().map(|node| (node["title"].clone(), node["ratingAverage"].clone())).collect::<Vec<_>>()
    };
    let order: Vec<(Value, Value)> =
        [("Many", json!(4.5)), ("Good", json!(4.0)), ("One", json!(5.0)), ("None", Value::Null), ("Bad", json!(1.0))]
            .map(|(title, average)| (json!(title), average))
            .into();
    assert_eq!(titles("RATING, direction: DESC").await, order);
    // Among courses with as many learners, popularity goes by it, too.
    assert_eq!(titles("POPULARITY, direction: DESC").await, order);
    let reversed: Vec<_> = order.iter().rev().cloned().collect();
    assert_eq!(titles("RATING, direction: ASC").await, reversed);
    // A bound is one on what is shown: nobody understands why five stars are not four and a half.
    let bound = app.ask("{ courses(filter: {minRating: 4.5}, sort: {field: RATING}) { nodes { title } } }").await;
    assert_eq!(bound.at("/courses/nodes"), &json!([{"title": "Many"}, {"title": "One"}]));
}
