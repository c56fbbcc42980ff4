import './workers';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './page.css';
import './phone.css';
import { firstVisit } from './examples';
import { EXAMPLES_PLUGIN } from './ExamplesPlugin';
import { fetcher } from './fetcher';
import { FollowTheme } from './FollowTheme';
import { SignInBar } from './SignInBar';

// GraphiQL fills an empty first visit with `defaultTabs`, but leaves the variables
// of the tab it opens empty unless they are given as well.
const isFirstVisit = localStorage.getItem('graphiql:tabState') === null;

const PLUGINS = [EXAMPLES_PLUGIN, HISTORY_PLUGIN];

createRoot(document.getElementById('root')!).render(
  <>
    <SignInBar />
    <main>
      <GraphiQL
        fetcher={fetcher}
        defaultTabs={firstVisit}
        initialVariables={isFirstVisit ? firstVisit[0].variables : undefined}
        plugins={PLUGINS}
        defaultEditorToolsVisibility="variables"
        inputValueDeprecation
        schemaDescription
      >
        <GraphiQL.Logo>
          <FollowTheme />
        </GraphiQL.Logo>
      </GraphiQL>
    </main>
  </>,
);
