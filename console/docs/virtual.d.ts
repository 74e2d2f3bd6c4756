/** As much of the contract as a first view shows. */
declare module 'virtual:contents' {
  const contents: import('./contents.ts').Contents;
  export default contents;
}
/** The contract. */
declare module 'virtual:contract' {
  const contract: import('../../src/api/open-api.ts').OpenApi;
  export default contract;
}
/** Where each endpoint is in the graph. */
declare module 'virtual:graph-places' {
  const places: import('./graph-places.ts').GraphPlaces;
  export default places;
}
/** What the README says of standards, as Markdown. */
declare module 'virtual:standards' {
  const markdown: string;
  export default markdown;
}
