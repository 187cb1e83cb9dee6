import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cropRegions } from '../../face/crop.ts'
import type { Track, TrackFrame } from '../../face/face.ts'
import type { Frame } from '../../video/frame.ts'
import type { Region } from '../../video/image.ts'
import { encodeImage } from '../../video/node/writer/image.ts'
import { crop } from '../../video/sample/crop.ts'
import { cropFile, trackFolder } from './outputs.ts'
import { framesOnSheet, type SheetPicture, sheetLayout, tracksOnSheet } from './sheet.ts'

/** A face in a frame that is to be cut out. */
interface Wanted {
  readonly id: number
  readonly found: TrackFrame
  readonly region: Region
  readonly onSheet: boolean
}

/** Cuts the faces out of the frames in which they were found, into a folder for each track. */
export class Crops {
  /** How many there are so far. */
  written = 0
  readonly forSheet = new Map<number, SheetPicture[]>()
  readonly #wanted = new Map<number, Wanted[]>()
  readonly #folder: string
  readonly #size: number

  /** @param size width and height of a crop */
  constructor(tracks: readonly Track[], folder: string, size: number) {
    this.#folder = folder
    this.#size = size
    const rows = new Set(tracksOnSheet(tracks))
    for (const track of tracks) {
      const shown = new Set(rows.has(track) ? framesOnSheet(track) : [])
      const regions = cropRegions(
        track.frames,
        track.frames.map(({ seconds }) => seconds),
      )
      for (const [i, found] of track.frames.entries()) {
        const wanted = this.#wanted.get(found.index!) ?? []
        wanted.push({ id: track.id, found, region: regions[i]!, onSheet: shown.has(found) })
        this.#wanted.set(found.index!, wanted)
      }
    }
  }

  async take(frame: Frame): Promise<void> {
    for (const { id, found, region, onSheet } of this.#wanted.get(frame.index!) ?? []) {
      const folder = join(this.#folder, trackFolder(id))
      await mkdir(folder, { recursive: true })
      const image = crop(frame, region, { width: this.#size, height: this.#size })
      await writeFile(join(folder, cropFile(frame.index!)), await encodeImage(image, 'png'))
      this.written++
      if (onSheet) this.#keep(id, { frame: found, image: crop(frame, region, pictureSize) })
    }
  }

  #keep(id: number, picture: SheetPicture): void {
    this.forSheet.set(id, [...(this.forSheet.get(id) ?? []), picture])
  }
}

const pictureSize = { width: sheetLayout.pictureSize, height: sheetLayout.pictureSize }
