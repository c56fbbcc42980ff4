// Documents for each rule of graphql-js' specifiedRules, on our own schema: `bad` break that rule, `good` come close.
// Nothing here changes anything: no mutation among them gets as far as being executed with an input that is taken.

const ID = '"course_01h7684gh0ev2ax8s0kegpq822"';

export const documents = {
  ExecutableDefinitionsRule: {
    good: ['{ __typename }', 'query A { __typename }'],
    bad: [
      '{ __typename } type Extra { name: String }',
      '{ __typename } extend type Course { extra: String }',
      '{ __typename } schema { query: Query }',
      '{ __typename } directive @extra on FIELD',
      '{ __typename } scalar Extra',
    ],
  },
  UniqueOperationNamesRule: {
    good: ['query A { __typename ...F } fragment F on Query { me { id } }'],
    bad: ['query A { __typename } query A { me { id } }', 'query A { __typename } mutation A { logout { userErrors { code } } }'],
  },
  LoneAnonymousOperationRule: {
    good: ['{ me { id } }'],
    bad: ['{ __typename } { me { id } }', '{ __typename } query A { me { id } }', 'query A { __typename } { __typename }'],
  },
  SingleFieldSubscriptionsRule: {
    good: ['query A { __typename me { id } }'],
    bad: [
      `subscription A { progressChanged(courseId: ${ID}) { percentage } other: progressChanged(courseId: ${ID}) { percentage } }`,
      `subscription A { ...F } fragment F on Subscription { progressChanged(courseId: ${ID}) { percentage } other: progressChanged(courseId: ${ID}) { percentage } }`,
      'subscription A { __typename }',
    ],
  },
  KnownTypeNamesRule: {
    good: ['query A($id: ID!) { node(id: $id) { ... on Course { id } } }'],
    bad: [
      'query A($id: Nothing!) { node(id: $id) { id } }',
      '{ me { ... on Nothing { id } } }',
      '{ me { ...F } } fragment F on Nothing { id }',
      'query A($filter: [CourseFilterX!]) { courses(filter: $filter) { totalCount } }',
    ],
  },
  FragmentsOnCompositeTypesRule: {
    good: ['{ me { ... on Node { id } } }', '{ me { ... { id } } }'],
    bad: [
      '{ me { ...F } } fragment F on ErrorCode { id }',
      '{ me { ... on DateTime { id } } }',
      '{ me { ... on CourseFilter { tag } } }',
      '{ me { ...F } } fragment F on LoginInput { email }',
    ],
  },
  VariablesAreInputTypesRule: {
    good: ['query A($filter: CourseFilter, $first: Int) { courses(filter: $filter, first: $first) { totalCount } }'],
    bad: [
      'query A($filter: Course) { courses(filter: $filter) { totalCount } }',
      'query A($id: Node!) { node(id: $id) { id } }',
      'query A($ids: [LoginOutcome!]!) { nodes(ids: $ids) { id } }',
    ],
  },
  ScalarLeafsRule: {
    good: ['{ courses { totalCount } }'],
    bad: [
      '{ courses }',
      '{ me }',
      '{ me { email { length } } }',
      '{ courses { nodes { status { name } } } }',
      '{ courses { nodes { metadata { anything } } } }',
    ],
  },
  FieldsOnCorrectTypeRule: {
    good: ['{ me { __typename id } }', `{ node(id: ${ID}) { id ... on Course { title } } }`, '{ __schema { queryType { name } } }', '{ __type(name: "Course") { name } }'],
    bad: [
      '{ nothing }',
      '{ me { passwordHash } }',
      `{ node(id: ${ID}) { title } }`,
      '{ courses { nodes { ... on Course { nothing } } } }',
      '{ courses { nodes { ...F } } } fragment F on Course { nothing }',
      '{ me { __schema { queryType { name } } } }',
      'mutation { login(input: {email: "a@example.test", password: "x"}) { outcome { accessToken } } }',
    ],
  },
  UniqueFragmentNamesRule: {
    good: ['{ me { ...A ...B } } fragment A on User { id } fragment B on User { email }'],
    bad: ['{ me { ...A } } fragment A on User { id } fragment A on User { email }', '{ me { ...A } courses { ...A } } fragment A on User { id } fragment A on CourseConnection { totalCount }'],
  },
  KnownFragmentNamesRule: {
    good: ['{ me { ...A } } fragment A on User { id }'],
    bad: ['{ me { ...Nothing } }', '{ me { ...A } } fragment A on User { id ...Nothing }', '{ me { ... on User { ...Nothing } } }'],
  },
  NoUnusedFragmentsRule: {
    good: ['query A { me { ...F } } fragment F on User { ...G } fragment G on User { id }'],
    bad: ['{ __typename } fragment A on User { id }', '{ me { ...A } } fragment A on User { id } fragment B on User { ...C } fragment C on User { id }'],
  },
  PossibleFragmentSpreadsRule: {
    good: [
      `{ node(id: ${ID}) { ... on Course { id } } }`,
      '{ me { ... on Node { ... on User { id } } } }',
    ],
    bad: [
      '{ me { ... on Course { id } } }',
      '{ me { ...A } } fragment A on Course { id }',
      `{ node(id: ${ID}) { ... on Money { amount } } }`,
      'mutation { login(input: {email: "a@example.test", password: "x"}) { outcome { ... on Course { id } } } }',
    ],
  },
  NoFragmentCyclesRule: {
    good: ['{ me { ...A ...A } } fragment A on User { id }'],
    bad: [
      '{ me { ...A } } fragment A on User { id ...A }',
      '{ me { ...A } } fragment A on User { id ...B } fragment B on User { ...A }',
      '{ me { ...A } } fragment A on User { ... on Node { ...B } } fragment B on Node { ...C } fragment C on Node { id ...B }',
    ],
  },
  UniqueVariableNamesRule: {
    good: ['query A($first: Int, $last: Int) { courses(first: $first) { totalCount } popularCourses(last: $last) { totalCount } }'],
    bad: ['query A($first: Int, $first: Int) { courses(first: $first) { totalCount } }', 'query A($first: Int, $first: String) { courses(first: $first, search: $first) { totalCount } }'],
  },
  NoUndefinedVariablesRule: {
    good: ['query A($first: Int) { ...F } fragment F on Query { courses(first: $first) { totalCount } }'],
    bad: [
      '{ courses(first: $first) { totalCount } }',
      'query A($last: Int) { courses(first: $first, last: $last) { totalCount } }',
      'query A { ...F } fragment F on Query { courses(first: $first) { totalCount } }',
      '{ courses(filter: {tag: $tag}) { totalCount } }',
      '{ me { id @include(if: $wanted) } }',
    ],
  },
  NoUnusedVariablesRule: {
    good: ['query A($tag: String) { courses(filter: {tag: $tag}) { totalCount } }', 'query A($wanted: Boolean = true) { me { id @include(if: $wanted) } }'],
    bad: ['query A($first: Int) { courses { totalCount } }', 'query A($first: Int, $last: Int) { courses(first: $first) { totalCount } }', 'query A($first: Int) { ...F } fragment F on Query { courses { totalCount } }'],
  },
  KnownDirectivesRule: {
    good: ['{ me @include(if: true) { id @skip(if: false) } }', '{ me { ... @include(if: true) { id } } }'],
    bad: [
      '{ me @nothing { id } }',
      'query @include(if: true) { me { id } }',
      '{ me { ...F } } fragment F on User @include(if: true) { id }',
      'query A($first: Int @skip(if: true)) { courses(first: $first) { totalCount } }',
      '{ me { id @oneOf } }',
      '{ me { id @deprecated } }',
      '{ me { id @specifiedBy(url: "https://example.test") } }',
    ],
  },
  UniqueDirectivesPerLocationRule: {
    good: ['{ me { id @include(if: true) @skip(if: false) } }'],
    bad: ['{ me { id @include(if: true) @include(if: true) } }', '{ me @skip(if: false) @skip(if: false) { id } }', '{ me { ... @include(if: true) @include(if: false) { id } } }'],
  },
  KnownArgumentNamesRule: {
    good: ['{ courses(first: 1, search: "rust") { totalCount } }'],
    bad: ['{ courses(most: 1) { totalCount } }', '{ me(id: 1) { id } }', '{ me { id @include(unless: true, if: true) } }', '{ courses { nodes { reviews(most: 1) { totalCount } } } }'],
  },
  UniqueArgumentNamesRule: {
    good: ['{ courses(first: 1) { totalCount } other: courses(first: 2) { totalCount } }'],
    bad: ['{ courses(first: 1, first: 1) { totalCount } }', '{ courses(first: 1, first: 2) { totalCount } }', '{ me { id @include(if: true, if: true) } }'],
  },
  ValuesOfCorrectTypeRule: {
    good: [
      '{ courses(filter: {difficulty: BEGINNER, isFree: true}) { totalCount } }',
      '{ courses(filter: {minRating: 4}) { totalCount } }',
      '{ courses(filter: null, first: null) { totalCount } }',
      `{ nodes(ids: ${ID}) { id } }`,
    ],
    bad: [
      '{ courses(first: "1") { totalCount } }',
      '{ courses(first: 1.5) { totalCount } }',
      '{ courses(first: 99999999999) { totalCount } }',
      '{ courses(search: 1) { totalCount } }',
      '{ courses(search: RUST) { totalCount } }',
      '{ courses(filter: {isFree: 1}) { totalCount } }',
      '{ courses(filter: {difficulty: "BEGINNER"}) { totalCount } }',
      '{ courses(filter: {difficulty: NOTHING}) { totalCount } }',
      '{ courses(filter: {nothing: 1}) { totalCount } }',
      '{ courses(sort: {direction: ASC}) { totalCount } }',
      '{ courses(filter: [1]) { totalCount } }',
      '{ courses(filter: "rust") { totalCount } }',
      '{ node(id: null) { id } }',
      '{ node(id: true) { id } }',
      '{ nodes(ids: [null]) { id } }',
      '{ nodes(ids: {id: 1}) { id } }',
      '{ me { id @include(if: "true") } }',
      'query A($first: Int = "1") { courses(first: $first) { totalCount } }',
      'query A($filter: CourseFilter = {isFree: 1}) { courses(filter: $filter) { totalCount } }',
      'query A($id: ID! = null) { node(id: $id) { id } }',
      '{ previewGrade(questionId: "question_01h7ghqch0evjt4jdfrt7szszt", answer: {}) { earnedPoints } }',
      '{ previewGrade(questionId: "question_01h7ghqch0evjt4jdfrt7szszt", answer: {essay: "a", numeric: "1"}) { earnedPoints } }',
      '{ previewGrade(questionId: "question_01h7ghqch0evjt4jdfrt7szszt", answer: {essay: null}) { earnedPoints } }',
    ],
  },
  ProvidedRequiredArgumentsRule: {
    good: ['{ courseReviews(courseId: "course_01h7684gh0ev2ax8s0kegpq822") { totalCount } }'],
    bad: ['{ node { id } }', '{ courseReviews { totalCount } }', '{ me { id @include } }', '{ me { id @skip } }', 'mutation { login { userErrors { code } } }'],
  },
  VariablesInAllowedPositionRule: {
    good: [
      'query A($first: Int!) { courses(first: $first) { totalCount } }',
      'query A($sort: ReviewSort = HELPFUL) { courseReviews(courseId: "course_01h7684gh0ev2ax8s0kegpq822", sort: $sort) { totalCount } }',
      'query A($id: ID!) { nodes(ids: [$id]) { id } }',
      'query A($wanted: Boolean = false) { me @include(if: $wanted) { id } }',
    ],
    bad: [
      'query A($id: ID) { node(id: $id) { id } }',
      'query A($first: String) { courses(first: $first) { totalCount } }',
      'query A($ids: [ID]!) { nodes(ids: $ids) { id } }',
      'query A($ids: ID!) { nodes(ids: $ids) { id } }',
      'query A($id: [ID!]!) { node(id: $id) { id } }',
      'query A($tag: Int) { courses(filter: {tag: $tag}) { totalCount } }',
      'query A($wanted: Boolean) { me @include(if: $wanted) { id } }',
      'query A($id: ID) { ...F } fragment F on Query { node(id: $id) { id } }',
    ],
  },
  OverlappingFieldsCanBeMergedRule: {
    good: [
      '{ me { id id } me { email } }',
      '{ courses(first: 1) { totalCount } courses(first: 1) { nodes { id } } }',
      `{ node(id: ${ID}) { ... on Course { name: title } ... on User { other: email } } }`,
    ],
    bad: [
      '{ me { name: id name: email } }',
      '{ courses(first: 1) { totalCount } courses(first: 2) { totalCount } }',
      '{ courses(first: 1) { totalCount } courses { totalCount } }',
      '{ a: me { id } a: courses { totalCount } }',
      '{ me { ...A ...B } } fragment A on User { x: id } fragment B on User { x: email }',
      '{ me { x: id ... on User { x: email } } }',
      'query A($a: Int, $b: Int) { courses(first: $a) { totalCount } courses(first: $b) { totalCount } }',
      '{ courses { nodes { x: title } } courses { nodes { x: slug } } }',
      `{ node(id: ${ID}) { ... on Course { x: title } ... on User { x: roles { id } } } }`,
      `{ node(id: ${ID}) { ... on Course { x: title } ... on MediaFile { x: version } } }`,
    ],
  },
  UniqueInputFieldNamesRule: {
    good: ['{ courses(filter: {isFree: true, tag: "rust"}) { totalCount } }'],
    bad: ['{ courses(filter: {isFree: true, isFree: true}) { totalCount } }', '{ courses(filter: {tag: "a", tag: "b"}) { totalCount } }', '{ courses(sort: {field: TITLE, field: TITLE}) { totalCount } }'],
  },
  MaxIntrospectionDepthRule: {
    good: ['{ __schema { types { fields { type { name } } } } }'],
    bad: ['{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }'],
  },
};

/** What the variables of the documents are, so that no document is refused for the lack of one. */
export const variables = {
  id: 'course_01h7684gh0ev2ax8s0kegpq822',
  ids: ['course_01h7684gh0ev2ax8s0kegpq822'],
  first: 1,
  last: 1,
  filter: {},
  tag: 'rust',
  wanted: true,
  sort: 'HELPFUL',
};
