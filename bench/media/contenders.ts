import { spawn } from 'node:child_process'
import { ahead } from '../../src/ahead.ts'
import type { FaceDetector } from '../../src/face/detector.ts'
import { FaceFollower } from '../../src/face/follower.ts'
import { centreOf, squareAt } from '../../src/face/geometry.ts'
import type { Frame } from '../../src/video/frame.ts'
import { openVideo } from '../../src/video/open.ts'
import { pace } from '../../src/video/pace.ts'
import { crop } from '../../src/video/sample/crop.ts'

/** Reads a whole video in one way; gives the number of frames. */
export type Contender = (path: string) => Promise<number>

/** Our decoder, every frame handed over. */
export const decoding =
  (isolated: boolean): Contender =>
  async (path) => {
    await using video = await openVideo(path, { isolated })
    let frames = 0
    for await (const _ of video.frames({ reuse: true })) frames++
    return frames
  }

/** The same, with faces followed at ten looks a second and a crop of each face from every frame. */
export const withFaces =
  (detector: FaceDetector): Contender =>
  async (path) => {
    await using video = await openVideo(path)
    const follower = new FaceFollower(detector)
    const isLook = pace(10)
    let faces: readonly { readonly box: Parameters<typeof centreOf>[0] }[] = []
    let frames = 0
    for await (const frame of ahead(video.frames({ reuse: true }))) {
      if (isLook(frame.seconds)) faces = (await follower.look(frame)).faces
      for (const { box } of faces) cropFace(frame, box)
      frames++
    }
    return frames
  }

function cropFace(frame: Frame, box: Parameters<typeof centreOf>[0]): void {
  crop(frame, squareAt(centreOf(box), 1.45 * box.width), { width: 160, height: 160 })
}

/** What a program does that starts `ffmpeg` and reads raw frames from its pipe. */
export const spawned =
  (frameBytes: number): Contender =>
  async (path) => {
    const child = spawn('ffmpeg', ['-v', 'error', '-i', path, '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-'])
    let bytes = 0
    for await (const chunk of child.stdout) bytes += (chunk as Buffer).length
    return bytes / frameBytes
  }
