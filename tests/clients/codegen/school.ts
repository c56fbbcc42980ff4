// A small front end as one writes it with the client preset: its documents are here, their types are generated.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { graphql, useFragment, type FragmentType } from './gql/index.js';
import type { CourseFilter, EnrollmentStatus, LoginInput, QuestionType } from './gql/graphql.js';

const Card = graphql(`
  fragment Card on Course {
    id
    title
    difficulty
    language
    effectivePrice { amount currency }
    instructor { name }
  }
`);

const Catalogue = graphql(`
  query Catalogue($filter: CourseFilter, $first: Int!, $after: String) {
    courses(filter: $filter, first: $first, after: $after, sort: { field: TITLE, direction: ASC }) {
      totalCount
      edges { cursor node { ...Card } }
      pageInfo { endCursor hasNextPage }
    }
  }
`);

const SignIn = graphql(`
  mutation SignIn($input: LoginInput!) {
    login(input: $input) {
      outcome {
        __typename
        ... on Session { accessToken expiresAt user { email } }
        ... on TwoFactorChallenge { challengeToken }
      }
      userErrors { code field message }
    }
  }
`);

const Lessons = graphql(`
  query Lessons($slug: String!) {
    course(slug: $slug) {
      ...Card
      sections { title order mediaFiles { fileName durationSeconds } }
      quizzes(first: 3) { nodes { id title quizType } }
    }
  }
`);

const Again = graphql(`
  query Again($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Course { ...Card publishedAt }
      ... on Enrollment { status enrolledAt }
    }
  }
`);

const Mine = graphql(`
  query Mine($status: EnrollmentStatus) {
    me { email }
    mine: myEnrollments(first: 100, status: $status) { totalCount nodes { status course { ...Card } } }
  }
`);

const Paper = graphql(`
  mutation Paper($input: StartQuizAttemptInput!) {
    startQuizAttempt(input: $input) {
      attempt {
        id
        questions {
          questionType
          options { text }
          answer { savedAt }
        }
      }
      userErrors { code field }
    }
  }
`);


/** What a list shows of a course, whichever query it came by. */
export interface Listed {
  id: string;
  line: string;
}

function listed(masked: FragmentType<typeof Card>): Listed {
  const card = useFragment(Card, masked);
  const { amount, currency }: { amount: string; currency: string } = card.effectivePrice;
  return { id: card.id, line: `${card.title} (${card.difficulty}, ${card.language}) ${amount} ${currency}, ${card.instructor?.name ?? 'nobody'}` };
}

export class School {
  #token: string | null = null;

  constructor(private readonly url: string) {}

  async signIn(input: LoginInput): Promise<string> {
    const { login } = await this.#send(SignIn, { input });
    if (!login?.outcome) return login?.userErrors.map(({ code, field }) => `${code} ${field ?? '-'}`).join() ?? 'nothing';
    // The union tells its members apart by their names.
    if (login.outcome.__typename === 'TwoFactorChallenge') return login.outcome.challengeToken;
    this.#token = login.outcome.accessToken;
    return login.outcome.user?.email ?? 'nobody';
  }

  /** All of a catalogue, page by page. */
  async catalogue(filter: CourseFilter, first: number): Promise<{ total: number | null; courses: Listed[] }> {
    const courses: Listed[] = [];
    let after: string | null | undefined;
    for (;;) {
      const page: DataOf<typeof Catalogue>['courses'] = (await this.#send(Catalogue, { filter, first, after })).courses;
      if (!page) throw new Error('There is no catalogue.');
      courses.push(...page.edges.map(({ node }) => listed(node)));
      if (!page.pageInfo.hasNextPage) return { total: page.totalCount, courses };
      after = page.pageInfo.endCursor;
    }
  }

  async lessons(slug: string): Promise<{ course: Listed; sections: string[]; quizzes: { id: string; title: string }[] } | null> {
    const { course } = await this.#send(Lessons, { slug });
    if (!course) return null;
    const sections = course.sections?.map(({ title, mediaFiles }) => `${title}: ${mediaFiles?.length ?? 0}`) ?? [];
    return { course: listed(course), sections, quizzes: course.quizzes?.nodes ?? [] };
  }

  /** What the learner takes, and the state of each. */
  async mine(status: EnrollmentStatus | null): Promise<string[]> {
    const { me, mine } = await this.#send(Mine, { status });
    if (!me) return ['nobody'];
    return mine?.nodes.map(({ status, course }) => `${status} ${course ? listed(course).id : 'unknown'}`) ?? [];
  }

  /** The kinds of question of a quiz that one starts to sit, with the number of options of each. */
  async paper(quizId: string): Promise<[QuestionType, number][] | string> {
    const payload = (await this.#send(Paper, { input: { quizId } })).startQuizAttempt;
    const questions = payload?.attempt?.questions;
    return questions?.map(({ questionType, options }) => [questionType, options.length]) ?? payload?.userErrors[0]?.code ?? 'nothing';
  }

  async again(id: string): Promise<Listed | string | null> {
    const { node } = await this.#send(Again, { id });
    if (!node) return null;
    switch (node.__typename) {
      case 'Course':
        return listed(node);
      case 'Enrollment': {
        const status: EnrollmentStatus = node.status;
        return status;
      }
      default:
        return node.__typename;
    }
  }

  async #send<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(this.#token && { authorization: `Bearer ${this.#token}` }) },
      body: JSON.stringify({ query: print(document), variables }),
    });
    const { data, errors }: { data: Data; errors?: unknown } = await response.json();
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }
}

type DataOf<Document> = Document extends TypedDocumentNode<infer Data, infer _> ? Data : never;
type VariablesOf<Document> = Document extends TypedDocumentNode<infer _, infer Variables> ? Variables : never;

/** What must not compile: each line says so, and the compiler fails on one that does compile. */
export function misuse(page: DataOf<typeof Catalogue>, paper: DataOf<typeof Paper>): void {
  // @ts-expect-error The catalogue may be null.
  void page.courses.totalCount;
  // @ts-expect-error The slug has not been asked for.
  void page.courses?.edges[0]?.node.slug;
  // @ts-expect-error The fragment's fields are the fragment's.
  void page.courses?.edges[0]?.node.title;
  // @ts-expect-error There is no such question.
  const kind: QuestionType | undefined = 'RIDDLE';
  // @ts-expect-error The key of a question is not in the schema of whoever sits the quiz.
  void paper.startQuizAttempt?.attempt?.questions[0]?.correctChoiceIds;
  // @ts-expect-error A page says how many it wants.
  const none: VariablesOf<typeof Catalogue> = { filter: null };
  // @ts-expect-error The input has both.
  const half: VariablesOf<typeof SignIn> = { input: { email: 'a@example.test' } };
  void [kind, none, half];
}
