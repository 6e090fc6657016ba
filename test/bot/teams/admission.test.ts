import assert from 'node:assert/strict';
import { admit } from '../../../bot/teams/admission.ts';
import { readIncoming } from '../../../bot/teams/incoming.ts';
import type { KnockAnswer } from '../../../src/domain/flood.ts';
import { known, oid, tenantId } from '../../build/ids.ts';
import { keptTelemetry } from '../../fakes/kept-telemetry.ts';
import { anActivity, asActivity } from './activities.ts';
import { Desk } from './desk.ts';

/** The table of doors (`test/bot/doors.test.ts`) proves each refusal whole; here is what it cannot reach. */
describe('letting in', () => {
  const incoming = (changes: object = {}) => known(readIncoming(asActivity({ ...anActivity(), ...changes })));

  it('counts a thread as its channel, and goes on when nobody can count', async () => {
    const asked: string[] = [];
    const desk = new Desk({
      flood: {
        knock: async ({ conversation }) => {
          asked.push(conversation);
          throw new Error('the store is away');
        },
      },
    });
    assert.deepEqual(await admit(desk.ports, incoming(), 'message'), { kind: 'admitted' });
    assert.deepEqual(asked, ['19:soc@thread.tacv2']);
    assert.match(String(desk.log.lines[0]?.fields.err), /the store is away/);
  });

  it('asks in 1:1 nobody’s roster', async () => {
    const { ports } = new Desk();
    const audiences = { ...ports.audiences, isOutsider: () => Promise.reject(new Error('a roster was asked')) };
    const personal = { conversation: { ...anActivity().conversation, id: 'a:1', conversationType: 'personal' } };
    assert.deepEqual(await admit({ ...ports, audiences }, incoming(personal), 'click'), { kind: 'admitted' });
    await assert.rejects(admit({ ...ports, audiences }, incoming(), 'click'));
  });

  it('takes what was sent a quarter of an hour ago, and nothing older; what says nothing of it is taken', async () => {
    const { ports } = new Desk();
    const sent = (minutes: number) => ({ timestamp: new Date(ports.clock() + minutes * 60_000).toISOString() });
    const kinds = [];
    for (const changes of [sent(-14), sent(14), {}, sent(-16), sent(16)]) {
      kinds.push((await admit(ports, incoming(changes), 'message')).kind);
    }
    assert.deepEqual(kinds, ['admitted', 'admitted', 'admitted', 'refused', 'refused']);
  });

  it('counts everybody whom it does not let in, by the reason', async () => {
    const { numbers, ...telemetry } = keptTelemetry();
    const { ports } = new Desk({ telemetry });
    const flood = {
      knock: async (): Promise<KnockAnswer> => ({
        kind: 'turnedAway',
        whose: 'person',
        retryAfterMs: 1,
        isNews: false,
      }),
    };
    const audiences = { ...ports.audiences, isOutsider: async () => true };
    const late = { timestamp: new Date(ports.clock() - 16 * 60_000).toISOString() };
    await admit({ ...ports, flood }, incoming(), 'message');
    await admit({ ...ports, app: { ...ports.app, tenant: tenantId(9) } }, incoming(), 'message');
    await admit(ports, incoming(late), 'message');
    await admit({ ...ports, audiences }, incoming(), 'message');
    await admit(ports, incoming(), 'message');
    assert.deepEqual(
      await numbers(),
      ['flood', 'otherTenant', 'late', 'guest'].map(
        (reason) => `collector_strangers_refused_total{reason="${reason}"} 1`,
      ),
    );
  });

  it('logs a flood once, and never what was typed', async () => {
    const knock: KnockAnswer = { kind: 'turnedAway', whose: 'person', retryAfterMs: 1, isNews: true };
    const desk = new Desk({ flood: { knock: async () => knock } });
    await desk.say('collect lap-1 a secret reason');
    assert.deepEqual(desk.log.lines, [
      { level: 'warn', fields: { whose: 'person', kind: 'message', person: oid() }, message: 'held back a flood' },
    ]);
  });
});
