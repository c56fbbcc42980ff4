//! Which permission each root field needs. The only place that says so: the sentence in the schema is made from it.

use std::borrow::Cow;

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, ObjectType, OutputType, Positioned, ServerResult, Value,
    parser::types::Field,
    registry::{MetaType, Registry},
};
use kernel::Permission::{self, *};

/// When a permission is needed.
#[derive(Clone, Copy, Debug)]
pub enum Need {
    /// Always; one of them is enough.
    Always(&'static [Permission]),
    /// For what is not one's own; one of them is enough.
    ForOthers(&'static [Permission]),
    /// To see more of a list than everybody does; one of them is enough.
    ForAll(&'static [Permission]),
}

use Need::{Always, ForAll, ForOthers};

/// The root fields that need a permission.
pub const NEEDS: &[(&str, Need)] = &[
    ("Query.aiUsage", ForOthers(&[CoursesManage])),
    ("Query.auditEvents", Always(&[AuditRead])),
    ("Query.certificateEligibility", ForOthers(&[LearningRead, CoursesManage])),
    ("Query.coursePublishReadiness", ForOthers(&[CoursesManage])),
    ("Query.courseAnalytics", ForOthers(&[LearningRead, CoursesManage])),
    ("Query.courses", ForAll(&[CoursesManage])),
    ("Query.courseVersions", ForOthers(&[CoursesManage])),
    ("Query.deletedCourses", ForAll(&[CoursesManage])),
    ("Query.enrollments", ForAll(&[LearningRead, EnrollmentsManage])),
    ("Query.events", Always(&[EventsRead])),
    ("Query.exportQuestions", ForOthers(&[CoursesManage])),
    ("Query.jobs", Always(&[JobsManage])),
    ("Query.learnerConversations", ForOthers(&[CoursesManage])),
    ("Query.learners", ForOthers(&[LearningRead, CoursesManage])),
    ("Query.moderationQueue", Always(&[ReviewsModerate])),
    ("Query.playback", ForOthers(&[CoursesManage])),
    ("Query.questionSuggestions", ForOthers(&[CoursesManage])),
    ("Query.previewGrade", ForOthers(&[CoursesManage])),
    ("Query.quizPublishReadiness", ForOthers(&[CoursesManage])),
    ("Query.roles", ForAll(&[RolesRead, RolesManage])),
    ("Query.suggestionRun", ForOthers(&[CoursesManage])),
    ("Query.user", ForOthers(&[UsersRead, UsersManage])),
    ("Query.users", Always(&[UsersRead, UsersManage])),
    ("Query.waitlist", ForAll(&[LearningRead, EnrollmentsManage])),
    ("Mutation.acceptSuggestion", ForOthers(&[CoursesManage])),
    ("Mutation.addCaptionTrack", ForOthers(&[CoursesManage])),
    ("Mutation.addCourseStaff", ForOthers(&[CoursesManage])),
    ("Mutation.applyCourseDraft", ForOthers(&[CoursesManage])),
    ("Mutation.archiveCourse", ForOthers(&[CoursesManage])),
    ("Mutation.assignRole", Always(&[RolesManage])),
    ("Mutation.attachMedia", ForOthers(&[CoursesManage])),
    ("Mutation.bulkEnroll", ForOthers(&[EnrollmentsManage])),
    ("Mutation.createCategory", Always(&[CoursesManage])),
    ("Mutation.createCourse", Always(&[CoursesCreate])),
    ("Mutation.createRole", Always(&[RolesManage])),
    ("Mutation.createSection", ForOthers(&[CoursesManage])),
    ("Mutation.createUpload", ForOthers(&[CoursesManage])),
    ("Mutation.deleteCaptionTrack", ForOthers(&[CoursesManage])),
    ("Mutation.deleteCategory", Always(&[CoursesManage])),
    ("Mutation.deleteCourse", ForOthers(&[CoursesManage])),
    ("Mutation.deleteMedia", ForOthers(&[CoursesManage])),
    ("Mutation.deleteReply", ForOthers(&[CoursesManage])),
    ("Mutation.deleteRole", Always(&[RolesManage])),
    ("Mutation.deleteSection", ForOthers(&[CoursesManage])),
    ("Mutation.detachMedia", ForOthers(&[CoursesManage])),
    ("Mutation.endDiscount", ForOthers(&[CoursesManage])),
    ("Mutation.moderateReview", Always(&[ReviewsModerate])),
    ("Mutation.moveCategory", Always(&[CoursesManage])),
    ("Mutation.duplicateCourse", Always(&[CoursesCreate])),
    ("Mutation.extendEnrollment", ForOthers(&[EnrollmentsManage])),
    ("Mutation.exportCourse", ForOthers(&[CoursesManage])),
    ("Mutation.grantEnrollment", ForOthers(&[EnrollmentsManage])),
    ("Query.deletedQuizzes", ForOthers(&[CoursesManage])),
    ("Query.exportGrades", ForOthers(&[CoursesManage])),
    ("Query.gradingQueue", ForOthers(&[CoursesManage])),
    ("Query.itemAnalysis", ForOthers(&[CoursesManage])),
    ("Query.quizResults", ForOthers(&[CoursesManage])),
    ("Mutation.claimSubmission", ForOthers(&[CoursesManage])),
    ("Mutation.unclaimSubmission", ForOthers(&[CoursesManage])),
    ("Mutation.gradeAnswer", ForOthers(&[CoursesManage])),
    ("Mutation.releaseGrades", ForOthers(&[CoursesManage])),
    ("Mutation.overrideScore", ForOthers(&[CoursesManage])),
    ("Mutation.regradeQuiz", ForOthers(&[CoursesManage])),
    ("Mutation.undoRegrade", ForOthers(&[CoursesManage])),
    ("Mutation.grantAccommodation", ForOthers(&[CoursesManage])),
    ("Mutation.removeAccommodation", ForOthers(&[CoursesManage])),
    ("Mutation.importCourse", Always(&[CoursesCreate])),
    ("Mutation.publishCourse", ForOthers(&[CoursesManage])),
    ("Mutation.reactivateUser", Always(&[UsersManage])),
    ("Mutation.reissueCertificate", ForOthers(&[CoursesManage])),
    ("Mutation.removeCourseStaff", ForOthers(&[CoursesManage])),
    ("Mutation.reorderCurriculum", ForOthers(&[CoursesManage])),
    ("Mutation.reorderMedia", ForOthers(&[CoursesManage])),
    ("Mutation.replyToReview", ForOthers(&[CoursesManage])),
    ("Mutation.restoreCourse", ForOthers(&[CoursesManage])),
    ("Mutation.restoreCourseVersion", ForOthers(&[CoursesManage])),
    ("Mutation.resumeEnrollment", ForOthers(&[EnrollmentsManage])),
    ("Mutation.retryJob", Always(&[JobsManage])),
    ("Mutation.retryProcessing", ForOthers(&[CoursesManage])),
    ("Mutation.revokeCertificate", ForOthers(&[CoursesManage])),
    ("Mutation.revokeRole", Always(&[RolesManage])),
    ("Mutation.scheduleDiscount", ForOthers(&[CoursesManage])),
    ("Mutation.setAiBudget", ForOthers(&[CoursesManage])),
    ("Mutation.setCoursePrerequisites", ForOthers(&[CoursesManage])),
    ("Mutation.setCoursePrice", ForOthers(&[CoursesManage])),
    ("Mutation.setEnrollmentPolicy", ForOthers(&[CoursesManage])),
    ("Mutation.setTutorPolicy", ForOthers(&[CoursesManage])),
    ("Mutation.rejectSuggestion", ForOthers(&[CoursesManage])),
    ("Mutation.suggestQuestions", ForOthers(&[CoursesManage])),
    ("Mutation.suspendEnrollment", ForOthers(&[EnrollmentsManage])),
    ("Mutation.suspendUser", Always(&[UsersManage])),
    ("Mutation.transferCourse", ForOthers(&[CoursesManage])),
    ("Mutation.unpublishCourse", ForOthers(&[CoursesManage])),
    ("Mutation.updateCategory", Always(&[CoursesManage])),
    ("Mutation.updateCourse", ForOthers(&[CoursesManage])),
    ("Mutation.updateMedia", ForOthers(&[CoursesManage])),
    ("Mutation.updateReply", ForOthers(&[CoursesManage])),
    ("Mutation.updateSection", ForOthers(&[CoursesManage])),
    ("Mutation.updateRole", Always(&[RolesManage])),
    ("Mutation.addBankDraw", ForOthers(&[CoursesManage])),
    ("Mutation.addQuestion", ForOthers(&[CoursesManage])),
    ("Mutation.createQuestionBank", ForOthers(&[CoursesManage])),
    ("Mutation.createQuiz", ForOthers(&[CoursesManage])),
    ("Mutation.deleteBankDraw", ForOthers(&[CoursesManage])),
    ("Mutation.deleteQuestion", ForOthers(&[CoursesManage])),
    ("Mutation.deleteQuestionBank", ForOthers(&[CoursesManage])),
    ("Mutation.deleteQuiz", ForOthers(&[CoursesManage])),
    ("Mutation.importQuestions", ForOthers(&[CoursesManage])),
    ("Mutation.publishQuiz", ForOthers(&[CoursesManage])),
    ("Mutation.reorderQuestions", ForOthers(&[CoursesManage])),
    ("Mutation.unpublishQuiz", ForOthers(&[CoursesManage])),
    ("Mutation.updateBankDraw", ForOthers(&[CoursesManage])),
    ("Mutation.updateQuestion", ForOthers(&[CoursesManage])),
    ("Mutation.updateQuestionBank", ForOthers(&[CoursesManage])),
    ("Mutation.updateQuiz", ForOthers(&[CoursesManage])),
    ("Query.webhookDeliveries", Always(&[WebhooksManage])),
    ("Query.webhooks", Always(&[WebhooksManage])),
    ("Mutation.createWebhook", Always(&[WebhooksManage])),
    ("Mutation.deleteWebhook", Always(&[WebhooksManage])),
    ("Mutation.redeliver", Always(&[WebhooksManage])),
    ("Mutation.rotateWebhookSecret", Always(&[WebhooksManage])),
    ("Mutation.testWebhook", Always(&[WebhooksManage])),
    ("Mutation.updateWebhook", Always(&[WebhooksManage])),
];

impl Need {
    /// One of these.
    pub fn permissions(self) -> &'static [Permission] {
        let (Always(permissions) | ForOthers(permissions) | ForAll(permissions)) = self;
        permissions
    }

    /// In the words of the schema.
    pub fn sentence(self) -> String {
        let codes: Vec<_> = self.permissions().iter().map(|permission| format!("`{}`", permission.code())).collect();
        let codes = codes.join(" or ");
        match self {
            Always(_) => format!("Needs the permission {codes}."),
            ForAll(_) => format!("Shows all of them with the permission {codes}."),
            ForOthers(_) => format!("For what is not your own, needs the permission {codes}."),
        }
    }
}

/// A root whose fields say which permission they need.
#[derive(Default)]
pub struct Stated<T>(T);

impl<T: ObjectType> OutputType for Stated<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = T::create_type_info(registry);
        let root = T::type_name();
        if let Some(MetaType::Object { fields, .. }) = registry.types.get_mut(&*root) {
            for (path, need) in NEEDS {
                let field = path.strip_prefix(&*root).and_then(|rest| rest.strip_prefix('.'));
                if let Some(field) = field.and_then(|name| fields.get_mut(name)) {
                    field.description = Some(stated(field.description.as_deref().unwrap_or_default(), *need));
                }
            }
        }
        name
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        self.0.resolve(ctx, field).await
    }
}

impl<T: ObjectType> ContainerType for Stated<T> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        self.0.resolve_field(ctx).await
    }
}

impl<T: ObjectType> ObjectType for Stated<T> {}

/// The sentence goes before what is said of null, which comes last everywhere.
fn stated(description: &str, need: Need) -> String {
    let description = description.trim();
    let (what, null) = description
        .split_once(" Null ")
        .map_or((description, String::new()), |(what, null)| (what, format!(" Null {null}")));
    format!("{what} {}{null}", need.sentence()).trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_stands_before_what_is_said_of_null() {
        let need = Always(&[UsersRead, UsersManage]);
        assert_eq!(
            stated("All accounts. Null when you may not.", need),
            "All accounts. Needs the permission `users.read` or `users.manage`. Null when you may not."
        );
        assert_eq!(
            stated("A role.", ForOthers(&[RolesRead])),
            "A role. For what is not your own, needs the permission `roles.read`."
        );
        assert_eq!(stated("", Always(&[RolesRead])), "Needs the permission `roles.read`.");
    }
}
