/** The JSON Schemas of HAR 1.2, by name, as the package gives them. */
declare module 'har-schema' {
  const schemas: Readonly<Record<string, { $id: string }>>;
  export default schemas;
}
