// Scores the benchmark's CVSS vectors with ae-cvss-calculator; prints one JSON object a version.
import { readFileSync } from 'node:fs';
import calculator from 'ae-cvss-calculator';

const score = (vector) => {
  const scores = calculator.fromVector(vector).calculateScores(false);
  return Math.round(10 * (vector.startsWith('CVSS:4') ? scores.overall : scores.base));
};
for (const set of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  let best = Infinity, spent = 0, sum = 0;
  while (spent < set.seconds) {
    const begin = performance.now();
    sum = 0;
    for (const vector of set.vectors) sum += score(vector);
    const took = (performance.now() - begin) / 1000;
    best = Math.min(best, took);
    spent += took;
  }
  console.log(JSON.stringify({ name: set.name, sum, seconds: best }));
}
