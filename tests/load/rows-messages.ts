/** A conversation of five hundred messages, against a bare page of as many bytes. */

import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { newId } from '#app/core/ids.server.ts';
import { interleaved, type Line, ratioLine } from './measure.ts';
import { bareOfSize, bytesOf } from './rows-pages.ts';
import { load, type Server, signIn } from './servers.ts';

const SECONDS = 3;
const MESSAGES = 500;
const MOST_BYTES = 60_000;

export async function messagesPage(ours: Server, bare: Server, rounds: number): Promise<Line[]> {
  const page = `${ours.url}/messages/${longConversation(join(ours.folder, 'hengji.sqlite'))}`;
  const cookie = await signIn(ours.url, 'lingyu@demo.hengji.example', 'hengji-demo-2026');
  const bytes = await bytesOf(page, cookie);
  const sameSize = await bareOfSize(bare, bytes);
  const pairs = await interleaved(
    rounds,
    () => load(page, SECONDS, { Cookie: cookie }),
    () => load(sameSize, SECONDS),
  );
  return [
    ratioLine('a conversation of 500 messages', pairs, '/s', { floor: 0.5 }),
    {
      row: 'a conversation of 500 messages: the page',
      ours: `${(bytes / 1000).toFixed(0)} kB`,
      limit: '–',
      goal: '≤ 60 kB',
      pass: bytes <= MOST_BYTES,
    },
  ];
}

/** Between the firm of the demonstration and a centre, about a service: two lines of Chinese each. @returns its id */
function longConversation(file: string): string {
  const db = new Sqlite(file);
  const asked = `SELECT s.id AS serviceId, s.centre_id AS centreId, x.organisation_id AS centreOf, m.organisation_id AS buyerId, m.person_id AS personId
    FROM person p JOIN membership m ON m.person_id = p.id, service s JOIN centre x ON x.id = s.centre_id
    WHERE p.email = 'lingyu@demo.hengji.example' AND x.slug = 'gusu-precision' LIMIT 1`;
  const of = db.prepare(asked).get() as Record<'serviceId' | 'centreId' | 'centreOf' | 'buyerId' | 'personId', string>;
  const id = newId();
  const now = Date.now();
  db.prepare('INSERT INTO conversation (id, service_id, buyer_id, centre_id, created_at, last_at) VALUES (?, ?, ?, ?, ?, ?)').run(
    ...[id, of.serviceId, of.buyerId, of.centreId, now, now],
  );
  const insert = db.prepare(
    "INSERT INTO message (id, conversation_id, side, organisation_id, person_id, text, files, once, created_at) VALUES (?, ?, ?, ?, ?, ?, '[]', ?, ?)",
  );
  const text = '外径千分尺 0–25 mm 共 12 把，周五上午送到；其中两把的测砧有磨损，请先看一下再决定是否校准。';
  db.transaction(() => {
    for (let i = 0; i < MESSAGES; i++) {
      const side = i % 2 === 0 ? 'buyer' : 'centre';
      insert.run(newId(), id, side, side === 'buyer' ? of.buyerId : of.centreOf, of.personId, text, String(i), now + i);
    }
  })();
  db.close();
  return id;
}
