/**
 * What a PostgreSQL client says, as far as a crash test has to understand it (PostgreSQL's documentation, 'Message
 * Formats'): a start-up message without a type, then messages of a type byte, an int32 length that counts itself, a body.
 */

/** A statement as it was sent, with its parameters as text; null is NULL. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly (string | null)[];
}

/** Bytes of the client that belong together. With a `statement` they make the server execute it. */
export interface Parcel {
  readonly bytes: Buffer;
  readonly statement?: Statement;
}

interface Message {
  readonly type: string;
  readonly body: Buffer;
  readonly bytes: Buffer;
}

/** Cuts the stream of a client into parcels: one per statement, one per anything else. */
export class ClientStream {
  #rest = Buffer.alloc(0);
  #started = false;
  #extended: Message[] = [];

  /** Takes what came in; gives back what is complete. */
  take(chunk: Buffer): readonly Parcel[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const parcels: Parcel[] = [];
    for (;;) {
      const message = this.#next();
      if (message === undefined) return parcels;
      const parcel = this.#parcelOf(message);
      if (parcel !== undefined) parcels.push(parcel);
    }
  }

  #next(): Message | undefined {
    const head = this.#started ? 1 : 0;
    if (this.#rest.length < head + 4) return undefined;
    const end = head + this.#rest.readInt32BE(head);
    if (this.#rest.length < end) return undefined;
    const bytes = this.#rest.subarray(0, end);
    this.#rest = this.#rest.subarray(end);
    this.#started = true;
    return { type: head === 0 ? 'start-up' : bytes.toString('latin1', 0, 1), body: bytes.subarray(head + 4), bytes };
  }

  /** Parse, Bind, Describe, Execute, Close wait for the Sync that makes them one statement. */
  #parcelOf(message: Message): Parcel | undefined {
    if ('PBDEC'.includes(message.type)) {
      this.#extended.push(message);
      return undefined;
    }
    const messages = [...this.#extended, message];
    this.#extended = [];
    const bytes = Buffer.concat(messages.map((each) => each.bytes));
    if (message.type === 'Q') return { bytes, statement: { sql: textAt(message.body, 0).text, values: [] } };
    const parse = messages.find(({ type }) => type === 'P');
    if (parse === undefined) return { bytes };
    const bind = messages.find(({ type }) => type === 'B');
    return { bytes, statement: { sql: sqlOf(parse), values: bind === undefined ? [] : valuesOf(bind) } };
  }
}

/** Finds, in the stream of a server, where it says that it is ready for the next query, and how many rows it gave. */
export class ServerStream {
  #rest = Buffer.alloc(0);
  #rows = 0;

  /** Takes what came in; gives back the number of rows of each query that ended in it. */
  take(chunk: Buffer): readonly number[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const ended: number[] = [];
    while (this.#rest.length >= 5) {
      const end = 1 + this.#rest.readInt32BE(1);
      if (this.#rest.length < end) break;
      const type = this.#rest.toString('latin1', 0, 1);
      this.#rest = this.#rest.subarray(end);
      if (type === 'D') this.#rows += 1;
      if (type !== 'Z') continue;
      ended.push(this.#rows);
      this.#rows = 0;
    }
    return ended;
  }
}

function sqlOf({ body }: Message): string {
  const name = textAt(body, 0);
  return textAt(body, name.end).text;
}

function valuesOf({ body }: Message): readonly (string | null)[] {
  const portal = textAt(body, 0);
  const statement = textAt(body, portal.end);
  const formats = body.readInt16BE(statement.end);
  let at = statement.end + 2 + 2 * formats;
  const count = body.readInt16BE(at);
  at += 2;
  const values: (string | null)[] = [];
  for (let index = 0; index < count; index += 1) {
    const length = body.readInt32BE(at);
    at += 4;
    values.push(length < 0 ? null : body.toString('utf8', at, at + length));
    at += Math.max(0, length);
  }
  return values;
}

/** A text that ends with a zero byte, and where the next thing begins. */
function textAt(body: Buffer, from: number): { readonly text: string; readonly end: number } {
  const zero = body.indexOf(0, from);
  return { text: body.toString('utf8', from, zero), end: zero + 1 };
}
