import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { table } from '../../src/cli/text.ts'
import { openFaceDetector } from '../../src/face/detector.ts'
import { type Look, lookOf } from '../../src/face/look.ts'
import { portraitDistance } from '../../src/face/portrait.ts'
import { sceneDistance } from '../../src/face/scene.ts'
import { FaceTracker } from '../../src/face/tracker.ts'
import { openVideo } from '../../src/video/open.ts'
import { percent } from '../percent.ts'
import { data } from './data.ts'

/** Looks at a video of one person, those in which a face was found. */
interface Person {
  readonly set: string
  readonly name: string
  readonly looks: readonly Look[]
}

const sets = ['train/videos/grid', 'train/videos/liveportrait', 'val/real/pcavs', 'val/real/vidtimit']
const shares = [0.001, 0.01, 0.05, 0.5, 0.9, 0.95, 0.99, 0.999]

/** How much one person differs from look to look, how much two do, and what the tracker makes of cuts between them. */
export async function benchPeople(): Promise<void> {
  const people = await read()
  const rows = [['portraits', 'pairs', ...shares.map((share) => percent(share))]]
  for (const [from, to] of [
    [0.05, 0.15],
    [0.4, 0.6],
    [2, 6],
  ] as const) {
    rows.push([`same, ${from} to ${to} s apart`, ...quantiles(samePairs(people, from, to, portraits))])
  }
  for (const set of sets) rows.push([`two of ${set}`, ...quantiles(otherPairs(people, portraits, set))])
  rows.push(['two of all', ...quantiles(otherPairs(people, portraits))])
  rows.push(['scenes', '', ...shares.map(() => '')])
  rows.push(['same, 0.05 to 0.15 s apart', ...quantiles(samePairs(people, 0.05, 0.15, scenes))])
  for (const set of sets) rows.push([`two of ${set}`, ...quantiles(otherPairs(people, scenes, set))])
  for (const line of table(rows, shares.length + 1)) console.log(line)
  console.log('\nshot of one, cut to another in the same set, cut back: two tracks, the first one going on')
  for (const set of sets) console.log(`${set}: ${cuts(people.filter((person) => person.set === set))}`)
}

async function read(): Promise<Person[]> {
  await using detector = await openFaceDetector()
  const people: Person[] = []
  for (const set of sets) {
    for (const name of readdirSync(join(data, set))) {
      await using video = await openVideo(join(data, set, name), { stillsRate: 10, isolated: false })
      const looks: Look[] = []
      for await (const frame of video.frames({ rate: 10 })) {
        looks.push(lookOf(frame, (await detector.detect(frame, { small: 'never' })).slice(0, 1)))
      }
      people.push({ set, name, looks: looks.filter(({ faces }) => faces.length > 0) })
    }
  }
  return people
}

type Distance = (a: Look, b: Look) => number
const portraits: Distance = (a, b) => portraitDistance(a.faces[0]!.portrait, b.faces[0]!.portrait)
const scenes: Distance = (a, b) => sceneDistance(a.scene, b.scene)

function samePairs(people: readonly Person[], from: number, to: number, of: Distance): number[] {
  // The stills of VidTIMIT have no times.
  const videos = people.filter(({ set }) => !set.endsWith('vidtimit'))
  return videos.flatMap(({ looks }) =>
    looks.flatMap((a, i) =>
      looks.slice(i + 1).flatMap((b) => {
        const gap = b.seconds - a.seconds
        return gap >= from && gap <= to ? [of(a, b)] : []
      }),
    ),
  )
}

function otherPairs(people: readonly Person[], of: Distance, set?: string): number[] {
  return pairs(people.filter((person) => set === undefined || person.set === set)).flatMap(([a, b]) => [
    of(a.looks[0]!, b.looks[0]!),
    of(a.looks.at(-1)!, b.looks[0]!),
  ])
}

/** Pairs of different people, as far as names tell: those of videos of one person begin alike. */
function pairs(people: readonly Person[]): (readonly [Person, Person])[] {
  const start = ({ name }: Person) => name.slice(0, 3)
  return people.flatMap((a) => people.filter((b) => start(a) !== start(b)).map((b) => [a, b] as const))
}

function cuts(people: readonly Person[]): string {
  const all = pairs(people.filter(({ looks }) => looks.length > 5))
  const right = all.filter(([a, b]) => {
    const half = Math.min(20, a.looks.length >> 1)
    const tracker = new FaceTracker()
    const shots = [...a.looks.slice(0, half), ...b.looks.slice(0, 20), ...a.looks.slice(half, 2 * half)]
    for (const [i, look] of shots.entries()) tracker.add({ ...look, seconds: i / 10 })
    const tracks = tracker.tracks()
    return tracks.length === 2 && tracks[0]!.frames.length === 2 * half
  })
  return `${percent(right.length / all.length)} of ${all.length}`
}

function quantiles(values: readonly number[]): string[] {
  const sorted = values.toSorted((a, b) => a - b)
  return [`${values.length}`, ...shares.map((share) => sorted[Math.floor(share * sorted.length)]!.toFixed(2))]
}
