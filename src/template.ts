/**
 * What a template may say. A template is data, never code: page, type, colours, heads and feet, strings.
 *
 * `templates/default.json` names every key and gives it a value: it is the list of what may be said. Another
 * template says `"extends": "default"` and then only what differs. Anything else is refused by name.
 */
import type { Diagnostic } from './document.js';
import { diagnose, nearest, Refusal } from './report.js';
import { jsonCure, parseJsonOf } from './report/json-faults.js';

/** Lengths are in points (1/72 inch), colours `#rrggbb`, faces paths of TrueType or OpenType files. */
export interface Template {
  readonly name: string;
  readonly page: {
    readonly size: 'A4' | 'LETTER';
    readonly margins: Readonly<Record<'top' | 'right' | 'bottom' | 'left', number>>;
    /** Every how many lines a number stands in the margin; 0 for none. */
    readonly lineNumbers: number;
  };
  /** Above the title of the first page, in the PDF. */
  readonly logo: {
    /** A PNG without transparency or a JPEG, by its path from the template file; empty for none. */
    readonly file: string;
    readonly height: number;
    readonly align: 'start' | 'middle' | 'end';
    /** What a screen reader says in its place; empty where it only adorns. */
    readonly alt: string;
  };
  readonly face: Readonly<Record<'family' | 'regular' | 'italic' | 'bold' | 'boldItalic', string>> & {
    /** By script (ISO 15924; `Zsym` for symbols): read only where a document needs them. */
    readonly fallbacks: Readonly<Record<string, FallbackFace>>;
  };
  readonly sizes: Readonly<Record<Size, number>>;
  readonly leading: Readonly<Record<Exclude<Size, 'running'>, number>>;
  readonly paragraph: {
    readonly align: 'justify' | 'left';
    readonly hyphenate: boolean;
    /** Between paragraphs. */
    readonly spacing: number;
    /** Of a numbered paragraph's text: its label hangs in this space; each further level adds as much. */
    readonly indent: number;
    /** At least this much stands between a label and its text. */
    readonly labelGap: number;
  };
  readonly colours: Readonly<
    Record<'text' | 'title' | 'heading' | 'label' | 'running' | 'rule' | 'link', string>
  >;
  /** `{title}`, `{date}`, `{symbol}` and `{pages}` are filled in; an empty string leaves the place empty. */
  readonly running: {
    readonly head: string;
    readonly headRight: string;
    readonly foot: string;
    readonly firstPageHead: boolean;
  };
  readonly pdf: {
    /** Whether the JSON edition is embedded; the file is then PDF/A-3a instead of 2a. */
    readonly attachSource: boolean;
    /** Whether a table of contents stands after the title; `auto`: in a text of several pages with headings enough. */
    readonly contents: 'auto' | 'always' | 'never';
  };
  readonly markdown: { readonly pins: boolean };
  readonly docx: {
    /** The face's name in Word: the file does not carry it. */
    readonly face: string;
    /** A house template, .docx or .dotx, by its path from the template file; empty for none. */
    readonly house: string;
    /** Whether a table of contents stands before the text; `auto`: where there are headings enough. */
    readonly contents: 'auto' | 'always' | 'never';
  };
  readonly csv: { readonly escapeFormulas: boolean };
  /** By language (BCP 47, primary subtag); `und` serves every other. */
  readonly strings: Readonly<Record<string, Strings>>;
}

/** The face of a script that the main face lacks. */
export interface FallbackFace {
  readonly regular: string;
  readonly bold?: string;
  /** How much larger than the main face it is set. */
  readonly scale?: number;
  /** How much more leading a text gets whose language is written in the script. */
  readonly leading?: number;
}

export type Size =
  'body' | 'note' | 'title' | 'subtitle' | 'dateline' | 'heading1' | 'heading2' | 'heading3' | 'running';

