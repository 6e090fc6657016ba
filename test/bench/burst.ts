/** A burst: many ask at once, each waits for the bot's reply, and then the next one asks. */
import { Agent, request } from 'node:http';
import type { Message } from './crowd.ts';
import type { World } from './world.ts';

/** Who is asked. */
export interface Target extends Pick<World, 'connector' | 'authorization'> {
  readonly port: number;
  /** Of one burst: some of those who are asked close a connection that rests for 5 s. */
  readonly agent?: Agent;
}

/** How one message was answered. */
export interface Answered {
  /** From the message to the end of the HTTP answer, in milliseconds. */
  readonly answeredMs: number;
  /** From the message to the arrival of the bot's post at the connector. */
  readonly repliedMs: number;
  /** When that was, on `performance.now()`. */
  readonly repliedAt: number;
}

/** What a burst brought. */
export interface Burst {
  readonly answers: readonly Answered[];
  /** From the first message to the last reply, in milliseconds. */
  readonly ms: number;
}

/** So many people wait for an answer at any moment. */
export const atOnce = 16;
/** Longer than any bot may take; then it is broken. */
const patience = 60_000;

/** @throws when a message is not answered by 2xx, or not at all */
export async function burst(target: Target, messages: readonly Message[]): Promise<Burst> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const waiting = messages.values();
  const answers: Answered[] = [];
  const began = performance.now();
  const people = Array.from({ length: atOnce }, async () => {
    for (const message of waiting) answers.push(await ask({ ...target, agent }, message));
  });
  await Promise.all(people);
  const ms = performance.now() - began;
  agent.destroy();
  return { answers, ms };
}

/** Sends one message, and waits for the HTTP answer and for the reply. */
export async function ask(target: Target, message: Message): Promise<Answered> {
  const reply = inTime(target.connector.replyIn(message.conversation), message);
  const began = performance.now();
  const [answeredAt, repliedAt] = await Promise.all([post(target, message), reply]);
  return { answeredMs: answeredAt - began, repliedMs: repliedAt - began, repliedAt };
}

function post({ port, authorization, agent }: Target, { body }: Message): Promise<number> {
  const headers = { authorization, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const options = { host: '127.0.0.1', port, path: '/api/messages', method: 'POST', agent, headers };
  return new Promise((resolve, reject) => {
    const sent = request(options, (response) => {
      const { statusCode = 0 } = response;
      response.resume();
      response.once('error', reject);
      response.once('end', () => {
        if (statusCode >= 200 && statusCode < 300) resolve(performance.now());
        else reject(new Error(`a message was answered by ${statusCode}`));
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

function inTime(reply: Promise<number>, { conversation }: Message): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no reply came into ${conversation}`)), patience);
    void reply.then((at) => {
      clearTimeout(timer);
      resolve(at);
    });
  });
}
