import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { cropRegions, faceBoxInCrop } from '../../src/face/crop.ts'
import { openFaceDetector } from '../../src/face/detector.ts'
import { openLandmarker } from '../../src/face/landmarks/landmarker.ts'
import { trackFaces } from '../../src/face/track-faces.ts'
import type { FaceFrames } from '../../src/forge/pair.ts'
import type { Region } from '../../src/video/image.ts'
import { openVideo } from '../../src/video/open.ts'
import { crop } from '../../src/video/sample/crop.ts'
import { data } from '../faces/data.ts'

export const margin = 1.25

/** Real faces of the training data: so many stills of each folder, and so many frames of some videos. */
export async function realFaces(size: number, stills: Readonly<Record<string, number>>, videos = 0, frames = 20) {
  await using detector = await openFaceDetector()
  await using landmarker = await openLandmarker()
  const faces = async (path: string, count: number): Promise<FaceFrames | undefined> => {
    await using video = await openVideo(path, { isolated: false })
    const { tracks } = await trackFaces(video, detector, { to: 2 })
    const [track] = tracks.toSorted((a, b) => b.frames.length - a.frames.length)
    if (!track) return undefined
    const images = []
    for await (const frame of video.frames({ from: track.startSeconds, rate: 25 })) {
      const region = enlarged(cropRegions(track.frames, [frame.seconds])[0]!)
      images.push(crop(frame, region, { width: size, height: size }))
      if (images.length === count) break
    }
    const around = faceBoxInCrop({ width: size, height: size }, margin)
    const landmarks = []
    for (const image of images) landmarks.push(await landmarker.locate(image, { around }))
    return images.length === count ? { images, landmarks } : undefined
  }
  const found = async (paths: readonly string[], count: number) => {
    const all = []
    for (const path of paths) all.push(await faces(path, count))
    return all.filter((one) => one !== undefined)
  }
  const paths = Object.entries(stills).flatMap(([folder, count]) => some(join(data, 'train/stills', folder), count))
  const talking = ['liveportrait', 'grid'].flatMap((folder) =>
    some(join(data, 'train/videos', folder), Math.ceil(videos / 2)),
  )
  return { stills: await found(paths, 1), videos: await found(talking, frames) }
}

function enlarged({ x, y, width, height }: Region): Region {
  const more = (margin - 1) / 2
  return { x: x - more * width, y: y - more * height, width: margin * width, height: margin * height }
}

function some(folder: string, count: number): string[] {
  const names = readdirSync(folder).toSorted()
  return Array.from({ length: Math.min(count, names.length) }, (_, i) =>
    join(folder, names[Math.floor((i * names.length) / count)]!),
  )
}
