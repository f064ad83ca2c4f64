/** What Engross reads besides its inputs: its own version, templates, and the fonts that templates name. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diagnose, Refusal, nearest } from '../report.js';
import type { TemplateSource } from '../template.js';
import type { Operations } from './disk.js';
import { byCodePoint, codeOf, largestInput, readAtMost, refusal, system } from './disk.js';

const largestTemplate = 1024 * 1024;

/** Where the templates and package.json lie: above this file, however deep the compiled one lies. */
const packageFolder = above(dirname(fileURLToPath(import.meta.url)));

function above(folder: string): string {
  return existsSync(join(folder, 'templates')) ? folder : above(dirname(folder));
}

const templatesFolder = join(packageFolder, 'templates');

/** The version of Engross that is running. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

/** Templates by name or path, and the fonts that they name. */
export interface Shelves {
  /** For `loadTemplate`: a bare word is a shipped template, anything else a path from here or from the extending one. */
  readonly template: TemplateSource;
  /** For an edition's context: a path within an installed package, or relative to one of the templates read so far. */
  readonly font: (file: string) => Promise<Uint8Array>;
  /** Any other file that a template names: absolute, or relative to one of the templates read so far or to the shipped ones. */
  readonly asset: (file: string) => Promise<Uint8Array>;
  /** A JSON Schema that ships with Engross: `document`, `template`, `sidecar`. Throws a Refusal for another name. */
  readonly schema: (name: string) => Promise<string>;
}

/** Whether a template is named as one that ships with Engross: by a bare word. */
export const isShipped = (name: string): boolean => /^[\w-]+$/.test(name);

/** Opens the templates and fonts for one build; a file is read once. */
export function openShelves(operations: Operations = system): Shelves {
  const folders: string[] = [];
  const fonts = new Map<string, Promise<Uint8Array>>();
  const assets = new Map<string, Promise<Uint8Array>>();
  return {
    template: async (name, from) => {
      const shipped = isShipped(name);
      const path = shipped
        ? join(templatesFolder, `${name}.json`)
        : from === null || isAbsolute(name)
          ? name
          : join(dirname(from), name);
      if (!shipped) folders.push(dirname(path));
      return { path, text: await templateText(name, path, shipped, operations) };
    },
    font: (file) => {
      const known = fonts.get(file) ?? readFont(file, folders, operations);
      fonts.set(file, known);
      return known;
    },
    asset: (file) => {
      const known = assets.get(file) ?? readAsset(file, folders, operations);
      assets.set(file, known);
      return known;
    },
    schema: (name) => schemaText(name, operations),
  };
}

const isAbsent = (error: unknown) =>
  ['ENOENT', 'ENOTDIR', 'ERR_INVALID_ARG_VALUE'].includes(codeOf(error) ?? '');

async function templateText(
  name: string,
  path: string,
  shipped: boolean,
  operations: Operations,
): Promise<string> {
  let bytes;
  try {
    bytes = await readAtMost(path, largestTemplate, operations);
  } catch (error) {
    if (!isAbsent(error)) throw refusal('input-unreadable', `The template “${path}” can’t be read`, error);
    if (!shipped) throw new Refusal(diagnose('template-unknown', `There is no template file “${path}”.`));
    const known = (await operations.readdir(templatesFolder))
      .filter((file) => file.endsWith('.json'))
      .map((file) => file.slice(0, -'.json'.length))
      .sort(byCodePoint);
    throw new Refusal(
      diagnose(
        'template-unknown',
        `There is no template “${name}”${nearest(name, known) || '.'}`,
        undefined,
        `The shipped templates are ${known.join(', ')}; a template of your own is named by the path of its .json file.`,
      ),
    );
  }
  if (bytes === null)
    throw new Refusal(diagnose('template-invalid', `The template “${path}” is larger than 1 MiB.`));
  return new TextDecoder().decode(bytes);
}

async function schemaText(name: string, operations: Operations): Promise<string> {
  const folder = join(packageFolder, 'schemas');
  const ending = '.schema.json';
  const known = (await operations.readdir(folder))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort(byCodePoint);
  if (!known.includes(name))
    throw new Refusal(
      diagnose(
        'usage',
        `There is no schema “${name}”${nearest(name, known) || '.'}`,
        undefined,
        `The schemas are ${known.join(', ')}.`,
      ),
    );
  const bytes = await readAtMost(join(folder, name + ending), largestInput, operations);
  return new TextDecoder().decode(bytes ?? new Uint8Array());
}

async function readFont(
  file: string,
  folders: readonly string[],
  operations: Operations,
): Promise<Uint8Array> {
  const inPackage = !isAbsolute(file) && !/^\.{1,2}[\\/]/.test(file) ? inPackages(file) : undefined;
  const places = isAbsolute(file) ? [file] : folders.map((folder) => join(folder, file));
  if (inPackage !== undefined) places.push(inPackage);
  for (const place of places) {
    try {
      const bytes = await readAtMost(place, largestInput, operations);
      if (bytes) return bytes;
    } catch (error) {
      if (!isAbsent(error))
        throw refusal('input-unreadable', `The font file “${place}” can’t be read`, error);
    }
  }
  const name = inPackage === undefined ? packageOf(file) : null;
  throw new Refusal(
    diagnose(
      'font-missing',
      `The template’s font file “${file}” is not there.`,
      undefined,
      name === null ? undefined : `Run npm install ${name}, or name another file in the template.`,
    ),
  );
}

async function readAsset(
  file: string,
  folders: readonly string[],
  operations: Operations,
): Promise<Uint8Array> {
  const places = isAbsolute(file)
    ? [file]
    : [...folders, templatesFolder].map((folder) => join(folder, file));
  for (const place of places) {
    try {
      const bytes = await readAtMost(place, largestInput, operations);
      if (bytes) return bytes;
      throw new Refusal(diagnose('house-template-refused', `The file “${place}” is larger than 64 MiB.`));
    } catch (error) {
      if (error instanceof Refusal) throw error;
      if (!isAbsent(error)) throw refusal('input-unreadable', `The file “${place}” can’t be read`, error);
    }
  }
  throw new Refusal(diagnose('asset-missing', `The template’s file “${file}” is not there.`));
}

/** The package that a file is to be found in, by its path: `@scope/name/…` or `name/…`. */
const packageOf = (file: string): string | null =>
  isAbsolute(file) ? null : (/^(?:@[\w.-]+\/)?[a-z0-9][\w.-]*(?=\/)/.exec(file)?.[0] ?? null);

function inPackages(file: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(file);
  } catch {
    return undefined;
  }
}
