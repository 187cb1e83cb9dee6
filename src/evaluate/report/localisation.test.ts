import { expect, test } from 'vitest'
import { evaluationSchema } from '../evaluation.ts'
import { summarise } from '../summary.ts'
import { localisation } from './localisation.ts'
import { reportHtml } from './report.ts'

const evaluation = summarise([], [], { threshold: 0.5, protocol: {} })

const map = (pointing: number, low: number | null, high: number | null) => ({
  pointing: { value: pointing, low, high },
  pointingExact: { value: pointing / 2, low: null, high: null },
  overlap: { value: 0.25, low: 0.125, high: 0.5 },
  threshold: 0.5,
})
const group = (videos: number) => ({
  videos,
  frames: 10 * videos,
  maps: { cam: map(0.8, 0.7, 0.9), bestHead: { ...map(0.6, null, null), head: 3 } },
  chance: { pointing: 0.4, pointingExact: 0.2, overlap: 0.3 },
})

const localised = evaluationSchema.parse({
  ...evaluation,
  localisation: {
    ...group(7),
    subsets: { Deepfakes: group(4), '<NeuralTextures>': group(3) },
    places: { mouth: { forged: 0.75, peaks: 0.5 } },
    failures: [{ path: 'a.mp4', subset: 'Deepfakes', reason: 'no-face', message: '' }],
  },
})

test('numbers beside those of guessing', () => {
  const html = localisation(localised)
  const rows = [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) =>
    row!
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  )
  expect(rows).toEqual([
    'evidence pointing exactly overlap',
    'Grad-CAM 80.0 % 70.0 to 90.0 40.0 % 25.0 % 12.5 to 50.0',
    'the best attention head 60.0 % 30.0 % 25.0 % 12.5 to 50.0',
    'guessing 40.0 % 20.0 % 30.0 %',
    'subset videos guessing Grad-CAM the best attention head',
    'Deepfakes 4 40.0 % 80.0 % 70.0 to 90.0 60.0 %',
    '&lt;NeuralTextures&gt; 3 40.0 % 80.0 % 70.0 to 90.0 60.0 %',
    'part forged strongest evidence',
    'mouth 75.0 % 50.0 %',
  ])
  expect(html).toContain('in 70 frames of 7 fakes')
  expect(html).toContain('Of 1 more nothing can be said.')
  expect(reportHtml(localised)).toContain(html)
})

test('nothing where it was not measured', () => {
  expect(localisation(evaluation)).toBe('')
})
