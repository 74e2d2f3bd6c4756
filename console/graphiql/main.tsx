/** @jsxImportSource react */
import { GraphiQL } from 'graphiql';
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import { buildSchema } from 'graphql';
import { createRoot } from 'react-dom/client';
import { EXAMPLES } from './examples.ts';
import { isIntrospectable, schemaText, sendOperation } from './graph.ts';
import './graphiql.css';

const place = document.getElementById('graphiql');
if (place !== null) {
  // Asking for the schema needs no key, and works where introspection is off.
  const [schema, introspectable] = await Promise.all([schemaText(), isIntrospectable()]);
  createRoot(place).render(
    <GraphiQL fetcher={sendOperation} schema={buildSchema(schema)} defaultTabs={[...EXAMPLES]} defaultEditorToolsVisibility={false}>
      <GraphiQL.Logo>
        <a href="/">Pagewire</a>
      </GraphiQL.Logo>
      {!introspectable && (
        <GraphiQL.Footer>
          <p className="note">
            Introspection is off on this server (GRAPHQL_INTROSPECTION): this page has the schema from{' '}
            <a href="/schema.graphql">/schema.graphql</a>.
          </p>
        </GraphiQL.Footer>
      )}
    </GraphiQL>,
  );
}
