import './workers';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './page.css';
import './phone.css';
import { catalogueWithCurriculum, examples } from './examples';
import { fetcher } from './fetcher';
import { SignInBar } from './SignInBar';

// GraphiQL fills an empty first visit with `defaultTabs`, but leaves the variables
// of the tab it opens empty unless they are given as well.
const firstVisit = localStorage.getItem('graphiql:tabState') === null;

createRoot(document.getElementById('root')!).render(
  <>
    <SignInBar />
    <main>
      <GraphiQL
        fetcher={fetcher}
        defaultTabs={examples}
        initialVariables={firstVisit ? catalogueWithCurriculum.variables : undefined}
        defaultEditorToolsVisibility="variables"
        inputValueDeprecation
        schemaDescription
      >
        <GraphiQL.Logo>{null}</GraphiQL.Logo>
      </GraphiQL>
    </main>
  </>,
);
