/** The package has no types of its own: lists of words, by a name of three letters or more. */
declare module 'stopword' {
  const lists: Readonly<Record<string, readonly string[]>>;
  export default lists;
}
