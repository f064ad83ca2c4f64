/**
 * The pipeline, on one screen: for each input, read → editions → files. What fails stays as it was and is reported;
 * everything else goes on.
 */
import { hostname } from 'node:os';
import type { Diagnostic, Document } from './document.js';
import type { Edition } from './editions/edition.js';
import { editionNamed, filesOf } from './editions/index.js';
import type { Input, Operations, Owner, Shelves } from './files.js';
import { listInputs, openOutput, openShelves, packageVersion, system } from './files.js';
import { basisOf, sha256 } from './manifest.js';
import type { Made, Published, Publisher, Report } from './publish.js';
import { attempt, openPublisher } from './publish.js';
import type { Account } from './read/index.js';
import { slugOf } from './read/slug.js';
import { readWithSidecar } from './reading.js';
import { diagnose, Refusal } from './report.js';
import type { Template } from './template.js';
import { loadTemplate } from './template.js';
import type { Fidelity } from './verify/proof.js';
import { isFaithful, prove, recordEnding, writeRecord } from './verify/proof.js';

/** What is to be built. */
export interface Order {
  /** Files and folders. */
  readonly inputs: readonly string[];
  readonly out: string;
  /** Names of the shelf. */
  readonly editions: readonly string[];
  /** A shipped template's name, or a path. */
  readonly template: string;
  /** A WHATWG encoding label for every input. */
  readonly encoding?: string;
  /** Leave the cells of the CSV edition as they are, even where a spreadsheet would run them as formulas. */
  readonly csvRaw?: boolean;
  /** Write nothing; an edition that differs from what would be written is an error. */
  readonly check?: boolean;
  /** Read every edition back before it is written, and write none that says something else than the document. */
  readonly verify?: boolean;
  /** Warnings are errors. */
  readonly strict?: boolean;
}

/** What a build knows of the world around it. */
export interface World {
  readonly operations: Operations;
  readonly owner: Owner;
  /** `YYYY-MM-DD` of SOURCE_DATE_EPOCH, or null. */
  readonly buildDate: string | null;
}

