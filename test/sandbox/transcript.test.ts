import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Journal } from './journal.ts';
import { lena, mia } from './people.ts';
import { Places } from './tenant-places.ts';
import { transcript } from './transcript.ts';

describe('the transcript', () => {
  it('shows who said what, threads together, edits, private answers, and calls to Defender with their identity', () => {
    const journal = new Journal();
    const { channel } = new Places(journal);
    const say = (
      id: string,
      thread: string,
      from: 'bot' | typeof mia,
      text: string,
      visibleTo: 'everyone' | typeof mia = 'everyone',
    ) => channel.post({ id, thread, from, visibleTo, activity: { type: 'message', text } });
    say('1', '1', mia, '/collect x');
    say('2', '2', lena, '/help');
    const card = say('3', '1', 'bot', 'Pending');
    channel.log.push({ kind: 'clicked', message: card, person: mia, title: 'Refresh' });
    channel.edit(card, { type: 'message', text: 'Succeeded' });
    channel.log.push({ kind: 'answered', message: card, person: mia, answer: 'Up to date' });
    channel.delete(say('4', '2', 'bot', 'Try this', lena));
    const call = { method: 'POST', path: '/api/machines/x/collectInvestigationPackage', comment: 'why', status: 201 };
    journal.add('defender.collect.answered', { ...call, upn: mia.upn, scp: 'Machine.Read', appOnly: false });
    journal.add('defender.collect.answered', { ...call, appid: 'app', appOnly: true, lost: true });
    const lines = transcript([channel], journal)
      .replaceAll(/\d\d:\d\d:\d\d\.\d{3}/g, 'TIME')
      .split('\n');
    assert.deepEqual(lines, [
      '--- Security Operations / Incidents (channel)',
      '  Mia Berg:',
      '    /collect x',
      '    Collector:',
      '      Pending',
      '    Mia Berg clicks [Refresh]',
      '    Collector, edited:',
      '      Succeeded',
      '    Mia Berg alone sees:',
      '      Up to date',
      '  Lena Vogt:',
      '    /help',
      '    Collector (only Lena Vogt sees this):',
      '      Try this',
      '    Collector (only Lena Vogt sees this):',
      '      (deleted)',
      '',
      '--- Calls to Defender',
      '  TIME POST /api/machines/x/collectInvestigationPackage Comment: "why" → 201, as mia.berg@contoso.example, scp Machine.Read',
      '  TIME POST /api/machines/x/collectInvestigationPackage Comment: "why" → answer lost, as an application (app)',
    ]);
  });
});
