import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { table } from '../../src/cli/text.ts'
import { openDetector } from '../../src/detect/detector.ts'
import { readModel } from '../../src/network/model-file-node.ts'
import { Contender, hasPeer, systemPython } from '../engine/contender.ts'
import { median } from '../median.ts'
import type { DetectCommand } from './command.ts'
import { writeCrops } from './crops.ts'

const threads = cpus().length

/** Seconds of each way in one round. */
interface Round {
  readonly cold: number
  readonly warm: number
  /** Where there is PyTorch. */
  readonly peerCold?: number
  readonly peerWarm?: number
}

/**
 * From a file to its verdict: `unmask detect` in a new process, and a detector that is open already, each followed by
 * PyTorch with the paper's network, which is given the faces cut out.
 * @param command with the same model
 * @param model of the package, where none is given
 */
export async function benchClip(
  first: string,
  second: string,
  command: DetectCommand,
  model: string | undefined,
  rounds: number,
) {
  const folder = mkdtempSync(join(tmpdir(), 'unmask-bench-crops-'))
  try {
    const crops = join(folder, 'crops')
    const clips = await writeCrops(first, crops)
    await using detector = await openDetector(model === undefined ? {} : { model: await readModel(model) })
    await detector.detect(second)
    const withPeer = hasPeer()
    if (!withPeer) console.log('PyTorch is not installed (Debian: python3-torch python3-torchvision): no comparison')
    const times: Round[] = []
    for (let round = 0; round < rounds; round++) {
      const cold = await seconds(() => command.run(first))
      const peer = withPeer ? await peerRuns(crops, clips) : {}
      const warm = await seconds(() => detector.detect(second))
      times.push({ cold, warm, ...peer })
      process.stderr.write(`round ${round + 1} of ${rounds}\n`)
    }
    const row = (name: string, own: 'cold' | 'warm', other: 'peerCold' | 'peerWarm') => [
      name,
      median(times.map((round) => round[own])).toFixed(2),
      ...(withPeer
        ? [
            median(times.map((round) => round[other]!)).toFixed(2),
            `${median(times.map((round) => round[other]! / round[own])).toFixed(2)} x`,
          ]
        : []),
    ]
    const headings = [`10 s of 720p30, ${clips} clips`, 'ours s', ...(withPeer ? ['PyTorch s', 'speed'] : [])]
    const rows = [headings, row('new process to verdict', 'cold', 'peerCold'), row('warm', 'warm', 'peerWarm')]
    for (const line of table(rows, 3)) console.log(line)
    console.log(
      'medians of rounds; ours decodes, finds and cuts out the faces, scores a recompressed copy too and explains',
    )
    if (!withPeer) return
    console.log(
      "in each round PyTorch takes its turn: it runs the paper's network (mc3_18, 5 x 20 frames of 112 px a clip)",
    )
    console.log('on the same faces, which are cut out for it before')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function peerRuns(crops: string, clips: number): Promise<Required<Pick<Round, 'peerCold' | 'peerWarm'>>> {
  const begun = performance.now()
  const peer = await Contender.start(systemPython, ['peer.py', crops, `${clips}`, `${threads}`], import.meta.url)
  await peer.run()
  const peerCold = (performance.now() - begun) / 1000
  const peerWarm = (await peer.run()) / 1000
  await peer.end()
  return { peerCold, peerWarm }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}
