/** The echo bot of botbuilder, as plain as its sample (BotBuilder-Samples, javascript_nodejs/02.echo-bot), authentication on. */
import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication, MessageFactory } from 'botbuilder';
import express from 'express';

class EchoBot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      const replyText = `Echo: ${context.activity.text}`;
      await context.sendActivity(MessageFactory.text(replyText, replyText));
      await next();
    });
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env));
const bot = new EchoBot();
const server = express();
server.use(express.json());
server.post('/api/messages', (request, response) => adapter.process(request, response, (context) => bot.run(context)));
server.listen(Number(process.env.PORT), '127.0.0.1');
