import { useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from '@graphiql/react';
import { examples, type Example } from './examples';

/** Where the open panel takes the place of the editors: as in phone.css. */
const PHONE = '(max-width: 700px)';

/** The panel of examples: each opens in a tab of its own, or in the one that has it already. */
export const EXAMPLES_PLUGIN: GraphiQLPlugin = { title: 'Examples', icon: Icon, content: Examples };

function Examples() {
  const open = useOpen();
  return (
    <section className="examples" aria-label="Examples">
      <h2>Examples</h2>
      <p>The sign-in bar has a demo user for each that asks for one.</p>
      {examples.map((group) => (
        <div key={group.title} role="group" aria-label={group.title}>
          <h3>{group.title}</h3>
          {group.examples.map((example) => (
            <button key={example.name} type="button" onClick={() => open(example)}>
              <strong>{example.name}</strong>
              <span>{example.says}</span>
            </button>
          ))}
        </div>
      ))}
    </section>
  );
}

function useOpen() {
  const { addTab, changeTab, setVisiblePlugin } = useGraphiQLActions();
  const tabs = useGraphiQL((state) => state.tabs);
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  return ({ query, variables }: Example) => {
    const open = tabs.findIndex((tab) => tab.query === query);
    if (open >= 0) {
      changeTab(open);
    } else {
      addTab();
      queryEditor?.setValue(query);
      variableEditor?.setValue(variables);
    }
    if (matchMedia(PHONE).matches) setVisiblePlugin(null);
  };
}

function Icon() {
  return (
    <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" aria-hidden="true">
      <path d="M2 3h12M2 8h7M2 13h9M12.5 7.5v6l3-3z" />
    </svg>
  );
}
