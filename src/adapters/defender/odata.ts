/**
 * `$filter` texts that no value can widen or malform: a condition is data until it is written, and every text value
 * goes through `quoted`.
 */
import type { Instant } from '../../domain/instant.ts';

/** Fields that Defender filters by text (pages 'List machines' and 'List machine actions'). */
type TextField = 'computerDnsName' | 'machineId' | 'requestor' | 'type';

/** One condition of a filter. */
export type Condition =
  | { readonly operator: 'eq'; readonly field: TextField; readonly value: string }
  | { readonly operator: 'startswith'; readonly field: TextField; readonly value: string }
  | { readonly operator: 'ge'; readonly field: 'creationDateTimeUtc'; readonly value: Instant };

/** The filter under which every condition holds. */
export function filterText(conditions: readonly Condition[]): string {
  return conditions.map(conditionText).join(' and ');
}

/**
 * The query part of a list's URL, `?` included. Blanks become `%20`: OData does not promise to read `+` as one.
 * @param top the longest page wanted
 */
export function listQuery(conditions: readonly Condition[], top: number, skip = 0): string {
  const skipped = skip === 0 ? '' : `&$skip=${skip}`;
  return `?$filter=${encodeURIComponent(filterText(conditions))}&$top=${top}${skipped}`;
}

function conditionText(condition: Condition): string {
  switch (condition.operator) {
    case 'eq':
      return `${condition.field} eq ${quoted(condition.value)}`;
    case 'startswith':
      return `startswith(${condition.field},${quoted(condition.value)})`;
    case 'ge':
      return `${condition.field} ge ${new Date(condition.value).toISOString()}`;
  }
}

/** A text literal. Half a surrogate pair cannot stand in a URL; it becomes the replacement character, as in UTF-8. */
function quoted(text: string): string {
  return `'${text.toWellFormed().replaceAll("'", "''")}'`;
}
