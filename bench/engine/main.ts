import { cpus } from 'node:os'
import { table } from '../../src/cli/text.ts'
import { median } from '../median.ts'
import { Contender, hasPeer } from './contender.ts'
import { loadAndRun } from './load.ts'
import { type Subject, subjects, work } from './subjects.ts'

/** Times every subject, in turns with PyTorch where it is installed, and prints one table. */
export async function benchEngine(only?: string): Promise<void> {
  const threads = cpus().length
  const withPeer = hasPeer()
  console.log(`machine: ${cpus()[0]!.model}, ${threads} threads, Node ${process.version}`)
  if (!withPeer) console.log('PyTorch is not installed (Debian: python3-torch python3-torchvision): no comparison')
  const rows = [
    ['', 'ours ms', 'PyTorch ms', 'speed', 'goal', 'ours GF/s', 'per s', 'ours MiB', 'PyTorch MiB', 'memory'],
  ]
  const engines = new Set<string>()
  for (const subject of subjects) {
    if (only && !subject.name.includes(only)) continue
    process.stderr.write(`${subject.name} ...\n`)
    rows.push(await compare(subject, threads, withPeer, engines))
  }
  console.log(`engines: ${[...engines].join('; ')}`)
  for (const line of table(rows, 9)) console.log(line)
  console.log(
    'speed: median over rounds of PyTorch time / our time, the two taking turns; memory: ours / PyTorch, peak',
  )
  console.log('resident memory of a process; GF/s: by the definition of the network, a training step as three passes')
  if (!only) await loadAndRun(threads)
}

async function compare(subject: Subject, threads: number, withPeer: boolean, engines: Set<string>): Promise<string[]> {
  const own = await Contender.own(subject, threads)
  const peer = withPeer ? await Contender.peer(subject, threads) : undefined
  for (const contender of [own, peer]) if (contender) engines.add(contender.engine)
  const warmUp = Math.min(3, subject.rounds)
  const times: { own: number; peer: number }[] = []
  for (let round = -warmUp; round < subject.rounds; round++) {
    const time = { own: await own.run(), peer: peer ? await peer.run() : Number.NaN }
    if (round >= 0) times.push(time)
  }
  const ownTime = median(times.map((time) => time.own))
  const memory = [await own.end(), peer ? await peer.end() : Number.NaN] as const
  return [
    subject.name,
    ownTime.toFixed(0),
    median(times.map((time) => time.peer)).toFixed(0),
    `${median(times.map((time) => time.peer / time.own)).toFixed(2)} x`,
    subject.goal ? `${subject.goal.toFixed(1)} x` : '',
    (work(subject) / (ownTime / 1000)).toFixed(0),
    ((1000 * subject.batch) / ownTime).toFixed(2),
    (memory[0] / 2 ** 20).toFixed(0),
    (memory[1] / 2 ** 20).toFixed(0),
    `${(memory[0] / memory[1]).toFixed(2)} x`,
  ]
}
