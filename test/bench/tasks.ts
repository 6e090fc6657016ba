/** What the crowd asks. */
import type { TaskName } from './results.ts';
import { devices } from './world.ts';

/** The text of a message; each reason is another one. */
export function textOf(task: TaskName): (number: number) => string {
  switch (task) {
    case 'help':
      return () => '/help';
    case 'echo':
    case 'collect':
      return (number) => `/collect ${deviceAt(number)} suspicious logon, alert ${number}`;
  }
}

function deviceAt(number: number): string {
  return devices[number % devices.length]?.id ?? '';
}
