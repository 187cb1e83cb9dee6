import type { Verdict } from '../detect/result.ts'
import { element } from '../plot/markup.ts'

const mark = (d: string) => element('path', { class: 'mark', d })

/** A shape of its own for each verdict, so that it is told also without colours; within 48 x 48. */
const shapes: Readonly<Record<Verdict, string>> = {
  fake:
    element('path', { class: 'shape', d: 'M15 3h18l12 12v18l-12 12h-18l-12-12v-18z' }) + mark('M24 12v15M24 35v0.5'),
  real: element('circle', { class: 'shape', cx: 24, cy: 24, r: 22 }) + mark('M14 25l7 7 13-15'),
  uncertain:
    element('path', { class: 'shape', d: 'M24 1l23 23-23 23-23-23z' }) +
    mark('M18.5 19.5a5.5 5.5 0 1 1 8.2 4.8c-2 1.1-2.7 2-2.7 4.2M24 35v0.5'),
  'no-face': element('rect', { class: 'shape', x: 3, y: 3, width: 42, height: 42, rx: 10 }) + mark('M15 24h18'),
}

/** The icon of a verdict; words stand beside it. @param size in pixels */
export function verdictIcon(verdict: Verdict, size: number): string {
  const attributes = {
    class: `icon ${verdict}`,
    viewBox: '0 0 48 48',
    width: size,
    height: size,
    'aria-hidden': 'true',
  }
  return element('svg', attributes, shapes[verdict])
}
