import type { DefenderActions, MachineAction } from './defender-actions.ts';
import { bareODataError, defenderError } from './defender-errors.ts';
import { machineFields, machineMeets, wireMachine } from './defender-machines.ts';
import { type Condition, type FieldType, FilterError, meets, parseFilter } from './defender-odata.ts';
import type { DefenderSwitches } from './defender-switches.ts';
import type { Device } from './devices.ts';
import type { JsonObject } from './json.ts';
import type { WireAnswer } from './wire.ts';

/** The fields that `$filter` of machine actions may name (defender-api.md, 'MachineAction'). */
const actionFields: Readonly<Record<string, FieldType>> = {
  id: 'text',
  status: 'text',
  machineId: 'text',
  type: 'text',
  requestor: 'text',
  creationDateTimeUtc: 'date',
};
/** A page is at most this long (defender-api.md, 'Calls'). */
const longestPage = 10_000;
const documentedOptions = ['$filter', '$top', '$skip'];
const observedOptions = ['$orderby', '$count'];

/** OData lists of machines and machine actions. */
export class DefenderLists {
  readonly #switches: DefenderSwitches;
  readonly #now: () => number;

  constructor(switches: DefenderSwitches, now: () => number) {
    this.#switches = switches;
    this.#now = now;
  }

  /** Of the devices that the caller sees, those that the query wants. */
  machines(query: URLSearchParams, seen: readonly Device[]): WireAnswer {
    return this.#list(
      query,
      machineFields,
      (conditions) => {
        const found = seen.filter((device) => machineMeets(device, conditions, this.#now()));
        return found.map((device) => wireMachine(device, this.#now()));
      },
      this.#switches.emptyMachineList,
    );
  }

  /** Of the actions that the caller sees, those that the query wants; oldest first, as nothing is documented. */
  actions(query: URLSearchParams, seen: readonly MachineAction[], actions: DefenderActions): WireAnswer {
    return this.#list(
      query,
      actionFields,
      (conditions) => {
        const wires = seen.map((action) => ({ action, wire: actions.wire(action) }));
        const found = wires.filter(({ action, wire }) =>
          meets(conditions, (field) => actionValue(action, wire, field)),
        );
        return found.map(({ wire }) => wire);
      },
      '200',
    );
  }

  #list(
    query: URLSearchParams,
    fields: Readonly<Record<string, FieldType>>,
    find: (conditions: readonly Condition[]) => readonly JsonObject[],
    empty: DefenderSwitches['emptyMachineList'],
  ): WireAnswer {
    try {
      const page = this.#page(query, fields);
      const found = sorted(find(page.conditions), page.orderBy);
      const value = found.slice(page.skip, page.skip + page.top);
      if (value.length === 0 && empty === '404') return defenderError('ResourceNotFound', 'No machines were found.');
      const count = query.get('$count') === 'true' ? { '@odata.count': found.length } : {};
      return { status: 200, body: { '@odata.context': '$metadata', ...count, value }, note: { found: value.length } };
    } catch (error) {
      if (!(error instanceof FilterError)) throw error;
      return this.#switches.bareODataErrors
        ? bareODataError(error.message)
        : defenderError('ODataError', error.message);
    }
  }

  #page(query: URLSearchParams, fields: Readonly<Record<string, FieldType>>) {
    const allowed = this.#switches.observedOData ? [...documentedOptions, ...observedOptions] : documentedOptions;
    const unknown = [...query.keys()].find((name) => !allowed.includes(name));
    if (unknown !== undefined) throw new FilterError(`The query parameter '${unknown}' is not supported.`);
    const filter = query.get('$filter');
    const conditions = filter === null ? [] : parseFilter(filter, fields);
    if (!this.#switches.observedOData && conditions.some(({ kind }) => kind === 'in'))
      throw new FilterError("'in' is not supported.");
    const orderBy = query.get('$orderby');
    if (orderBy !== null && !Object.hasOwn(fields, orderBy.split(' ')[0] ?? ''))
      throw new FilterError(`Cannot order by '${orderBy}'.`);
    const top = wholeNumber(query, '$top') ?? longestPage;
    if (top > longestPage) throw new FilterError(`The limit of '${longestPage}' for Top query has been exceeded.`);
    return { conditions, orderBy, top, skip: wholeNumber(query, '$skip') ?? 0 };
  }
}

function actionValue(action: MachineAction, wire: JsonObject, field: string): string | number | null {
  if (field === 'creationDateTimeUtc') return action.createdAt;
  if (field === 'machineId') return action.device.id;
  const value = wire[field];
  return typeof value === 'string' ? value : null;
}

function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  if (!/^\d+$/.test(value)) throw new FilterError(`'${name}' wants a whole number.`);
  return Number(value);
}

/** Wire dates are of one length and zone, so their text sorts as their time. */
function sorted(rows: readonly JsonObject[], orderBy: string | null): readonly JsonObject[] {
  if (orderBy === null) return rows;
  const [field = '', direction] = orderBy.split(' ');
  const ascending = rows.toSorted((left, right) => String(left[field]).localeCompare(String(right[field])));
  return direction === 'desc' ? ascending.toReversed() : ascending;
}
