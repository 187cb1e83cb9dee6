import type { Region } from '../video/image.ts'
import { assign } from './assignment.ts'
import type { Track } from './face.ts'
import type { Look } from './look.ts'
import { aloneCost, matchCost } from './matching.ts'
import { qualityOf } from './quality.ts'
import { Trail } from './trail.ts'

/** Score from which on a face begins a track, and that a track has on average; below, a face can only go on with one. */
const birth = 0.65

/** Seconds for which a face that is lost is still expected where it was going. */
const patience = 1

/** Tracks that can go on: those seen last. Bounds the work in a crowd that comes and goes. */
const mostOpen = 64

/** Seconds between the look before a face came and the one after it went: with less it is no track. */
const briefest = 0.35

/**
 * Follows faces from look to look: through motion, short occlusions and crossings, and over cuts when a shot returns. Looks
 * may be dense or far apart. The same looks give the same tracks.
 */
export class FaceTracker {
  readonly #trails: Trail[] = []
  /** Of all looks. */
  readonly #seconds: number[] = []
  /** Numbers given to trails that became tracks. */
  readonly #numbers = new Map<Trail, number>()

  /** @param look later than the one before */
  add(look: Look): void {
    const number = this.#seconds.length
    this.#seconds.push(look.seconds)
    const open = this.#open()
    const costs = open.map((trail) => look.faces.map((seen) => matchCost(trail, look, seen)))
    const pairs = assign(costs, aloneCost)
    for (const [i, trail] of open.entries()) {
      const face = pairs[i]
      if (face !== undefined) trail.add(look, look.faces[face]!, number)
    }
    for (const [i, seen] of look.faces.entries()) {
      if (!pairs.includes(i) && seen.face.score >= birth) this.#trails.push(new Trail(look, seen, number))
    }
  }

  /** Boxes where faces should be at a time shortly after the last look. */
  expectedAt(seconds: number): Region[] {
    return this.#open()
      .filter((trail) => seconds - trail.last.seconds <= patience)
      .map((trail) => trail.expectedAt(seconds))
  }

  /**
   * The tracks so far; those seen only for a moment or never clearly are left out. Numbered in the order of appearance;
   * who has been given a number keeps it, even if somebody who came before turns out to have been there for longer.
   */
  tracks(): Track[] {
    return this.#numbered().map(([{ frames, sharpness, firstLook, lastLook }, id]) => ({
      id,
      startSeconds: frames[0]!.seconds,
      endSeconds: frames.at(-1)!.seconds,
      frames: [...frames],
      quality: qualityOf(frames, sharpness, lastLook - firstLook + 1),
    }))
  }

  /** Of the tracks so far, those seen from a time on, with their frames since then. */
  since(seconds: number): Pick<Track, 'id' | 'frames'>[] {
    return this.#numbered().flatMap(([{ frames }, id]) => {
      const recent = frames.slice(frames.findLastIndex((frame) => frame.seconds < seconds) + 1)
      return recent.length === 0 ? [] : [{ id, frames: recent }]
    })
  }

  /** Gives numbers to the trails that have become tracks. */
  #numbered(): [Trail, number][] {
    const known = this.#trails.filter(
      (trail) => this.#numbers.has(trail) || (trail.score >= birth && !this.#isBrief(trail)),
    )
    for (const trail of known.toSorted(
      (a, b) => a.firstLook - b.firstLook || a.frames[0]!.box.x - b.frames[0]!.box.x,
    )) {
      if (!this.#numbers.has(trail)) this.#numbers.set(trail, this.#numbers.size + 1)
    }
    return [...this.#numbers]
  }

  #open(): Trail[] {
    if (this.#trails.length <= mostOpen) return [...this.#trails]
    return this.#trails.toSorted((a, b) => b.lastLook - a.lastLook).slice(0, mostOpen)
  }

  /** Whether the face can only have been there for a moment: it was gone at the looks before and after. */
  #isBrief({ frames, firstLook, lastLook }: Trail): boolean {
    const before = this.#seconds[firstLook - 1]
    const after = this.#seconds[lastLook + 1]
    if (before === undefined && after === undefined) return false
    return (after ?? frames.at(-1)!.seconds) - (before ?? frames[0]!.seconds) < briefest
  }
}
