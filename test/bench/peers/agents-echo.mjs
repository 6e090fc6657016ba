/** The echo bot of the Microsoft 365 Agents SDK, as in the README of @microsoft/agents-hosting, authentication on. */
import { ActivityHandler, authorizeJWT, CloudAdapter, loadAuthConfigFromEnv } from '@microsoft/agents-hosting';
import express from 'express';

class EchoBot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      await context.sendActivity(`Echo: ${context.activity.text}`);
      await next();
    });
  }
}

const config = loadAuthConfigFromEnv();
const adapter = new CloudAdapter(config);
const bot = new EchoBot();
const server = express();
server.use(express.json());
server.use(authorizeJWT(config));
server.post('/api/messages', (request, response) => adapter.process(request, response, (context) => bot.run(context)));
server.listen(Number(process.env.PORT), '127.0.0.1');
