import { existsSync } from 'node:fs'
import { type DeviceListing, listDevices, openDevice, type Tensors } from '../../src/runtime/index.ts'
import { chromiumMissing, type Job, openPage } from '../browser/open-page.ts'

/** What came of a job (its outputs run by run, and the state that it was given as it is then), wherever it was done. */
export interface Outcome {
  readonly outputs: readonly Tensors[]
  readonly state: Tensors
}

/** Somewhere that jobs can be done. */
export interface Place extends AsyncDisposable {
  run(job: Omit<Job, 'device' | 'threads'>): Promise<Outcome>
}

/** A kind of device in Node or in Chromium, to be held against Node's CPU. */
export interface PlaceKind {
  readonly name: string
  /** What models are written for. */
  readonly provider: 'wasm' | 'webgpu'
  /** Why it is not here, if it is not. */
  readonly missing: string | undefined
  open(): Promise<Place>
}

// Chromium's package brings a Vulkan driver that needs no GPU. It is used unless the environment names another.
const driver = '/usr/lib/chromium/vk_swiftshader_icd.json'
if (existsSync(driver)) process.env.VK_ICD_FILENAMES ??= driver
const listing = (await listDevices()).find(({ kind }) => kind === 'webgpu') as DeviceListing
const webgpuMissing = listing.available ? undefined : `${listing.reason}; ${driver} and libvulkan would do`

const kinds: readonly PlaceKind[] = [
  { name: 'WebGPU in Node', provider: 'webgpu', missing: webgpuMissing, open: () => inNode('webgpu') },
  { name: 'wasm in Chromium', provider: 'wasm', missing: chromiumMissing, open: () => inPage('wasm') },
  { name: 'WebGPU in Chromium', provider: 'webgpu', missing: chromiumMissing, open: () => inPage('webgpu') },
]

/** All places but Node's CPU. In `title` the name, and why it is skipped if it is not here. */
export const places = kinds.map((kind) => {
  const title = kind.missing === undefined ? kind.name : `${kind.name} (skipped: ${kind.missing})`
  return { ...kind, title }
})

/** A place in this process. One device does all jobs, so that what it has compiled for one serves the next. */
export async function inNode(device: 'cpu' | 'webgpu'): Promise<Place> {
  const opened = await openDevice({ device })
  return {
    run: async ({ model, options, state = {}, feeds }) => {
      await opened.write(state)
      await using program = await opened.compile(model, options)
      const outputs: Tensors[] = []
      for (const feed of feeds) outputs.push(await program.run(feed))
      return { outputs, state: await opened.read(Object.keys(state)) }
    },
    [Symbol.asyncDispose]: () => opened.dispose(),
  }
}

/** A place in a page of its own. Every job has a device of its own. */
async function inPage(device: 'wasm' | 'webgpu'): Promise<Place> {
  const page = await openPage({ webgpu: device === 'webgpu' })
  return {
    run: (job) => page.runProgram({ ...job, device, threads: 2 }),
    [Symbol.asyncDispose]: () => page[Symbol.asyncDispose](),
  }
}