/** What became of one input. */
export interface BuiltDocument {
  readonly input: string;
  /** Null where the input could not be read. */
  readonly id: string | null;
  readonly account: Account | null;
  /** The decoded source, for the lines that diagnostics show. */
  readonly text: string;
  readonly files: readonly Published[];
  /** What was found when the editions were read back; null where they were not. */
  readonly fidelity: Fidelity | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Built {
  readonly documents: readonly BuiltDocument[];
  /** `manifest.json` of the output folder; null where no document's files were made. */
  readonly union: Published | null;
  /** About the build as a whole. */
  readonly diagnostics: readonly Diagnostic[];
}

interface Workshop {
  readonly order: Order;
  readonly world: World;
  readonly version: string;
  readonly template: Template;
  readonly shelves: Shelves;
  readonly editions: readonly Edition[];
  readonly publisher: Publisher;
  /** The inputs by the id that they will have: where there are two, neither is made. */
  readonly byId: ReadonlyMap<string, readonly Input[]>;
}

/**
 * Builds every edition of every input.
 * @param tell is given each document as soon as it is done
 * @throws Refusal where nothing can be built at all: an input that isn't there, an unknown template or edition
 */
export async function build(
  order: Order,
  world: World,
  tell: (document: BuiltDocument) => void = () => undefined,
): Promise<Built> {
  const shelves = openShelves(world.operations);
  const template = await loadTemplate(order.template, shelves.template);
  const inputs = await listInputs(order.inputs, world.operations);
  const workshop: Workshop = {
    order,
    world,
    shelves,
    version: packageVersion(),
    template: order.csvRaw ? { ...template, csv: { ...template.csv, escapeFormulas: false } } : template,
    editions: await Promise.all(order.editions.map(editionNamed)),
    publisher: openPublisher(openOutput(order.out, world.owner, world.operations), order.check ?? false),
    byId: byId(inputs),
  };
  const documents: BuiltDocument[] = [];
  for (const input of inputs) {
    const document = await buildDocument(input, workshop);
    documents.push(document);
    tell(document);
  }
  const diagnostics: Diagnostic[] = [];
  const union = await workshop.publisher.union((...found) => diagnostics.push(...found));
  return { documents, union, diagnostics };
}

function byId(inputs: readonly Input[]): Map<string, Input[]> {
  const groups = new Map<string, Input[]>();
  for (const input of inputs) {
    const id = slugOf(input.file);
    groups.set(id, [...(groups.get(id) ?? []), input]);
  }
  return groups;
}

/** One input, from its bytes to its files. Nothing that lies in the input, or in us, stops the build. */
async function buildDocument(input: Input, workshop: Workshop): Promise<BuiltDocument> {
  const { order, world, version, publisher } = workshop;
  const diagnostics: Diagnostic[] = [];
  const report: Report = (...found) => diagnostics.push(...(order.strict ? found.map(strictly) : found));
  const unread = {
    input: input.path,
    id: null,
    account: null,
    text: '',
    files: [],
    fidelity: null,
    diagnostics,
  };

  const twins = workshop.byId.get(slugOf(input.file)) ?? [];
  if (twins.length > 1) {
    report(sameId(twins));
    return unread;
  }
  const reading = await attempt('reading it', report, () =>
    readWithSidecar(input.path, order.encoding, { operations: world.operations }),
  );
  if (!reading) return unread;
  const { document, account, text, sidecar } = reading;
  const unmade = { ...unread, id: document.id, account, text };
  report(...document.diagnostics);
  if (account.lost > 0 || account.doubled > 0) report(broken(input, account));
  if (diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return unmade;

  const made: Made[] = [];
  for (const edition of workshop.editions)
    made.push(...(await makeEdition(edition, document, workshop, report)));
  const basis = basisOf(document, await withItsFiles(workshop), version, world.buildDate, sidecar);
  if (!order.verify) return { ...unmade, files: await publisher.document(document.id, basis, made, report) };
  const fidelity = await attempt('reading the editions back', report, () => prove(document, made, report));
  if (!fidelity) return unmade;
  const faithful = made.filter(({ edition }) => isFaithful(fidelity, edition));
  const record = {
    file: document.id + recordEnding,
    edition: 'fidelity',
    bytes: writeRecord(document.id, fidelity),
  };
  return {
    ...unmade,
    fidelity,
    files: await publisher.document(document.id, basis, faithful, report, [record]),
  };
}

/** The template and the hashes of the files that it names: the bytes of the editions depend on those, too. */
async function withItsFiles({ template, shelves }: Workshop): Promise<Template> {
  const named = [template.docx.house, template.logo.file].filter((file) => file !== '');
  if (named.length === 0) return template;
  const files = await Promise.all(named.map((file) => shelves.asset(file).then(sha256, () => null)));
  const whole = { ...template, files };
  return whole;
}

const sameId = (twins: readonly Input[]) =>
  diagnose(
    'id-twice',
    `${twins.map(({ path }) => `“${path}”`).join(' and ')} would all become “${slugOf(twins[0]?.file ?? '')}”; none of them was made.`,
  );

const broken = (input: Input, { lost, doubled }: Account) =>
  diagnose('account-broken', `${lost} characters of “${input.path}” were lost and ${doubled} doubled.`);

/** The files of one edition; none where it can't carry the document, or with `--strict` not wholly. */
async function makeEdition(
  edition: Edition,
  document: Document,
  workshop: Workshop,
  report: Report,
): Promise<readonly Made[]> {
  const doubts: Diagnostic[] = [];
  const context = {
    template: workshop.template,
    version: workshop.version,
    buildDate: workshop.world.buildDate,
    font: workshop.shelves.font,
    asset: workshop.shelves.asset,
    warn: (diagnostic: Diagnostic) => doubts.push(diagnostic),
  };
  const files = await attempt(`making the ${edition.name} edition`, report, () =>
    filesOf(edition, document, context),
  );
  report(...doubts);
  if (files === undefined || (workshop.order.strict && doubts.some(isWarning))) return [];
  return [...files].map(([ending, bytes]) => ({ file: document.id + ending, edition: edition.name, bytes }));
}

const isWarning = (diagnostic: Diagnostic) => diagnostic.severity === 'warning';

const strictly = (diagnostic: Diagnostic): Diagnostic =>
  isWarning(diagnostic) ? { ...diagnostic, severity: 'error' } : diagnostic;

/**
 * The world as this process finds it.
 * @throws Refusal where SOURCE_DATE_EPOCH (reproducible-builds.org) is no number of seconds
 */
export function thisWorld(): World {
  return {
    operations: system,
    owner: {
      host: sha256(hostname()).slice(0, 8),
      pid: process.pid,
      isRunning,
      now: () => Date.now(),
    },
    buildDate: dayOf(process.env['SOURCE_DATE_EPOCH']),
  };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process that isn't ours to signal runs all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function dayOf(seconds: string | undefined): string | null {
  if (seconds === undefined || seconds === '') return null;
  const time = /^\d{1,12}$/.test(seconds) ? new Date(Number(seconds) * 1000) : null;
  const day = time === null || Number.isNaN(time.getTime()) ? '' : time.toISOString().slice(0, 10);
  if (/^\d{4}-/.test(day)) return day;
  throw new Refusal(
    diagnose(
      'usage',
      `SOURCE_DATE_EPOCH is “${seconds}”, which is no number of seconds since 1970.`,
      undefined,
      'Set it to whole seconds, or unset it.',
    ),
  );
}
