/**
 * Where a text stands: its region and annex, its role, its level. Each edition says some of this, and what it says must be
 * so.
 */
import type { Standing, Unit } from './flat.js';

/** The texts with the tags that a PDF gives to titles and headings: no level is skipped (ISO 14289-1, 7.4.2). */
export function withRanks(units: readonly Unit[]): Unit[] {
  let last = 0;
  return units.map((unit) => {
    const { kind, standing } = unit;
    const isSaid = unit.label !== '' || unit.calls.length > 0 || unit.words.join('').trim() !== '';
    if ((kind !== 'title' && kind !== 'heading') || !isSaid) return unit;
    const wanted = (kind === 'title' ? 1 : (standing?.level ?? 1) + 1) + (standing?.isAttached ? 1 : 0);
    last = Math.max(1, Math.min(wanted, last + 1, 6));
    return { ...unit, standing: { ...standing, rank: last } };
  });
}

/**
 * What an edition says otherwise of where a text stands, in sentences.
 * @param attachments the pins of all attachments
 * @param isPin whether the second is the first as an edition writes it
 */
export function* misplaced(
  { standing: expected, roles }: { readonly standing: Standing; readonly roles: readonly string[] },
  got: Standing,
  attachments: readonly string[],
  isPin: (expected: string, got: string) => boolean,
): Generator<string> {
  if (got.region !== undefined && expected.region !== undefined && got.region !== expected.region)
    yield `expected it in ${expected.region}, got it in ${got.region}`;
  yield* misattached(expected, got, attachments, isPin);
  if (got.roles && roles.length > 0 && !roles.some((role) => got.roles?.includes(role)))
    yield `expected the role ${roles.join(' or ')}, got ${got.roles.join(' or ')}`;
  const { isDeepest } = got;
  for (const key of ['level', 'depth', 'indents', 'rank'] as const) {
    const [wanted, is] = [expected[key], got[key]];
    if (wanted === undefined || is === undefined || wanted === is) continue;
    if (isDeepest && (key === 'level' || key === 'indents') && wanted > is) continue;
    yield `expected the ${names[key]} ${wanted}, got ${is}`;
  }
}

const names = { level: 'level', depth: 'depth', indents: 'indent', rank: 'heading tag H' } as const;

function* misattached(
  expected: Standing,
  got: Standing,
  attachments: readonly string[],
  isPin: (expected: string, got: string) => boolean,
): Generator<string> {
  const place = (pin: string | null | undefined) => (pin ? `in ${pin}` : 'in no annex');
  if (
    got.isAttached !== undefined &&
    expected.isAttached !== undefined &&
    got.isAttached !== expected.isAttached
  )
    yield `expected it ${place(expected.attachment)}, got it ${got.isAttached ? 'in an annex' : 'in none'}`;
  if (expected.attachment === undefined) return;
  if (got.attachment !== undefined && got.attachment !== expected.attachment)
    yield `expected it ${place(expected.attachment)}, got it ${place(got.attachment)}`;
  if (!got.within) return;
  const enclosing = got.within;
  const around = attachments.filter((pin) => enclosing.some((one) => isPin(pin, one)));
  if (around.join() !== (expected.attachment === null ? '' : expected.attachment))
    yield `expected it ${place(expected.attachment)}, got it ${around.length === 0 ? place(null) : place(around.join(', '))}`;
}
