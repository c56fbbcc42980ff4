/** The operations a first visit opens as tabs. The sign-in bar runs `signIn` too. */
export type Example = { query: string; variables: string };

export const catalogueWithCurriculum: Example = {
  query: `# The most popular courses, each with
# its price, instructor and curriculum.
query CatalogueWithCurriculum($first: Int!) {
  courses(first: $first, sort: {field: POPULARITY, direction: DESC}) {
    totalCount
    nodes {
      id
      title
      slug
      difficulty
      price {
        amount
        currency
      }
      instructor {
        name
      }
      category {
        name
      }
      activeEnrollmentCount
      sections {
        title
        order
        mediaFiles {
          fileName
          fileType
          durationSeconds
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
  variables: `{
  "first": 10
}`,
};

export const courseBySlug: Example = {
  query: `# One course as its page shows it, with its latest reviews.
query CourseBySlug($slug: String!) {
  course(slug: $slug) {
    id
    title
    description
    learningOutcomes
    instructor {
      name
      bio
    }
    sections {
      title
    }
    reviews(first: 5) {
      nodes {
        rating
        title
        author {
          name
        }
      }
    }
  }
}
`,
  variables: `{
  "slug": "rust-from-zero"
}`,
};

export const categoryTree: Example = {
  query: `# Every category with those beneath it.
query CategoryTree {
  categories {
    name
    slug
    children {
      name
      slug
    }
  }
}
`,
  variables: '',
};

export const signIn: Example = {
  query: `# Answers an access token. The bar above
# does the same and keeps the token for you.
mutation SignIn($email: EmailAddress!, $password: String!) {
  login(input: {email: $email, password: $password}) {
    outcome {
      ... on Session {
        accessToken
        expiresAt
        user {
          email
        }
      }
    }
    userErrors {
      code
      message
      field
    }
  }
}
`,
  variables: `{
  "email": "student@lectern.test",
  "password": "lectern-demo"
}`,
};

export const me: Example = {
  query: `# Who you are. Sign in with the bar above first.
query Me {
  me {
    id
    email
    fullName
    roles {
      role {
        name
      }
    }
    enrollments(first: 5) {
      totalCount
      nodes {
        status
        progressPercentage
        course {
          title
        }
      }
    }
  }
}
`,
  variables: '',
};

export const examples = [catalogueWithCurriculum, courseBySlug, categoryTree, signIn, me];
