import { planClips } from '../../src/clip/plan.ts'
import { ClipReader } from '../../src/clip/reader.ts'
import { clipTensor } from '../../src/clip/tensor.ts'
import { openFaceDetector } from '../../src/face/detector.ts'
import type { Track } from '../../src/face/face.ts'
import { preset } from '../../src/network/presets.ts'
import { openVideo } from '../../src/video/open.ts'
import { sha256 } from './look.ts'

/** All that an analysis takes from a video: the same in Node and in a page. */
export interface SeenClips {
  /** Without the numbers of frames: whether they are known depends on where the decoder could seek to. */
  readonly tracks: readonly Track[]
  /** SHA-256 of the crops and of what the network is given. */
  readonly clips: readonly { readonly seconds: readonly number[]; readonly crops: string; readonly input: string }[]
}

export async function readClips(bytes: Uint8Array<ArrayBuffer>): Promise<SeenClips> {
  const { input } = preset('mrl-lite')
  await using detector = await openFaceDetector()
  await using video = await openVideo(bytes)
  const { durationSeconds = 1, frameRate } = video.info
  const plan = planClips([{ from: 0, to: durationSeconds }], input, frameRate, { clips: 2, span: 2 })
  const reader = new ClipReader(video, detector, plan, input.size)
  const clips: SeenClips['clips'][number][] = []
  for await (const { seconds, images } of reader) {
    const { data } = clipTensor(images, input)
    const crops = await new Blob(images.map((image) => image.data)).bytes()
    clips.push({ seconds, crops: await sha256(crops), input: await sha256(new Uint8Array(data.buffer)) })
  }
  const tracks = reader.tracks.map((track) => ({
    ...track,
    frames: track.frames.map((frame) => ({ ...frame, index: undefined })),
  }))
  return { tracks, clips }
}
