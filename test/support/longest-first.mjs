import Sequencer from '@jest/test-sequencer';

/** What takes more than half a minute. */
const LONG = ['hostile-pages', 'start', 'hostile-responses', 'console-tabs', 'docs', 'contract', 'workers'];

/** Where Jest has not seen how long files take, it begins with the largest: the longest would be left to one worker at the end. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = LONG.findIndex((name) => new RegExp(`[\\\\/]${name}\\.[a-z0-9]+-spec\\.ts$`).test(path));
      return at === -1 ? LONG.length : at;
    };
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
}
