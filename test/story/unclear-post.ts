/** Stories of a POST to Defender whose end nobody can know: each on a device of its own, all at once. */
import assert from 'node:assert/strict';
import { type Device, fineDevice } from '../sandbox/devices.ts';
import type { Fault } from '../sandbox/faults.ts';
import type { WireEvent } from '../sandbox/journal.ts';
import { mia } from '../sandbox/people.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { ask } from './scene.ts';

/** What became of one collection. */
export interface Ending {
  /** The POSTs that came in, oldest first. */
  readonly received: readonly WireEvent[];
  /** The actions that Defender made of them. */
  readonly accepted: number;
  /** The closing messages. */
  readonly told: number;
  /** What the card says at the end. */
  readonly card: string;
}

const number = (index: number) => String(index + 1).padStart(2, '0');

/** Devices that differ in nothing but their names, on which a collection takes so long. */
export function equalDevices(count: number, takesMs: number): readonly Device[] {
  return Array.from({ length: count }, (_, index) => ({
    ...fineDevice,
    id: `${number(index)}c5a2e9b7d4c6f8a3e1b5d7c9f0a2b4d6e8f01a`,
    computerDnsName: `ws-unclear-${number(index)}.contoso.example`,
    progress: { pendingMs: takesMs, inProgressMs: 0, end: 'Succeeded' },
  }));
}

/** Collects from a device, with this fault at its first POST, and waits until the conversation has been told. */
async function collectDespite(sandbox: Sandbox, device: Device, fault: Fault): Promise<Ending> {
  const scene = await ask(sandbox.client(mia), sandbox.places.channel, device.id);
  await scene.card('Collect');
  sandbox.faults.inject('defender.collect', fault, { when: ({ path }) => path.includes(device.id) });
  await scene.press('Collect');
  const { conversation, reason } = scene;
  const card = await conversation.card(
    ({ content, buttons }) => content.includes(reason) && buttons.includes('Get download link'),
    200_000,
  );
  const [name = ''] = device.computerDnsName.split('.');
  const isClosing = (text: string) => text.includes(name) && text.includes('Succeeded') && /<at>/.test(text);
  await conversation.message(({ text }) => isClosing(text), 10_000);
  const { journal, defender } = sandbox;
  return {
    received: journal.all('defender.collect.received', ({ data }) => `${data.comment}`.includes(reason)),
    accepted: defender.actions.all.filter(({ comment }) => comment.includes(reason)).length,
    told: conversation.messages.filter(({ text }) => isClosing(text)).length,
    card: card.content,
  };
}

/** Sent so often, accepted once, told once. */
export function assertOnce({ received, accepted, told, card }: Ending, sent: number): void {
  assert.deepEqual({ sent: received.length, accepted, told }, { sent, accepted: 1, told: 1 });
  assert.match(card, /Succeeded/);
}

/** One such story. */
export interface UnclearCase {
  /** What is promised. */
  readonly promise: string;
  readonly fault: Fault;
  /** How often the POST is sent in all. */
  readonly sent: number;
}

/** Plays all of them at once, each on a device of its own; gives back how each ended. */
export function playAll(
  sandbox: Sandbox,
  devices: readonly Device[],
  cases: readonly UnclearCase[],
): readonly Promise<Ending>[] {
  return devices.flatMap((device, index) => {
    const story = cases[index];
    if (story === undefined) return [];
    const ending = collectDespite(sandbox, device, story.fault);
    // Its own test hears of what went wrong.
    ending.catch(() => undefined);
    return [ending];
  });
}
