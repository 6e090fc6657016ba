/** A field that `$filter` may name, and how its literals are written: dates without quotes, text with. */
export type FieldType = 'text' | 'date';

/** One condition of a `$filter`; conditions are joined by `and`. Dates are milliseconds since 1970. */
export type Condition =
  | { readonly kind: 'compare'; readonly field: string; readonly operator: Operator; readonly value: string | number }
  | { readonly kind: 'startsWith'; readonly field: string; readonly value: string }
  | { readonly kind: 'in'; readonly field: string; readonly values: readonly string[] };

type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

/** The filter is malformed, or names what the entity does not have. */
export class FilterError extends Error {
  override readonly name = 'FilterError';
}

const tokens =
  /\s*(?:(?<text>'(?:[^']|'')*')|(?<date>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z)|(?<word>[A-Za-z][A-Za-z0-9]*)|(?<mark>[(),]))/y;

interface Token {
  readonly kind: 'text' | 'date' | 'word' | 'mark';
  readonly value: string;
}

/**
 * Reads the forms of `$filter` that the documentation gives for machines and machine actions (defender-api.md,
 * 'MachineAction', 'Names are not unique') and no other. Throws FilterError.
 */
export function parseFilter(filter: string, fields: Readonly<Record<string, FieldType>>): readonly Condition[] {
  const rest = tokenize(filter);
  const conditions = [condition(rest, fields)];
  while (rest.length > 0) {
    expect(rest, 'and');
    conditions.push(condition(rest, fields));
  }
  return conditions;
}

/** True if the values of an entity meet every condition. Text compares without regard to case. */
export function meets(conditions: readonly Condition[], read: (field: string) => string | number | null): boolean {
  return conditions.every((wanted) => {
    const actual = read(wanted.field);
    return actual !== null && meetsOne(wanted, actual);
  });
}

function meetsOne(wanted: Condition, actual: string | number): boolean {
  switch (wanted.kind) {
    case 'compare':
      return compare(normal(actual), wanted.operator, normal(wanted.value));
    case 'startsWith':
      return String(normal(actual)).startsWith(wanted.value.toLowerCase());
    case 'in':
      return wanted.values.some((value) => normal(value) === normal(actual));
  }
}

function tokenize(filter: string): Token[] {
  const found: Token[] = [];
  tokens.lastIndex = 0;
  while (tokens.lastIndex < filter.trimEnd().length) {
    const at = tokens.lastIndex;
    const groups = tokens.exec(filter)?.groups;
    if (!groups) throw new FilterError(`Syntax error at position ${at} in '${filter}'.`);
    const { text, date, word, mark } = groups;
    if (text !== undefined) found.push({ kind: 'text', value: text.slice(1, -1).replaceAll("''", "'") });
    else if (date !== undefined) found.push({ kind: 'date', value: date });
    else found.push(word !== undefined ? { kind: 'word', value: word } : { kind: 'mark', value: mark ?? '' });
  }
  return found;
}

function condition(rest: Token[], fields: Readonly<Record<string, FieldType>>): Condition {
  const first = take(rest, 'word');
  if (first === 'startswith') {
    expect(rest, '(');
    const field = known(take(rest, 'word'), fields);
    expect(rest, ',');
    const value = take(rest, 'text');
    expect(rest, ')');
    if (fields[field] !== 'text') throw new FilterError(`startswith does not apply to '${field}'.`);
    return { kind: 'startsWith', field, value };
  }
  const field = known(first, fields);
  const operator = take(rest, 'word');
  if (operator === 'in') return { kind: 'in', field, values: list(rest) };
  if (!isOperator(operator)) throw new FilterError(`Unknown operator '${operator}'.`);
  if (fields[field] === 'text') return { kind: 'compare', field, operator, value: take(rest, 'text') };
  return { kind: 'compare', field, operator, value: Date.parse(take(rest, 'date')) };
}

function list(rest: Token[]): readonly string[] {
  expect(rest, '(');
  const values = [take(rest, 'text')];
  while (rest[0]?.kind === 'mark' && rest[0].value === ',') {
    rest.shift();
    values.push(take(rest, 'text'));
  }
  expect(rest, ')');
  return values;
}

function take(rest: Token[], kind: Token['kind']): string {
  const token = rest.shift();
  if (token?.kind !== kind) throw new FilterError(`Expected a ${kind}, found '${token?.value ?? 'the end'}'.`);
  return token.value;
}

function expect(rest: Token[], value: string): void {
  const token = rest.shift();
  if (token?.value !== value || token.kind === 'text')
    throw new FilterError(`Expected '${value}', found '${token?.value ?? 'the end'}'.`);
}

function known(field: string, fields: Readonly<Record<string, FieldType>>): string {
  if (!Object.hasOwn(fields, field)) throw new FilterError(`Could not find a property named '${field}'.`);
  return field;
}

function isOperator(word: string): word is Operator {
  return ['eq', 'ne', 'gt', 'ge', 'lt', 'le'].includes(word);
}

function normal(value: string | number): string | number {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function compare(actual: string | number, operator: Operator, value: string | number): boolean {
  switch (operator) {
    case 'eq':
      return actual === value;
    case 'ne':
      return actual !== value;
    case 'gt':
      return actual > value;
    case 'ge':
      return actual >= value;
    case 'lt':
      return actual < value;
    case 'le':
      return actual <= value;
  }
}
