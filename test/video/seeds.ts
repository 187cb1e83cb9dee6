import { readFile } from 'node:fs/promises'
import { clip, picture } from '../clips.ts'

export type Bytes = Uint8Array<ArrayBuffer>

/** An undamaged file. */
export interface Seed {
  readonly name: string
  readonly bytes: Bytes
}

const x264 = '-c:v libx264 -preset ultrafast -bf 2 -g 5 -pix_fmt yuv420p'
const x265 = '-c:v libx265 -preset ultrafast -x265-params log-level=none:pools=none:frame-threads=1:keyint=5'
const vp9 = '-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 5 -pix_fmt yuv420p'
const av1 = '-c:v libaom-av1 -usage realtime -cpu-used 8 -g 5 -pix_fmt yuv420p'
const sound = '-f lavfi -i sine=duration=0.48'

/** Files to be damaged: each container and each codec at least once. */
const recipes: Readonly<Record<string, string>> = {
  'h264.mp4': x264,
  'h264-fast.mp4': `${x264} -movflags faststart`,
  'h264-fragments.mp4': `${x264} -movflags frag_keyframe+empty_moov`,
  'h264.mov': x264,
  'h264.mkv': x264,
  'h264.flv': x264,
  'h264.avi': x264,
  'h264.ts': x264,
  'h264.mpg': x264,
  'h264.h264': x264,
  'h264-sound.mp4': `${sound} ${x264} -c:a aac`,
  'h264-10.mkv': `${x264} -pix_fmt yuv420p10le`,
  'hevc.mp4': x265,
  'hevc.mkv': x265,
  'hevc.hevc': x265,
  'vp8.webm': '-c:v libvpx -deadline realtime -g 5',
  'vp9.webm': vp9,
  'vp9.mp4': vp9,
  'vp9.ivf': vp9,
  'av1.mp4': av1,
  'av1.webm': av1,
  'av1.obu': av1,
  'mpeg4.avi': '-c:v mpeg4 -bf 1 -g 5',
  'mpeg4.mp4': '-c:v mpeg4 -g 5',
  'mpeg4.m4v': '-c:v mpeg4 -g 5 -f m4v',
  'msmpeg4.avi': '-c:v msmpeg4',
  'mjpeg.avi': '-c:v mjpeg',
  'mjpeg.mov': '-c:v mjpeg',
  'prores.mov': '-c:v prores_ks',
  'mpeg1.mpg': '-c:v mpeg1video',
  'mpeg2.ts': '-c:v mpeg2video -g 5',
  'mpeg2.mxf': '-c:v mpeg2video -g 5',
  'wmv2.wmv': '-c:v wmv2 -g 5',
  'flv1.flv': '-c:v flv1 -g 5',
  'theora.ogv': '-c:v libtheora -g 5',
  'ffv1.mkv': '-c:v ffv1 -g 5',
  'raw.avi': '-c:v rawvideo -pix_fmt yuv420p -vf scale=16:16',
  'huffyuv.avi': '-c:v huffyuv',
  'h264.nut': x264,
  'rv20.rm': '-c:v rv20',
  'dv.dv': '-c:v dvvideo -s 720x576 -pix_fmt yuv420p -frames:v 2',
  'raw.y4m': '-pix_fmt yuv420p -vf scale=16:16',
  'gif.gif': '',
  'webp.webp': '-c:v libwebp -loop 0',
  'apng.apng': '',
  'picture.png': '-frames:v 1',
  'picture.jpg': '-frames:v 1',
  'picture.bmp': '-frames:v 1',
  'picture.tiff': '-frames:v 1',
  'picture.webp': '-c:v libwebp -frames:v 1',
  'picture.ppm': '-frames:v 1',
  'picture.jp2': '-frames:v 1',
  'picture.jxl': '-frames:v 1',
  'picture.qoi': '-frames:v 1',
}

export const seedNames = Object.keys(recipes)

/** Makes a seed (once in a test file) and reads it. */
export async function seed(name: string): Promise<Seed> {
  const path = await clip(name, [...picture('64x48', 25, 0.48), ...recipes[name]!.split(' ').filter(Boolean)])
  return { name, bytes: new Uint8Array(await readFile(path)) }
}
