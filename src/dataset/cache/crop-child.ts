/** A process that cuts faces out: what decoding may do to a process it does to this one. */
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type ErrorCode, UnmaskError } from '../../errors.ts'
import { openFaceDetector } from '../../face/detector.ts'
import { openLandmarker } from '../../face/landmarks/landmarker.ts'
import { replaceFile } from '../../files/replace.ts'
import { type CutOutTools, cutOut } from './cut-out.ts'
import type { CropAnswer, CropJob, CropTask } from './protocol.ts'
import { encodeRecord } from './record.ts'

/** Failures that come of the machine, not of the entry. */
const ofTheMachine: readonly (ErrorCode | undefined)[] = [
  undefined,
  'device-missing',
  'device-failed',
  'disposed',
  'memory-short',
  'package-damaged',
]

// Ctrl-C reaches every process of a terminal; the parent decides.
process.on('SIGINT', () => {})
process.on('disconnect', () => process.exit())

let job: CropJob
let tools: Promise<CutOutTools>

process.on('message', async (message: CropJob | CropTask) => {
  if ('recipe' in message) {
    job = message
    tools = openTools(message)
    tools.catch(() => {}) // the first task tells of it
    return
  }
  process.send!(await run(message))
})

async function openTools({ settings, isolated }: CropJob): Promise<CutOutTools> {
  const [detector, landmarker] = await Promise.all([
    openFaceDetector(),
    settings.landmarks ? openLandmarker() : undefined,
  ])
  return { detector, landmarker, isolated }
}

async function run({ path, target }: CropTask): Promise<CropAnswer> {
  let opened = false
  try {
    const ready = await tools
    opened = true
    const clips = await cutOut(path, job.settings, ready, new AbortController().signal)
    opened = false
    await mkdir(dirname(target), { recursive: true })
    await replaceFile(target, encodeRecord(clips, job.recipe))
    return { clips: clips.length }
  } catch (error) {
    const code = error instanceof UnmaskError ? error.code : undefined
    const message = error instanceof Error ? error.message : String(error)
    return { failure: { code, message, fatal: !opened || ofTheMachine.includes(code) } }
  }
}
