// Expands the benchmark's rules with the npm package named as second argument; prints one JSON object a rule.
import { readFileSync } from 'node:fs';

const compact = (case_) => case_.start.replace(/[-:]/g, '');
const text = (case_) => `DTSTART;TZID=${case_.zone}:${compact(case_)}\nRRULE:${case_.rule}`;

async function expander(name) {
  if (name === 'rrule-rust') {
    const { RRuleSet } = await import('rrule-rust');
    return (case_) => {
      const set = RRuleSet.fromString(text(case_));
      set.cache.disable();
      let sum = 0;
      for (const found of set.all(case_.count)) sum += found.toTimestamp() / 1000;
      return sum;
    };
  }
  const { default: rrule } = await import('rrule');
  return (case_) => {
    const rule = rrule.rrulestr(text(case_), { cache: false });
    let sum = 0;
    for (const found of rule.all((_, index) => index < case_.count)) sum += found.getTime() / 1000;
    return sum;
  };
}

const cases = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const expand = await expander(process.argv[3]);
for (const case_ of cases) {
  let best = Infinity, spent = 0, sum = 0;
  for (let runs = 0; runs < 1 || spent < case_.seconds; runs++) {
    const begin = performance.now();
    sum = expand(case_);
    const took = (performance.now() - begin) / 1000;
    best = Math.min(best, took);
    spent += took;
  }
  console.log(JSON.stringify({ name: case_.name, sum, seconds: best }));
}
