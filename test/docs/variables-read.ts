import { readConfig } from '../../bot/config.ts';

/** What the bot asks the environment for. */
export function variablesRead(): ReadonlySet<string> {
  const asked = new Set<string>();
  const get = (_: unknown, variable: string | symbol) => {
    asked.add(String(variable));
    return undefined;
  };
  readConfig(new Proxy<Readonly<Record<string, string | undefined>>>({}, { get }));
  return asked;
}
