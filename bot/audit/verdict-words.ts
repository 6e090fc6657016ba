/** What `npm run audit` says. */
import type { ChainFault, ChainHead, ChainVerdict } from '../../src/adapters/store/audit-verify.ts';

/** The proof's result, for whoever ran it. */
export function verdictText(verdict: ChainVerdict): string {
  if (!verdict.ok) return `The audit is broken: ${faultText(verdict.fault)}.\n`;
  const { head, waiting } = verdict;
  const more = waiting === 0 ? '' : ` ${waiting} more wait to be sealed, which the running bot does within seconds.`;
  return `The audit is whole: ${head.count} rows are as they were sealed.${more}\n${keepText(head)}`;
}

/** What to note down somewhere else. */
export function keepText(head: ChainHead): string {
  return `Count and head: ${head.count}:${head.hash}\nKeep this line elsewhere: only 'verify --kept' with it shows later whether rows at the end were cut off.\n`;
}

function faultText(fault: ChainFault): string {
  switch (fault.kind) {
    case 'missingLink':
      return `position ${fault.position} is missing from the chain`;
    case 'missingRow':
      return `row ${fault.number}, sealed at position ${fault.position}, is missing`;
    case 'changed':
      return `row ${fault.number} at position ${fault.position} is not what was sealed there: the row, its place or its seal was changed`;
    case 'unsealed':
      return `row ${fault.number} was never sealed, and nothing is about to: it was inserted past the bot, or its seal was removed`;
    case 'keptHeadMissing':
      return `it does not contain ${fault.kept.count}:${fault.kept.hash}: rows at its end were cut off, or it was written anew`;
  }
}
