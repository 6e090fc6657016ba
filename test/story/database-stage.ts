/** A bot whose line to PostgreSQL a test holds in its hands. */
import pg from 'pg';
import type { Message } from '../sandbox/conversations.ts';
import { mia } from '../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { type BotProcess, startBot } from './bot-process.ts';
import { DatabaseLine } from './database-line.ts';

/** The promise is 5 s; a loaded machine gets a little more. */
const inTime = 7_000;
/** By it the operator finds in the log what somebody was told. */
export const withReference = /correlation ID [0-9a-f-]{36}/;

/** Sandbox, line, bot. Mia is signed in. */
export class DatabaseStage {
  readonly sandbox: Sandbox;
  readonly line: DatabaseLine;
  readonly bot: BotProcess;
  /** A way to the database that no fault touches. */
  readonly observer: pg.Client;

  private constructor(parts: Pick<DatabaseStage, 'sandbox' | 'line' | 'bot' | 'observer'>) {
    this.sandbox = parts.sandbox;
    this.line = parts.line;
    this.bot = parts.bot;
    this.observer = parts.observer;
  }

  static async open(databaseUrl: string): Promise<DatabaseStage> {
    const sandbox = await startSandbox();
    const line = await DatabaseLine.before(databaseUrl);
    const bot = await startBot({ environment: sandbox.environment(), databaseUrl: line.url });
    sandbox.setBotUrl(bot.messagesUrl);
    sandbox.tokenService.signIn(mia);
    const observer = new pg.Client({ connectionString: databaseUrl });
    observer.on('error', () => undefined);
    await observer.connect();
    return new DatabaseStage({ sandbox, line, bot, observer });
  }

  get channel() {
    return this.sandbox.places.channel;
  }

  /** The bot's next message that bears a correlation id; rejects when it does not come in time. */
  answer(): Promise<Message> {
    const since = this.channel.messages.length;
    const isNew = (each: Message) => this.channel.messages.indexOf(each) >= since;
    return this.channel.message((each) => isNew(each) && withReference.test(each.text), inTime);
  }

  /** Waits until no job is at work: one whose end is not stored is taken up only when its heartbeat is missed. */
  async atRest(): Promise<void> {
    const active = 'select 1 from pgboss.job where state = $1';
    while ((await this.observer.query(active, ['active'])).rows.length > 0);
  }

  /** What would have ended a process that does not look after its promises. */
  crashes(): readonly string[] {
    return this.bot.lines.filter((each) => each.includes('nobody saw it') || each.includes('cannot go on'));
  }

  async close(): Promise<void> {
    await this.observer.end();
    await this.bot.stop();
    await this.line.close();
    await this.sandbox.stop();
  }
}