/** The words of the page in one language. */
export interface Strings {
  /** `{page}` and `{pages}` are filled in. */
  readonly pages: string;
  /** How a paragraph is cited: `para.` before its label. */
  readonly paragraph: string;
  readonly note: string;
  readonly backToText: string;
  /** What stands above a table of contents; empty for nothing. */
  readonly contents: string;
}

/** The words of the page in a document's language. */
export function stringsFor(template: Template, language: string): Strings {
  const primary = language.toLowerCase().split('-')[0] ?? 'und';
  const found = template.strings[primary] ?? template.strings['und'];
  if (!found) throw new Error('the default template has no strings for und');
  return found;
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/** Reads a template's text by name or path, as the template that is being read names it. */
export type TemplateSource = (
  name: string,
  from: string | null,
) => Promise<{ readonly path: string; readonly text: string }>;

/** How many templates may extend each other in a row. */
const longestChain = 10;

/**
 * Reads a template and those that it extends.
 * @param name a shipped template's name, or a path
 * @throws Refusal for a template that isn't there, is no JSON, extends itself, or says what may not be said
 */
export async function loadTemplate(name: string, source: TemplateSource): Promise<Template> {
  const first = await source('default', null);
  const base = parseJson(first);
  const layers: { path: string; value: JsonObject }[] = [];
  let next: string | null = name;
  let from: string | null = null;
  while (next !== null) {
    // The default is read already.
    const file: { path: string; text: string } = next === 'default' ? first : await source(next, from);
    if (layers.some((layer) => layer.path === file.path) || layers.length === longestChain)
      throw new Refusal(
        diagnose(
          'template-invalid',
          `${file.path} extends itself by way of ${layers.map((layer) => layer.path).join(', ') || 'nothing else'}.`,
        ),
      );
    const value = file === first ? base : parseJson(file);
    layers.unshift({ path: file.path, value });
    from = file.path;
    next = extended(value, file.path);
  }
  let template: JsonObject = base;
  for (const layer of layers) {
    const problems = [...refusals(layer.value, base, '', layer.path)];
    if (problems.length > 0) throw new Refusal(...problems);
    template = merge(template, layer.value);
  }
  // Every key of the default is there and every value has its type and range: that is what `refusals` checked.
  return template as unknown as Template;
}

function extended(value: JsonObject, path: string): string | null {
  const name = Object.hasOwn(value, 'extends') ? value['extends'] : undefined;
  if (name === undefined) return null;
  if (typeof name === 'string' && name !== '') return name;
  throw new Refusal(
    diagnose('template-invalid', `${path}: “extends” must be the name or path of a template.`),
  );
}

function parseJson(file: { readonly path: string; readonly text: string }): JsonObject {
  let value: Json;
  try {
    value = parseJsonOf(file.path, file.text) as Json;
  } catch (error) {
    throw error instanceof SyntaxError
      ? new Refusal(diagnose('template-invalid', error.message, undefined, jsonCure))
      : error;
  }
  if (!isObject(value)) throw new Refusal(diagnose('template-invalid', `${file.path} is not a JSON object.`));
  return value;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a value must be beyond its type, by the key's path; the sentence continues "… must be". */
const demands: readonly {
  readonly key: RegExp;
  readonly fits: (value: Json) => boolean;
  readonly must: string;
}[] = [
  { key: /^page\.size$/, fits: (value) => value === 'A4' || value === 'LETTER', must: '"A4" or "LETTER"' },
  {
    key: /^page\.margins\./,
    fits: (value) => Number(value) >= 18 && Number(value) <= 200,
    must: 'between 18 and 200 points',
  },
  {
    key: /^(sizes|leading)\./,
    fits: (value) => Number(value) >= 4 && Number(value) <= 96,
    must: 'between 4 and 96 points',
  },
  {
    key: /^paragraph\.align$/,
    fits: (value) => value === 'justify' || value === 'left',
    must: '"justify" or "left"',
  },
  {
    key: /^paragraph\.(spacing|indent|labelGap)$/,
    fits: (value) => Number(value) >= 0 && Number(value) <= 96,
    must: 'between 0 and 96 points',
  },
  {
    key: /^page\.lineNumbers$/,
    fits: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 50,
    must: 'a whole number from 0 to 50',
  },
  {
    key: /^logo\.file$/,
    fits: (value) => value === '' || /\.(?:png|jpe?g)$/i.test(String(value)),
    must: 'the path of a .png or .jpg file, or empty',
  },
  {
    key: /^logo\.height$/,
    fits: (value) => Number(value) >= 4 && Number(value) <= 200,
    must: 'between 4 and 200 points',
  },
  {
    key: /^logo\.align$/,
    fits: (value) => ['start', 'middle', 'end'].includes(String(value)),
    must: '"start", "middle" or "end"',
  },
  {
    key: /^colours\./,
    fits: (value) => /^#[0-9a-f]{6}$/i.test(String(value)),
    must: 'a colour like "#16324f"',
  },
  {
    key: /^face\.fallbacks\.\w+\.(scale|leading)$/,
    fits: (value) => Number(value) >= 0.5 && Number(value) <= 2,
    must: 'between 0.5 and 2',
  },
  { key: /^(face\.|docx\.face$)/, fits: (value) => value !== '', must: 'a name or path' },
  {
    key: /^docx\.house$/,
    fits: (value) => value === '' || /\.do[ct]x$/i.test(String(value)),
    must: 'the path of a .docx or .dotx file, or empty',
  },
  {
    key: /^(docx|pdf)\.contents$/,
    fits: (value) => ['auto', 'always', 'never'].includes(String(value)),
    must: '"auto", "always" or "never"',
  },
  {
    key: /^name$/,
    fits: (value) => /^[\w -]{1,60}$/.test(String(value)),
    must: 'letters, digits, spaces and hyphens, 60 at most',
  },
];

/** Keys that are the names of things rather than words of ours: any language may have strings. */
const openKeys: Readonly<Record<string, { readonly key: RegExp; readonly like: string }>> = {
  strings: { key: /^[a-z]{2,3}$/, like: 'en' },
  'face.fallbacks': { key: /^[A-Z][a-z]{3}$/, like: 'Arab' },
};

function* refusals(
  value: JsonObject,
  pattern: JsonObject,
  path: string,
  file: string,
): Generator<Diagnostic> {
  for (const [key, given] of Object.entries(value)) {
    if (path === '' && (key === 'extends' || key === '$schema')) continue;
    const full = path === '' ? key : `${path}.${key}`;
    const open = Object.hasOwn(openKeys, path) ? openKeys[path] : undefined;
    const model = Object.hasOwn(pattern, key)
      ? pattern[key]
      : open?.key.test(key)
        ? pattern[open.like]
        : undefined;
    if (model === undefined) {
      yield diagnose(
        'template-invalid',
        `${file}: there is no key “${full}”${nearest(key, Object.keys(pattern)) || '.'}`,
      );
    } else if (isObject(model) && isObject(given)) {
      yield* refusals(given, model, full, file);
    } else if (typeof given !== typeof model || isObject(model) || given === null || Array.isArray(given)) {
      yield diagnose(
        'template-invalid',
        `${file}: “${full}” must be ${isObject(model) ? 'an object' : `a ${typeof model}`}.`,
      );
    } else {
      const demand = demands.find((one) => one.key.test(full) && !one.fits(given));
      if (demand)
        yield diagnose(
          'template-invalid',
          `${file}: “${full}” must be ${demand.must}, not ${JSON.stringify(given)}.`,
        );
    }
  }
}

function merge(base: JsonObject, over: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (key === 'extends' || key === '$schema') continue;
    const under = Object.hasOwn(base, key) ? base[key] : undefined;
    merged[key] = isObject(under) && isObject(value) ? merge(under, value) : value;
  }
  return merged;
}
