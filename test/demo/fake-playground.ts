/** Stands in for the Playground's own connector: remembers what it was given to show. */
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import express from 'express';
import { z } from 'zod';

const messageShape = z.looseObject({
  text: z.string().optional(),
  attachments: z.array(z.object({ contentType: z.string(), content: z.looseObject({}) })),
});

const parametersShape = z.object({ conversation: z.string(), id: z.string().optional() });

/** A message as it stands, and the conversation that it was posted to. */
interface ShownMessage extends z.infer<typeof messageShape> {
  readonly conversation: string;
}

/** The window without its page. */
export interface FakePlayground {
  readonly url: string;
  /** By the id that the Playground gave. */
  readonly messages: ReadonlyMap<string, ShownMessage>;
  /** From now on it answers so; 201 is well. */
  status: number;
  /** Resolves with the id of a message that satisfies, now or as soon as one does. */
  shows(wanted: (message: ShownMessage) => boolean): Promise<string>;
  close(): void;
}

/** Starts it on a free port. */
export async function startFakePlayground(): Promise<FakePlayground> {
  const messages = new Map<string, ShownMessage>();
  const changes = new EventEmitter();
  const app = express();
  app.use(express.json());
  app.all(['/_connector/v3/conversations/:conversation/activities{/:id}'], (request, response) => {
    const { conversation, id = `shown-${messages.size + 1}` } = parametersShape.parse(request.params);
    if (fake.status < 300) messages.set(id, { ...messageShape.parse(request.body), conversation });
    response.status(fake.status).json({ id });
    changes.emit('change');
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The fake Playground has no port.');
  const fake = {
    url: `http://127.0.0.1:${address.port}`,
    messages,
    status: 201,
    async shows(wanted: (message: ShownMessage) => boolean) {
      for (;;) {
        const found = [...messages].find(([, message]) => wanted(message));
        if (found) return found[0];
        await once(changes, 'change');
      }
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return fake;
}
