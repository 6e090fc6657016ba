import { LogLevel } from '@azure/msal-node';
import type { Log } from '../../ports.ts';

/** What MSAL has to say goes into our log, but for what may name people. */
export function msalLogging(log: Log) {
  return {
    piiLoggingEnabled: false,
    logLevel: LogLevel.Warning,
    loggerCallback: (level: LogLevel, text: string, containsPii: boolean) => {
      if (containsPii) return;
      if (level === LogLevel.Error) log.error({ call: 'msal', text }, 'MSAL reports an error');
      if (level === LogLevel.Warning) log.warn({ call: 'msal', text }, 'MSAL warns');
    },
  };
}
