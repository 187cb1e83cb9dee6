import { listDevices, openDevice } from '../../../src/runtime/index.ts'
import { readClips } from '../clips.ts'
import { decode, encode, type Job, type Result } from '../codec.ts'
import { judge } from '../detections.ts'
import { look } from '../look.ts'
import { meshesOf } from '../meshes.ts'

/** What the tests can call in the page: everything goes in and out as text. */
const functions = {
  listDevices: async () => JSON.stringify(await listDevices()),
  runProgram: async (job: string) => encode(await runProgram(await decode(job))),
  look: async (job: string) => encode(await look(await decode(job))),
  readClips: async (bytes: string) => encode(await readClips(await decode(bytes))),
  judge: async (job: string) => encode(await judge(await decode(job))),
  meshesOf: async (job: string) => encode(await meshesOf(await decode(job))),
}

export type PageFunctions = typeof functions

async function runProgram({ model, options = {}, device = 'auto', threads, state, feeds }: Job): Promise<Result> {
  const begin = performance.now()
  await using opened = await openDevice({ device, ...(threads === undefined ? {} : { threads }) })
  if (state) await opened.write(state)
  const openTime = performance.now() - begin
  const program = await opened.compile(model, options)
  const compileTime = performance.now() - begin - openTime
  const outputs: Result['outputs'] = []
  const runTimes: number[] = []
  for (const feed of feeds) {
    const start = performance.now()
    outputs.push(await program.run(feed))
    runTimes.push(performance.now() - start)
  }
  const times = { open: openTime, compile: compileTime, runs: runTimes }
  return { outputs, state: await opened.read(), report: opened.report, times }
}

Object.assign(globalThis, { unmask: functions })
