import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Operations, Owner } from '../src/files.js';
import { listInputs, openOutput, openShelves, readInput, system } from '../src/files.js';
import { Refusal } from '../src/report.js';
import { loadTemplate } from '../src/template.js';
import { folder } from './engross.js';
import { faultyDisk } from './faulty-disk.js';

const owner: Owner = { host: 'thishost', pid: 4711, isRunning: (pid) => pid === 4711, now: () => 1_000_000 };
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (path: string) => readFileSync(path, 'utf8');

/** The diagnostics that some work is refused with. */
async function refused(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  throw new Error('not refused');
}

describe('writing', () => {
  it('makes folders and files, and leaves equal files alone', async () => {
    const root = join(folder(), 'a', 'b');
    const output = openOutput(root, owner);
    expect(await output.write('x/x.md', bytes('one'))).toBe('written');
    utimesSync(join(root, 'x/x.md'), 1, 1);
    expect(await output.write('x/x.md', bytes('one'))).toBe('unchanged');
    expect(statSync(join(root, 'x/x.md')).mtimeMs).toBe(1000);
    expect(await output.write('x/x.md', bytes('two'))).toBe('written');
    expect(text(join(root, 'x/x.md'))).toBe('two');
    expect(readdirSync(join(root, 'x'))).toEqual(['x.md']);
  });

  it('writes all even where the disk takes 7 bytes at a time', async () => {
    const root = folder();
    const long = 'word '.repeat(100);
    await openOutput(root, owner, faultyDisk(0, '', 7)).write('x/x.md', bytes(long));
    expect(text(join(root, 'x/x.md'))).toBe(long);
  });

  it('makes what is written last before it takes the old file’s place, and the folder’s entry after', async () => {
    if (process.platform === 'win32') return;
    const disk = faultyDisk(0, '');
    await openOutput(folder(), owner, disk).write('x.md', bytes('one'));
    expect(disk.log.slice(disk.log.indexOf('open wx'))).toEqual([
      'open wx',
      'write',
      'sync',
      'close',
      'rename',
      'open r',
      'sync',
      'close',
    ]);
  });

  it('writes files together: all are synced before the first takes its place, the folder once at the end', async () => {
    if (process.platform === 'win32') return;
    const root = folder();
    const disk = faultyDisk(0, '');
    const output = openOutput(root, owner, disk);
    const files = ['x/a.md', 'x/b.md', 'x/c.md'].map((path) => ({ path, bytes: bytes(path) }));
    let before = 0;
    await output.hold('x', async () => {
      before = disk.count();
      expect(await output.writeAll(files)).toEqual(files.map(() => ({ state: 'written' })));
      expect(await output.write('x/d.md', bytes('d'))).toBe('written');
      expect(await output.writeAll(files)).toEqual(files.map(() => ({ state: 'unchanged' })));
    });
    const changes = disk.log
      .slice(before)
      .filter((operation) => ['open wx', 'sync', 'rename', 'open r'].includes(operation));
    const each = (operation: string) => files.map(() => operation);
    expect(changes).toEqual([
      ...each('open wx'),
      ...each('sync'),
      ...each('rename'),
      ...['open wx', 'sync', 'rename'],
      ...each('open r'),
      ...['open r', 'sync'],
    ]);
    expect(readdirSync(join(root, 'x'))).toEqual(['a.md', 'b.md', 'c.md', 'd.md']);
  });

  it('writes the others where one is refused', async () => {
    const root = folder();
    mkdirSync(join(root, 'x/b.md'), { recursive: true });
    const names = ['a', 'b', 'c'].map((name) => `x/${name}.md`);
    const output = openOutput(root, owner);
    const outcomes = await output.writeAll(names.map((path) => ({ path, bytes: bytes(path) })));
    expect(outcomes.map(({ state }) => state)).toEqual(['written', 'failed', 'written']);
    expect(readdirSync(join(root, 'x'))).toEqual(['a.md', 'b.md', 'c.md']);
    expect(text(join(root, 'x/c.md'))).toBe('x/c.md');
  });

  it('refuses anything but a plain file in a file’s place, and touches nothing', async () => {
    const root = folder();
    writeFileSync(join(root, 'victim'), 'mine');
    mkdirSync(join(root, 'x/dir.md'), { recursive: true });
    symlinkSync('../victim', join(root, 'x/link.md'));
    symlinkSync('nowhere', join(root, 'x/dangling.md'));
    const output = openOutput(root, owner);
    for (const [name, found] of [
      ['dir', 'a folder'],
      ['link', 'a symbolic link'],
      ['dangling', 'a symbolic link'],
    ] as const)
      expect(await refused(() => output.write(`x/${name}.md`, bytes('new')))).toBe(
        `output-not-a-file: “${join(root, 'x', `${name}.md`)}” is ${found}, and Engross would put a file there.`,
      );
    expect(text(join(root, 'victim'))).toBe('mine');
  });

  it('refuses a folder in the output folder that leads out of it', async () => {
    const root = folder();
    const elsewhere = folder();
    symlinkSync(elsewhere, join(root, 'x'));
    expect(await refused(() => openOutput(root, owner).write('x/x.md', bytes('new')))).toContain(
      'output-not-a-file',
    );
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it('writes through an output folder that is itself a link: the user named it', async () => {
    const root = join(folder(), 'link');
    const elsewhere = folder();
    symlinkSync(elsewhere, root);
    await openOutput(root, owner).write('x/x.md', bytes('new'));
    expect(readdirSync(elsewhere)).toEqual(['x']);
  });

  it('returns where a file system never makes the folder', { timeout: 5000 }, async () => {
    if (!existsSync('/proc/self')) return;
    expect(await refused(() => openOutput('/proc/engross', owner).write('x/x.md', bytes('new')))).toContain(
      'output-unwritable',
    );
  });

  it('says in words why a file stands in the way', async () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    expect(await refused(() => openOutput(join(file, 'out'), owner).write('x/x.md', bytes('new')))).toBe(
      `output-unwritable: The output folder “${join(file, 'out')}” can’t be made: a file stands in a folder’s place.`,
    );
  });

  it('sweeps away what dead builds have left, and nothing else', async () => {
    const root = folder();
    mkdirSync(join(root, 'x'));
    const left = (host: string, pid: number) => `.engross-${host}-${pid}-0123456789abcdef.tmp`;
    const dead = left('thishost', 99);
    const running = left('thishost', 4711);
    const foreign = left('otherhost', 99);
    const foreignOld = left('otherhost', 98);
    for (const name of [dead, running, foreign, foreignOld, '.engross-notes', 'mine.tmp'])
      writeFileSync(join(root, 'x', name), 'torn');
    const times = (name: string, seconds: number) => {
      utimesSync(join(root, 'x', name), seconds, seconds);
    };
    const later: Owner = { ...owner, now: () => 200_000_000 };
    for (const name of [running, foreign]) times(name, 199_000);
    times(foreignOld, 1);
    await openOutput(root, later).write('x/x.md', bytes('new'));
    expect(readdirSync(join(root, 'x')).sort()).toEqual(
      ['.engross-notes', foreign, running, 'mine.tmp', 'x.md'].sort(),
    );
  });
});

/** A writer as one would write it without thinking: the control that shows that the faults tear. */
async function writeNaively(path: string, content: Uint8Array, operations: Operations): Promise<void> {
  await operations.unlink(path);
  const handle = await operations.open(path, 'wx');
  try {
    await handle.write(content, 0, content.length);
  } finally {
    await handle.close();
  }
}

describe('a disk that fails', () => {
  const files = ['x/x.md', 'x/x.pdf', 'x/manifest.json', 'manifest.json'];
  const old = 'old words '.repeat(50);
  const renewed = 'new words, and more of them '.repeat(50);

  function prepared(): string {
    const root = folder();
    mkdirSync(join(root, 'x'));
    for (const file of files) writeFileSync(join(root, file), old);
    return root;
  }

  /** What is neither old nor new, or gone, and what was left behind. */
  function torn(root: string): string[] {
    const content = (file: string) => (existsSync(join(root, file)) ? text(join(root, file)) : 'nothing');
    const strangers = ['', 'x']
      .flatMap((name) => readdirSync(join(root, name)).map((file) => join(name, file)))
      .filter((file) => file !== 'x' && !files.includes(file));
    return [...strangers, ...files.filter((file) => ![old, renewed].includes(content(file)))];
  }

  for (const code of ['ENOSPC', 'EIO', 'EACCES', 'EROFS', 'EMFILE', 'EDQUOT'])
    it(`leaves each file old or new, whichever operation fails (${code})`, async () => {
      let failures = 0;
      for (let failing = 1; ; failing++) {
        const root = prepared();
        const disk = faultyDisk(failing, code, 200);
        const output = openOutput(root, owner, disk);
        let refusal: unknown;
        try {
          for (const file of files) await output.write(file, bytes(renewed));
        } catch (error) {
          refusal = error;
        }
        expect(torn(root), `operation ${failing}: ${disk.log[failing - 1] ?? 'none'}`).toEqual([]);
        if (disk.count() < failing) {
          expect(refusal).toBeUndefined();
          break;
        }
        failures += 1;
        // A folder that stands there already need not be made: that the system refuses to is no harm.
        if (disk.log[failing - 1] === 'mkdir') continue;
        expect(refusal, `operation ${failing}: ${disk.log[failing - 1] ?? 'none'}`).toBeInstanceOf(Refusal);
        expect((refusal as Refusal).diagnostics[0]?.code).toBe('output-unwritable');
      }
      expect(failures).toBeGreaterThan(60);
    });

  it('is noticed tearing a naive writer', async () => {
    let tears = 0;
    for (let failing = 1; failing <= 16; failing++) {
      const root = prepared();
      const disk = faultyDisk(failing, 'ENOSPC');
      try {
        for (const file of files) await writeNaively(join(root, file), bytes(renewed), disk);
      } catch {
        // The fault that was asked for.
      }
      if (torn(root).length > 0) tears += 1;
    }
    expect(tears).toBe(8);
  });
});

describe('inputs', () => {
  it('are the texts of a folder, by code point, without sidecars, READMEs and dotfiles', async () => {
    const root = folder();
    for (const name of [
      'b.txt',
      'Z.TXT',
      'a.txt',
      '.hidden.txt',
      'README.txt',
      'a.engross.json',
      'c.pdf',
      'é.txt',
    ])
      writeFileSync(join(root, name), 'x');
    mkdirSync(join(root, 'folder.txt'));
    const inputs = await listInputs([root, join(root, 'a.txt')]);
    expect(inputs.map((input) => input.file)).toEqual(['Z.TXT', 'a.txt', 'b.txt', 'é.txt']);
  });

  it('stand in the same order whatever order the disk gives', async () => {
    const root = folder();
    for (const name of ['a.txt', 'b.txt', 'c.txt']) writeFileSync(join(root, name), 'x');
    const backwards: Operations = {
      ...system,
      readdir: async (path) => [...(await system.readdir(path))].reverse(),
    };
    expect((await listInputs([root], backwards)).map((input) => input.file)).toEqual([
      'a.txt',
      'b.txt',
      'c.txt',
    ]);
  });

  it('are refused with a sentence where they are none', async () => {
    const root = folder();
    writeFileSync(join(root, 'a.pdf'), 'x');
    expect(await refused(() => listInputs([root]))).toBe(
      `input-none: There is no .txt or .md file in “${root}”.`,
    );
    expect(await refused(() => listInputs([join(root, 'no')]))).toContain(
      'input-missing: There is no file or folder',
    );
    expect(await refused(() => listInputs([join(root, 'a.pdf', 'b.txt')]))).toContain('input-missing');
    expect(await refused(() => listInputs([join(root, 'a.pdf')]))).toContain('input-kind');
    expect(await refused(() => listInputs(['/dev/null']))).toContain('input-kind');
  });

  it('are read up to a limit, whatever size they claim to have', async () => {
    const root = folder();
    const path = join(root, 'large.txt');
    writeFileSync(path, new Uint8Array(64 * 1024 * 1024 + 1));
    expect(await refused(() => readInput(path))).toBe(`input-too-large: “${path}” is larger than 64 MiB.`);
    const growing: Operations = {
      ...system,
      open: async (name, flags) => ({ ...(await boundless(name, flags)) }),
    };
    expect(await refused(() => readInput(path, growing))).toContain('input-too-large');
    if (existsSync('/proc/self/status'))
      expect((await readInput('/proc/self/status')).length).toBeGreaterThan(0);
  });

  it('that can’t be read are refused in words', async () => {
    const path = join(folder(), 'a.txt');
    writeFileSync(path, 'x');
    chmodSync(path, 0o644);
    for (let failing = 1; failing <= 4; failing++)
      expect(await refused(() => readInput(path, faultyDisk(failing, 'EIO')))).toBe(
        `input-unreadable: “${path}” can’t be read: the disk reports an input/output error.`,
      );
  });
});

/** A file that says it is empty and never ends. */
async function boundless(name: string, flags: 'r' | 'wx') {
  const handle = await system.open(name, flags);
  return {
    ...handle,
    stat: () => Promise.resolve({ size: 0 }),
    read: (_: Uint8Array, __: number, length: number) => Promise.resolve({ bytesRead: length }),
    write: () => Promise.resolve({ bytesWritten: 0 }),
    sync: () => Promise.resolve(),
    close: () => handle.close(),
  };
}

describe('templates and fonts', () => {
  it('are found by name, by path, and from one that extends another', async () => {
    const root = folder();
    mkdirSync(join(root, 'inner'));
    writeFileSync(join(root, 'house.json'), '{ "extends": "inner/base.json", "name": "house" }');
    writeFileSync(join(root, 'inner/base.json'), '{ "extends": "letter", "face": { "bold": "./bold.ttf" } }');
    writeFileSync(join(root, 'inner/bold.ttf'), 'a face');
    const shelves = openShelves();
    const template = await loadTemplate(join(root, 'house.json'), shelves.template);
    expect([template.name, template.page.size]).toEqual(['house', 'LETTER']);
    expect(new TextDecoder().decode(await shelves.font(template.face.bold))).toBe('a face');
    expect((await shelves.font(template.face.regular)).length).toBeGreaterThan(100_000);
    expect(await refused(() => shelves.font('./none.ttf'))).toContain('font-missing');
    expect(await refused(() => shelves.font('../\u0000.ttf'))).toContain('font-missing');
  });

  it('are refused by name where they are unknown', async () => {
    const shelves = openShelves();
    expect(await refused(() => loadTemplate('defualt', shelves.template))).toBe(
      'template-unknown: There is no template “defualt”; did you mean “default”?',
    );
    expect(await refused(() => loadTemplate('./no/such.json', shelves.template))).toContain(
      'There is no template file',
    );
    expect(await refused(() => loadTemplate('constructor', shelves.template))).toContain('template-unknown');
    const large = join(folder(), 'large.json');
    writeFileSync(large, ' '.repeat(10_000_000));
    expect(await refused(() => loadTemplate(large, shelves.template))).toContain('larger than 1 MiB');
  });
});
