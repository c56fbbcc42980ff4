// Where the library's validation (async-graphql 8.0.0-rc.5) is laxer than graphql-js': such a document is executed.
// `where` is the place in the library. For none of them did we find an issue upstream (searched 2026-11), hence `issue`
// is null. The test fails as soon as one of them is refused: then strike it off here.

const known = [
  {
    rule: 'KnownDirectivesRule',
    why: 'directives of variable definitions are not looked at',
    where: 'src/validation/rules/known_directives.rs',
    issue: null,
    documents: [
      'query A($first: Int @skip(if: true)) { courses(first: $first) { totalCount } }',
    ],
  },
  {
    rule: 'ValuesOfCorrectTypeRule',
    why: 'a string passes for the value of an enum',
    where: 'src/validation/utils.rs',
    issue: null,
    documents: [
      '{ courses(filter: {difficulty: "BEGINNER"}) { totalCount } }',
    ],
  },
  {
    rule: 'ValuesOfCorrectTypeRule',
    why: 'a literal that is no object passes for an input object until its field runs, which then answers BAD_USER_INPUT',
    where: 'src/validation/utils.rs',
    issue: null,
    documents: [
      '{ courses(filter: [1]) { totalCount } }',
      '{ courses(filter: "rust") { totalCount } }',
    ],
  },
  {
    rule: 'VariablesInAllowedPositionRule',
    why: 'the rule does not compare the types of variables with those of their positions: values are coerced when a field runs',
    where: 'src/validation/rules/variables_in_allowed_position.rs',
    issue: null,
    documents: [
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
  {
    rule: 'OverlappingFieldsCanBeMergedRule',
    why: 'only the fields of one selection set are compared: neither inline fragments with a type, nor what two selections of one field hold',
    where: 'src/validation/rules/overlapping_fields_can_be_merged.rs',
    issue: null,
    documents: [
      '{ me { x: id ... on User { x: email } } }',
      '{ courses { nodes { x: title } } courses { nodes { x: slug } } }',
      '{ node(id: "course_01h7684gh0ev2ax8s0kegpq822") { ... on Course { x: title } ... on User { x: roles { id } } } }',
      '{ node(id: "course_01h7684gh0ev2ax8s0kegpq822") { ... on Course { x: title } ... on MediaFile { x: version } } }',
    ],
  },
  {
    rule: 'UniqueInputFieldNamesRule',
    why: 'there is no such rule: the parser keeps the last field',
    where: 'src/validation/rules/',
    issue: null,
    documents: [
      '{ courses(filter: {isFree: true, isFree: true}) { totalCount } }',
      '{ courses(filter: {tag: "a", tag: "b"}) { totalCount } }',
      '{ courses(sort: {field: TITLE, field: TITLE}) { totalCount } }',
    ],
  },
];

/** One entry for each document. */
export const gaps = known.flatMap(({ documents, ...gap }) => documents.map((document) => ({ ...gap, document })));
