/** Measures sides in turn within one run, so that whatever else the machine does hits all of them alike. */

/** Median and the middle half, as `{ median, low, high }`. */
export function spreadOf(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (part) => {
    const place = (sorted.length - 1) * part;
    const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return below + (above - below) * (place - Math.floor(place));
  };
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

/**
 * Runs each side once a round, who goes first changing from round to round, after `warmUps` rounds that do not count: a list of
 * what each side gave, by its name. A side is a function that resolves to a number, the less the better.
 */
export async function inTurn(sides, { rounds, warmUps }) {
  const names = Object.keys(sides);
  const given = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const value = await sides[name]();
      if (round >= 0) given[name].push(value);
    }
  }
  return given;
}

/** How many times the second is in the first, round by round. */
export function ratioOf(one, other) {
  return spreadOf(one.map((value, round) => value / other[round]));
}
