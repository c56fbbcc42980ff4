/** An operation to begin with: a file of `examples/`, whose first comment says what it does and as whom it runs. */
export type Example = { name: string; context: string; says: string; query: string; variables: string };

const CONTEXTS = {
  courses: 'Courses',
  accounts: 'Accounts',
  media: 'Media',
  learning: 'Learning',
  assessment: 'Assessment',
  reviews: 'Reviews',
  ai: 'AI tutor',
};
const FIRST_VISIT = ['CatalogueWithCurriculum', 'CourseBySlug', 'CategoryTree', 'SignIn', 'Me'];

const queries = import.meta.glob<string>('../examples/*/*.graphql', { query: '?raw', import: 'default', eager: true });
const variables = import.meta.glob<string>('../examples/*/*.json', { query: '?raw', import: 'default', eager: true });

const all = Object.entries(queries).map(([path, query]): Example => {
  const [context, file] = path.split('/').slice(-2);
  const comment = query.split('\n').filter((line) => line.startsWith('# '));
  return {
    name: file.replace('.graphql', ''),
    context,
    says: comment.map((line) => line.slice(2)).join(' '),
    query,
    variables: variables[path.replace('.graphql', '.json')] ?? '',
  };
});

/** Every example, by the part of the API that it belongs to. */
export const examples = Object.entries(CONTEXTS).map(([context, title]) => ({
  title,
  examples: all.filter((one) => one.context === context),
}));

/** What a first visit has open as tabs. */
export const firstVisit = FIRST_VISIT.map(named);

/** What the sign-in bar runs, too. */
export const signIn = named('SignIn');

function named(name: string): Example {
  const found = all.find((one) => one.name === name);
  if (!found) throw new Error(`There is no example "${name}".`);
  return found;
}
