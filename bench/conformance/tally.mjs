/** Counts cases by group and keeps those that are missed, each with the reason that `explain` gives, null for none. */
export function tally() {
  const groups = {};
  const misses = [];
  return {
    add(group, isPassed, name, explain = () => null) {
      groups[group] ??= { passed: 0, total: 0 };
      groups[group].total += 1;
      if (isPassed) groups[group].passed += 1;
      else misses.push({ name: `${group}: ${name}`, reason: explain() });
    },
    done: () => ({ groups, misses }),
  };
}
