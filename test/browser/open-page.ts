import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import type { FaceMesh } from '../../src/face/landmarks/landmarker.ts'
import type { DeviceListing } from '../../src/runtime/index.ts'
import { buildPage } from './build.ts'
import { startChromium } from './chromium.ts'
import type { SeenClips } from './clips.ts'
import { decode, encode, type Job, type Result } from './codec.ts'
import type { DetectionJob, Judgement } from './detections.ts'
import type { Look, LookJob } from './look.ts'
import type { MeshJob } from './meshes.ts'
import type { PageFunctions } from './page/main.ts'
import { serveFiles } from './serve.ts'

export { chromiumMissing } from './chromium.ts'
export type { Job, Result } from './codec.ts'

export interface PageOptions {
  /** Offer Chromium's software WebGPU adapter; default: no WebGPU. */
  readonly webgpu?: boolean
  /** Whether the page is cross-origin isolated, which wasm threads need; default true. */
  readonly isolated?: boolean
  /** Folder with another page; default: the one that `TestPage` can call. */
  readonly root?: URL
}

/** A page in Chromium with Unmask in it. */
export interface TestPage extends AsyncDisposable {
  /** Opens a device in the page, writes the state, compiles the model and runs it once for each of the feeds. */
  runProgram(job: Job): Promise<Result>
  listDevices(): Promise<DeviceListing[]>
  /** Opens a video in the page and goes through its frames. */
  look(job: LookJob): Promise<Look>
  /** Finds the faces in a video and reads its clips. */
  readClips(bytes: Uint8Array<ArrayBuffer>): Promise<SeenClips>
  /** Says whether the faces of a video are forged. */
  judge(job: DetectionJob): Promise<Judgement>
  /** Finds the landmarks of pictures. */
  meshesOf(job: MeshJob): Promise<FaceMesh[]>
  /** What the page asked of other hosts, which were not reached. */
  readonly outside: readonly string[]
  /** Errors and warnings of the page's console. */
  readonly complaints: readonly string[]
  readonly page: Page
}

/** Builds the page (once), serves it and opens it in Chromium. */
export async function openPage({ webgpu = false, isolated = true, root }: PageOptions = {}): Promise<TestPage> {
  const server = await serveFiles(await buildPage(root ?? new URL('./page/', import.meta.url)), isolated)
  const browser = await startChromium(webgpu)
  const page = await browser.newPage()
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const outside: string[] = []
  const complaints: string[] = []
  await page.route(
    (url) => url.origin !== origin && url.protocol.startsWith('http'),
    (route) => {
      outside.push(route.request().url())
      return route.abort()
    },
  )
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`${origin}/`)
  if (!root) await page.waitForFunction(() => 'unmask' in globalThis)
  const call = (name: keyof PageFunctions, argument: string) =>
    page.evaluate(
      ([name, argument]) => {
        const { unmask } = globalThis as unknown as { unmask: PageFunctions }
        return unmask[name as keyof PageFunctions](argument!)
      },
      [name, argument],
    )
  return {
    page,
    outside,
    complaints,
    runProgram: async (job) => decode(await call('runProgram', await encode(job))),
    look: async (job) => decode(await call('look', await encode(job))),
    readClips: async (bytes) => decode(await call('readClips', await encode(bytes))),
    judge: async (job) => decode(await call('judge', await encode(job))),
    meshesOf: async (job) => decode(await call('meshesOf', await encode(job))),
    listDevices: async () => JSON.parse(await call('listDevices', '')),
    [Symbol.asyncDispose]: async () => {
      await browser.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
