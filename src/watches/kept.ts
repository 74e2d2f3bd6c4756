/** What is kept of each watch: the newest runs, changes and events. */
export const MOST_RUNS = 1000;
export const MOST_CHANGES = 10_000;
export const MOST_EVENTS = 1000;
