import { describe, expect, test } from 'vitest'
import { Random } from '../tensor/random.ts'
import { type ReportOptions, reportOf } from './report.ts'
import {
  fake,
  hostileText,
  largest,
  noFace,
  real,
  several,
  uncalibrated,
  uncertain,
  worded,
} from './testing/detections.ts'

const options = { name: 'talk.mp4', date: new Date('2026-01-02T03:04:05Z') }
const count = (html: string, part: string | RegExp) => html.split(part).length - 1
/** What a reader reads. */
const wordsOf = (html: string) =>
  html.replaceAll(/<style>.*?<\/style>|<title.*?<\/title>|<[^>]*>/gs, ' ').replaceAll(/\s+/g, ' ')

const detections = { fake, real, uncertain, uncalibrated, largest, noFace, several, hostile: () => worded(hostileText) }

test.each(Object.entries(detections))('%s: a page that asks nothing of others', (_, detection) => {
  const html = reportOf(detection(), options)
  const addresses = [...html.matchAll(/\s(?:src|href|srcset|action|data|poster)="([^"]*)"/g)].map(
    ([, address]) => address!,
  )
  for (const address of addresses) {
    if (!address.startsWith('#')) expect(address).toMatch(/^data:image\/png;base64,[A-Za-z0-9+/]+=*$/)
    else expect(html).toContain(`id="${address.slice(1)}"`)
  }
  expect(html.replaceAll('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|@import|url\(|<script|<link/)
  const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(html).not.toMatch(/NaN|Infinity|undefined|\[object/)
})

describe('what it says', () => {
  test('the verdict, the probability, the reasons, when and on what', () => {
    const words = wordsOf(reportOf(fake(), options))
    for (const part of [
      '2026-01-02 03:04 UTC',
      'talk.mp4',
      'Fake',
      'Probability that a face in it is forged: 91 %',
      '4 of 5 clips, most of it at the mouth.',
      'Compressed again (hollow mark): 84 %. The score alone stays on the same side.',
      'mouth 47 %',
      '0:02.6: 95 %',
      '0123456789abcdef'.repeat(4),
      'A score is no proof.',
    ]) {
      expect(words).toContain(part)
    }
  })

  test('an uncertain answer is none, and what the file lacks is told', () => {
    const words = wordsOf(reportOf(uncertain(), options))
    expect(words).toContain('The score, on which no answer rests: 78 %')
    expect(words).toContain('No answer rests on these maps')
    expect(words).toContain('The score alone would lead to another answer.')
    expect(words).toContain('The file: 12 of 300 frames are missing')
    expect(words).toContain('3 missing, others stand in for them')
  })

  test('of a model that is not calibrated nothing is called a probability', () => {
    const html = reportOf(uncalibrated(), options)
    expect(wordsOf(html)).toContain('Score for it that a face in it is forged: 91 %')
    expect(wordsOf(html)).toContain('The model is not calibrated: its scores are no probabilities.')
    expect(html).not.toMatch(/\bprobability\b/i)
    expect(reportOf(fake(), options)).not.toContain('not calibrated')
  })

  test('where only the largest face counts, no more is claimed', () => {
    const words = wordsOf(reportOf(largest(), options))
    expect(words).toContain('Probability that its largest face is forged: 91 %')
    expect(words).toContain('only the largest, as was asked for; 1 narrower one not judged')
    expect(words).toContain('that of the video that of its largest face alone')
    expect(words).not.toContain('main faces')
    expect(wordsOf(reportOf(fake(), options))).toContain('faces all that are in view for long enough model')
  })

  test('without a face there is no probability', () => {
    const words = wordsOf(reportOf(noFace(), options))
    expect(words).toContain('There was no face to judge.')
    expect(words).toContain('length not told by the file')
    expect(words).not.toMatch(/Probability that a face|Face 1/)
  })

  test('of a face held to be real no evidence is shown', () => {
    const html = reportOf(real(), options)
    expect(count(html, '<img')).toBe(0)
    expect(wordsOf(html)).toContain('No heat maps are shown')
  })

  test('several faces, each with its answer, and which do not count', () => {
    const html = reportOf(several(), options)
    expect([...html.matchAll(/<section class="face" id="(.*?)"/g)].map(([, id]) => id)).toEqual([
      'face-1',
      'face-2',
      'face-3',
    ])
    const words = wordsOf(html)
    expect(words).toContain('Face 2: 4 of 5 clips')
    expect(words).toContain('In the background: the answer for the video does not count it.')
    expect(words).toContain('The model found no evidence for fake anywhere.')
    expect(count(html, '<img')).toBe(6)
  })
})

test('whatever a file or a model is called, it is text', () => {
  const [html, tame] = [hostileText, 'tame'].map((name) => reportOf(worded(name), { name })) as [string, string]
  const elements = (page: string) => [...page.matchAll(/<[a-z]+/g)].map(([tag]) => tag)
  expect(elements(html)).toEqual(elements(tame))
  expect(html).toContain('&lt;script&gt;alert(1)')
  expect(html).not.toContain('\u202e')
})

test('three moments of pictures that do not compress stay below 2 MB', () => {
  const random = new Random(1)
  const noise = { width: 400, height: 400, data: Uint8Array.from({ length: 480_000 }, () => random.integer(256)) }
  expect(reportOf(fake(noise), options).length).toBeLessThan(2e6)
})

test('names an option that it does not know', () => {
  const wrong = { name: 'a', dat: new Date() } as unknown as ReportOptions
  expect(() => reportOf(noFace(), wrong)).toThrow('reportOf: unknown key "dat" (did you mean "date"?)')
})
