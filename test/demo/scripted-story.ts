/** `npm run demo -- --script`: the story without a chat window, told as a transcript. */
import { embeddedDirectory } from '../build/embedded-directory.ts';
import type { Message } from '../sandbox/conversations.ts';
import type { ActionStatus } from '../sandbox/defender-actions.ts';
import { busyDevice, fineDevice, hiddenDevice } from '../sandbox/devices.ts';
import { mia } from '../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { startBot } from '../story/bot-process.ts';
import { ask, type Scene } from '../story/scene.ts';

/** How the story goes. */
export interface StoryOptions {
  /** How the device ends the collection. */
  readonly deviceEnds: Extract<ActionStatus, 'Succeeded' | 'Failed' | 'TimeOut'>;
  /** Arguments for Node in the bot's process. */
  readonly nodeArguments: readonly string[];
}

/** What came of it. */
export interface StoryEnd {
  /** True only if Defender holds a collected package that was asked for in Mia's name. */
  readonly collected: boolean;
  /** The conversation and every call to Defender, as text. */
  readonly transcript: string;
  /** What kept the story from going on, if anything did. */
  readonly fault: Error | undefined;
}

/** 0 only if the whole story was told and the package is there. */
export function exitCodeOf({ collected, fault }: StoryEnd): 0 | 1 {
  return collected && fault === undefined ? 0 : 1;
}

const hour = 3_600_000;

/** Plays it with a sandbox and a bot of its own. Throws what kept these from starting. */
export async function playStory({ deviceEnds, nodeArguments }: StoryOptions): Promise<StoryEnd> {
  // The device takes its time until the story says that it went on: so each status is seen, on any machine.
  const sandbox = await startSandbox({ defender: { progress: { pendingMs: hour, inProgressMs: 0, end: deviceEnds } } });
  try {
    const directory = await embeddedDirectory();
    try {
      const environment = sandbox.environment();
      const bot = await startBot({ environment, databaseUrl: directory.path, nodeArguments });
      try {
        sandbox.setBotUrl(bot.messagesUrl);
        const fault = await playScenes(sandbox, deviceEnds);
        return { collected: isCollected(sandbox), transcript: readable(sandbox.transcript()), fault };
      } finally {
        await bot.stop();
      }
    } finally {
      await directory.remove();
    }
  } finally {
    await sandbox.stop();
  }
}

async function playScenes(sandbox: Sandbox, deviceEnds: StoryOptions['deviceEnds']): Promise<Error | undefined> {
  try {
    await collectIt(sandbox, deviceEnds);
    if (deviceEnds !== 'Succeeded') return undefined;
    await joinIt(sandbox);
    await refuseIt(sandbox);
    return undefined;
  } catch (cause) {
    return new Error('The story stopped.', { cause });
  }
}

/** Mia asks in the channel, signs in, confirms, and gets the package. */
async function collectIt(sandbox: Sandbox, deviceEnds: StoryOptions['deviceEnds']): Promise<void> {
  const scene = await ask(sandbox.client(mia, { kind: 'sso' }), sandbox.places.channel, fineDevice.id);
  await press(sandbox, scene, 'Sign in');
  await press(sandbox, scene, 'Collect');
  await scene.card('Pending');
  reports(sandbox, 'InProgress');
  await scene.card('In progress');
  reports(sandbox, deviceEnds);
  await scene.card(/\[Get download link\]|\[Try again\]/);
  await scene.closing(fineDevice.computerDnsName);
  if (deviceEnds === 'Succeeded') await press(sandbox, scene, 'Get download link');
}

/** Omar's collection runs there already: Mia's request follows it, and starts none. */
async function joinIt(sandbox: Sandbox): Promise<void> {
  const scene = await ask(sandbox.client(mia), sandbox.places.channel, busyDevice.id);
  await press(sandbox, scene, 'Collect');
  await scene.card('Refresh');
}

/** Mia may not see this device, so the bot, which has no rights of its own, cannot either. */
async function refuseIt(sandbox: Sandbox): Promise<void> {
  const scene = await ask(sandbox.client(mia), sandbox.places.channel, hiddenDevice.id);
  await scene.card('Try again');
}

async function press(sandbox: Sandbox, scene: Scene, title: string): Promise<void> {
  const card: Message = await scene.card(title);
  await sandbox.client(mia).click(card, title);
}

function reports({ defender }: Sandbox, status: ActionStatus): void {
  const running = defender.actions.runningOn(fineDevice);
  if (!running) throw new Error('Nothing runs on the device.');
  defender.actions.setStatus(running, status);
}

/** Asked of Defender itself: a card may say anything. */
function isCollected({ defender, journal }: Sandbox): boolean {
  const [action, ...more] = defender.actions.all.filter(({ device }) => device === fineDevice);
  if (!action || more.length > 0) return false;
  const asMia = journal.all(
    'defender.collect.answered',
    ({ data }) => data.status === 201 && data.upn === mia.upn && data.appOnly === false,
  );
  return asMia.length === 1 && action.requestor === mia.upn && defender.actions.status(action).word === 'Succeeded';
}

/** Cards carry times as functions that each client writes in its own way (Adaptive Cards, 'Date and time formatting'). */
function readable(transcript: string): string {
  return transcript.replace(/\{\{(DATE|TIME)\(([^,)]+)[^)]*\)\}\}/g, (_whole, kind: string, time: string) =>
    kind === 'DATE' ? time.slice(0, 10) : time.slice(11, 19),
  );
}
