import { describe, expect, test } from 'vitest'
import { type Axis, scaleOf } from './axes.ts'
import { plotStyle, svgFile } from './figure.ts'
import { forest } from './forest.ts'
import { histogram } from './histogram.ts'
import { type LineChart, lineChart } from './line-chart.ts'
import { element, escapeMarkup } from './markup.ts'
import { reliability } from './reliability.ts'

const words = { title: 'A & B <c>', description: '"quoted"' }
const axes = { x: { label: 'x <1>' }, y: { label: 'y & more' } }
const lines = (series: LineChart['series'], more: Partial<LineChart> = {}) =>
  lineChart({ ...words, ...axes, series, ...more })

/** Elements open and close in order, texts hold no markup, numbers are numbers. */
function expectSound(svg: string): void {
  const open: string[] = []
  for (const [, closing, name, empty] of svg.matchAll(/<(\/?)([a-z]+)(?:\s[a-z:A-Z0-9-]+="[^"<]*")*(\/?)>/g)) {
    if (closing) expect(open.pop()).toBe(name)
    else if (!empty) open.push(name!)
  }
  expect(open).toEqual([])
  expect(svg).not.toMatch(/NaN|Infinity|undefined/)
  expect(svg.replaceAll(/<\/?[a-z]+(?:\s[a-z:A-Z0-9-]+="[^"<]*")*\/?>/g, '')).not.toMatch(/[<>]/)
}

const paths = (svg: string) =>
  [...svg.matchAll(/<path class="([^"]*)" d="([^"]*)"/g)].map(([, kind, d]) => ({ kind, d }))

describe('lines', () => {
  test('title, description, axes and names, as text', () => {
    const svg = lines([
      {
        name: 'one & only',
        points: [
          [0, 0],
          [1, 2],
        ],
      },
    ])
    expectSound(svg)
    expect(svg).toContain('aria-labelledby="plot-a-b-c--title plot-a-b-c--description"')
    for (const text of ['A &amp; B &lt;c&gt;', '&quot;quoted&quot;', 'x &lt;1&gt;', 'y &amp; more', 'one &amp; only']) {
      expect(svg).toContain(`>${text}<`)
    }
  })

  test('points are where they belong; y goes up', () => {
    const [path] = paths(
      lines(
        [
          {
            name: 'a',
            points: [
              [0, 0],
              [1, 1],
            ],
          },
        ],
        { x: { label: '', domain: [0, 1] } },
      ),
    )
    const [[x0, y0], [x1, y1]] = [...path!.d!.matchAll(/([\d.]+),([\d.]+)/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]) as [[number, number], [number, number]]
    expect([x0, x1]).toEqual([56, 456])
    expect(y0).toBeGreaterThan(y1)
  })

  test('each series has its look; references have none of their own', () => {
    const points = [
      [0, 0],
      [1, 1],
    ] as const
    const names = Array.from({ length: 8 }, (_, i) => ({ name: `s${i}`, points }))
    const kinds = paths(lines([{ name: 'r', points, reference: true }, ...names])).map(({ kind }) => kind)
    expect(kinds.slice(0, 3)).toEqual(['reference', 'line series-1 dash-1', 'line series-2 dash-2'])
    expect(new Set(kinds).size).toBe(9)
  })

  test('steps', () => {
    const d = (shape: 'step-before' | 'step-after') =>
      paths(
        lines([
          {
            name: 'a',
            points: [
              [0, 0],
              [1, 1],
            ],
            shape,
          },
        ]),
      )[0]!.d!.match(/[\d.]+,[\d.]+/g)!
    const [start, before] = d('step-before')
    const [, after] = d('step-after')
    expect(before!.split(',')[0]).toBe(start!.split(',')[0])
    expect(after!.split(',')[1]).toBe(start!.split(',')[1])
  })

  test('a number that is none makes a gap, as does 0 on a logarithmic axis', () => {
    const gap = lines([
      {
        name: 'a',
        points: [
          [0, 1],
          [1, 2],
          [2, Number.NaN],
          [3, 3],
          [4, Infinity],
          [5, 1],
        ],
      },
    ])
    expectSound(gap)
    expect(paths(gap)[0]!.d!.match(/M/g)).toHaveLength(3)
    const log = lines(
      [
        {
          name: 'a',
          points: [
            [0, 10],
            [1, 0],
            [2, 1e-3],
            [3, 1],
          ],
        },
      ],
      { y: { label: 'loss', scale: 'log' } },
    )
    expectSound(log)
    expect(paths(log)[0]!.d!.match(/M/g)).toHaveLength(2)
    expect(log).toMatch(/>0\.001<.*>10</)
  })

  test.each([
    ['no series', []],
    ['no points', [{ name: 'a', points: [] }]],
    ['one point', [{ name: 'a', points: [[3, 7]] as const }]],
    [
      'the same points',
      [
        {
          name: 'a',
          points: [
            [2, 0],
            [2, 0],
          ] as const,
        },
      ],
    ],
    ['no numbers', [{ name: 'a', points: [[Number.NaN, Number.NaN]] as const }]],
  ])('%s', (_, series) => {
    for (const scale of ['linear', 'log'] as const) {
      expectSound(lines(series, { x: { label: 'x', scale }, y: { label: 'y', scale } }))
    }
  })
})

test('ticks: few, within the axis, in percent where asked', () => {
  const axis: Axis = { label: '', domain: [0, 1], percent: true }
  expect(scaleOf(axis, [], 0, 400).ticks.map(({ text }) => text)).toEqual([
    '0 %',
    '20 %',
    '40 %',
    '60 %',
    '80 %',
    '100 %',
  ])
  const steps = scaleOf({ label: '' }, [0, 12_345], 0, 400).ticks
  expect(steps.map(({ text }) => text)).toContain('12,000')
  const log = scaleOf({ label: '', scale: 'log' }, [1e-6, 1], 0, 300)
  expect(log.ticks.filter(({ text }) => text !== '').length).toBeLessThan(10)
  expect(log(1e-6)).toBeCloseTo(0, 6)
})

test('histogram: each class adds up to 1, and a class may be empty', () => {
  const classes = [
    { name: 'real', values: [0, 0.1, 0.1, 1] },
    { name: 'fake', values: [] },
  ]
  const svg = histogram({ ...words, xLabel: 'p', classes, mark: { value: 0.9, name: 'threshold' }, bins: 10 })
  expectSound(svg)
  const outline = paths(svg).find(({ kind }) => kind === 'line series-1 dash-1')!.d!
  // Bins of 0.1: one value in the first, two in the second, one in the last.
  const heights = outline.match(/V[\d.]+|,[\d.]+/g)!.map((part) => 316 - Number(part.slice(1)))
  const [first, second] = [heights[0]!, Math.max(...heights)]
  expect(second / first).toBeCloseTo(2, 1)
  expectSound(histogram({ ...words, xLabel: 'p', classes: [] }))
})

test('reliability: dots and intervals', () => {
  const points = [{ probability: 0.2, share: 0.1, low: 0, high: 0.3, weight: 5 }]
  const svg = reliability({ ...words, xLabel: 'p', yLabel: 's', points })
  expectSound(svg)
  expect(svg.match(/<circle/g)).toHaveLength(1)
  expectSound(reliability({ ...words, xLabel: 'p', yLabel: 's', points: [] }))
})

test('forest: values with intervals, without, and none', () => {
  const rows = [
    { name: 'all', value: 0.9, low: 0.8, high: 0.95 },
    { name: 'a <name> that is much too long to be shown', value: 0.7, low: null, high: null },
    { name: 'none', value: null, low: null, high: null },
  ]
  const svg = forest({ ...words, x: { label: 'AUC' }, rows, reference: 0.5 })
  expectSound(svg)
  expect(svg).toContain('>0.900 (0.800–0.950)<')
  expect(svg).toContain(
    '>a &lt;name&gt; that is much too…<title>a &lt;name&gt; that is much too long to be shown</title>',
  )
  expect(svg.match(/<circle/g)).toHaveLength(2)
  expectSound(forest({ ...words, x: { label: 'AUC' }, rows: [] }))
})

test('as a file of its own it has its style', () => {
  const svg = svgFile(
    lines([
      {
        name: 'a',
        points: [
          [0, 0],
          [1, 1],
        ],
      },
    ]),
  )
  expect(svg).toMatch(/^<\?xml .*\?>\n<svg class="plot" xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]*><style>/)
  expect(svg).toMatch(/<\/svg>\n$/)
})

test('markup of text: nothing of it is markup, and nothing is forbidden in XML', () => {
  expect(escapeMarkup(`<a href="x">'&`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;')
  expect(escapeMarkup('a\u0000b\ud800c\n')).toBe('a\ufffdb\ufffdc\n')
  expect(escapeMarkup('\u202egpj.exe')).toBe('\ufffdgpj.exe')
  expect(element('a', { title: '"', width: 1.234, class: undefined })).toBe('<a title="&quot;" width="1.23"/>')
})

test('every colour has a contrast of at least 3 to its ground, texts 4.5, in light and dark', () => {
  const [light, dark] = plotStyle
    .split('@media')
    .map((part) =>
      Object.fromEntries([...part.matchAll(/--plot-(\w+): (#\w+)/g)].map(([, name, colour]) => [name!, colour!])),
    ) as [Record<string, string>, Record<string, string>]
  expect(Object.keys(light)).toEqual(Object.keys(dark))
  for (const colours of [light, dark]) {
    for (const name of ['1', '2', '3', '4', '5', '6'])
      expect(contrast(colours[name]!, colours.ground!)).toBeGreaterThan(3)
    for (const name of ['ink', 'soft']) expect(contrast(colours[name]!, colours.ground!)).toBeGreaterThan(4.5)
  }
})

/** As WCAG 2.2 defines it. */
function contrast(one: string, other: string): number {
  const [low, high] = [one, other].map(luminance).sort((a, b) => a - b) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
