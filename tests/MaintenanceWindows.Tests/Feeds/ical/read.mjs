// Reads a calendar from standard input and prints every occurrence that starts in [from, until), as JSON.
import ICAL from 'ical.js';
import { readFileSync } from 'node:fs';

const [from, until] = process.argv.slice(2).map(text => Date.parse(text));
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, 'utf8')));
for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);

const found = [];
for (const component of calendar.getAllSubcomponents('vevent')) {
  const event = new ICAL.Event(component);
  const add = (start, end) => {
    if (start.toJSDate() < from || start.toJSDate() >= until) return;
    found.push({ uid: event.uid, summary: event.summary, start: start.toJSDate().toISOString(), end: end.toJSDate().toISOString() });
  };
  if (!event.isRecurring()) {
    add(event.startDate, event.endDate);
    continue;
  }

  const occurrences = event.iterator();
  for (let next = occurrences.next(); next && next.toJSDate() < until; next = occurrences.next()) {
    const details = event.getOccurrenceDetails(next);
    add(details.startDate, details.endDate);
  }
}

found.sort((a, b) => a.start < b.start ? -1 : a.start > b.start ? 1 : a.uid < b.uid ? -1 : 1);
console.log(JSON.stringify(found));
