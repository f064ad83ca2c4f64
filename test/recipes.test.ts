/** docs/recipes.md: its YAML is read, its commands are run for every part, and what is merged is what one machine makes. */
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { contents, engross, root, run, textsIn } from './engross.js';

const page = readFileSync(join(root, 'docs/recipes.md'), 'utf8');

/** The YAML that bears a file's name in its first line; whatever is no plain YAML fails. */
function recipe(file: string): unknown {
  const [, text] = new RegExp('^```yaml\\n(# \\S*' + file + '\\n[^]*?)^```$', 'm').exec(page) ?? [];
  const [document, ...more] = parseAllDocuments(text ?? '', { strict: true, uniqueKeys: true });
  expect([document?.errors, document?.warnings, more]).toEqual([[], [], []]);
  return document?.toJS();
}

/** A place with texts, in which `npx engross` is the compiled command. */
function workplace(texts: string) {
  const cwd = textsIn(6);
  renameSync(join(cwd, 'in'), join(cwd, texts));
  const bin = join(cwd, 'bin');
  mkdirSync(bin);
  const npx = `#!/bin/sh\n[ "$1" = engross ] || exit 9\nshift\nexec "${process.execPath}" "${join(root, 'dist/cli.js')}" "$@"\n`;
  writeFileSync(join(bin, 'npx'), npx);
  chmodSync(join(bin, 'npx'), 0o755);
  const inShell = async (command: string, env: Readonly<Record<string, string>> = {}) => {
    const PATH = `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
    const { code, err } = await run(['sh', '-c', command], { cwd, env: { ...env, PATH } });
    expect([code, err]).toEqual([0, '']);
  };
  const alone = async () => {
    const { code } = await engross(['build', texts, '--verify', '--out', 'alone'], { cwd });
    expect(code).toBe(0);
    return contents(join(cwd, 'alone'));
  };
  return { cwd, inShell, alone };
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly jobs: {
    readonly part: {
      readonly strategy: { readonly matrix: { readonly part: readonly number[] } };
      readonly steps: readonly Step[];
    };
    readonly whole: { readonly needs: string; readonly steps: readonly Step[] };
  };
}

/** The first step of an action, and what it is given. */
const givenTo = (steps: readonly Step[], action: string): Readonly<Record<string, string>> =>
  steps.find(({ uses }) => uses?.startsWith(`actions/${action}@`))?.with ?? {};

const command = (steps: readonly Step[]): Step => steps.find(({ run }) => run?.includes('engross')) ?? {};

interface Job {
  readonly kind: string;
  readonly spec: {
    readonly completionMode?: string;
    readonly completions?: number;
    readonly parallelism?: number;
    readonly template: {
      readonly spec: {
        readonly containers: readonly {
          readonly command: readonly [string, string, string];
          readonly env?: readonly { readonly name: string; readonly value: string }[];
          readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
        }[];
        readonly volumes: readonly { readonly name: string }[];
      };
    };
  };
}

describe.skipIf(process.platform === 'win32')('what the machines make in parts is what one makes', () => {
  it('in a matrix of GitHub Actions', async () => {
    const { jobs } = recipe('editions.yml') as Workflow;
    const { part, whole } = jobs;
    const { cwd, inShell, alone } = workplace('archive');
    const parts = part.strategy.matrix.part;
    expect(parts).toEqual(parts.map((_, index) => index + 1));
    expect(whole.needs).toBe('part');
    const { path: made = '', name: artifact = '' } = givenTo(part.steps, 'upload-artifact');
    const { path: fetched = '', pattern = '' } = givenTo(whole.steps, 'download-artifact');
    for (const number of parts) {
      const filled = (value: string) =>
        value
          .replace('${{ matrix.part }}', String(number))
          .replace('${{ strategy.job-total }}', String(parts.length));
      const { run = '', env = {} } = command(part.steps);
      await inShell(
        run,
        Object.fromEntries(Object.entries(env).map(([name, value]) => [name, filled(value)])),
      );
      // An artifact holds what is in the folder; of several, each is put into a folder of its name.
      const name = filled(artifact);
      expect(name).toMatch(new RegExp(`^${pattern.replace('*', '.+')}$`));
      if (existsSync(join(cwd, made))) {
        cpSync(join(cwd, made), join(cwd, fetched, name), { recursive: true });
        renameSync(join(cwd, made), join(cwd, `machine-${number}`));
      }
    }
    await inShell(command(whole.steps).run ?? '');
    expect(contents(join(cwd, 'editions'))).toEqual(await alone());
  });

  it('in an Indexed Job of Kubernetes', async () => {
    const [parts, whole] = ['parts.yaml', 'whole.yaml'].map((file) => recipe(file) as Job) as [Job, Job];
    const { cwd, inShell, alone } = workplace('input');
    const { completions = 0, completionMode } = parts.spec;
    expect([parts.kind, whole.kind, completionMode]).toEqual(['Job', 'Job', 'Indexed']);
    const inPod = async ({ spec }: Job, index?: number) => {
      const [container] = spec.template.spec.containers;
      const [mount] = container?.volumeMounts ?? [];
      expect(mount?.name).toBe(spec.template.spec.volumes[0]?.name);
      const [shell, option, words = ''] = container?.command ?? [];
      expect([shell, option]).toEqual(['sh', '-c']);
      await inShell(words.replaceAll(mount?.mountPath ?? '', cwd), {
        ...Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value])),
        ...(index === undefined ? {} : { JOB_COMPLETION_INDEX: String(index) }),
      });
    };
    expect(parts.spec.template.spec.containers[0]?.env).toEqual([
      { name: 'PARTS', value: String(completions) },
    ]);
    for (let index = 0; index < completions; index++) await inPod(parts, index);
    await inPod(whole);
    expect(contents(join(cwd, 'editions'))).toEqual(await alone());
  });
});
