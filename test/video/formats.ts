import { join } from 'node:path'
import { run } from '../command-line.ts'

/** A codec in one of its pixel formats, how the system's ffmpeg makes it, and the containers it can put it in. */
export interface Format {
  /** Column of the table of formats. */
  readonly column: string
  /** FFmpeg's names. */
  readonly codec: string
  readonly pixelFormat: string
  readonly encoding: readonly string[]
  /** Extensions of files. */
  readonly containers: readonly string[]
  readonly size: { readonly width: number; readonly height: number }
}

/** Of the container in each kind of file, as `VideoInfo` has it. */
export const containerNames: Readonly<Record<string, string>> = {
  mp4: 'mp4',
  mov: 'mov',
  '3gp': 'mp4',
  mkv: 'matroska',
  webm: 'matroska',
  avi: 'avi',
  ts: 'mpegts',
  m2ts: 'mpegts',
  wmv: 'asf',
  flv: 'flv',
  mpg: 'mpeg',
  vob: 'mpeg',
  gif: 'gif',
  ogv: 'ogg',
  mxf: 'mxf',
  nut: 'nut',
  ivf: 'ivf',
  wtv: 'wtv',
  rm: 'rm',
  dv: 'dv',
  y4m: 'y4m',
  apng: 'apng',
  h264: 'h264',
  hevc: 'hevc',
  m2v: 'mpegvideo',
  m4v: 'm4v',
  obu: 'obu',
}

/** Streams without a container: they do not say how long they are. */
export const endless = ['h264', 'hevc', 'm2v', 'm4v', 'obu', 'y4m', 'apng']

export const clipFrames = 12
export const clipRate = 25

const small = { width: 128, height: 96 }

function format(
  column: string,
  codec: string,
  pixelFormat: string,
  encoding: string,
  containers: string,
  size = small,
): Format {
  return { column, codec, pixelFormat, encoding: encoding.split(' '), containers: containers.split(' '), size }
}

const x264 = '-c:v libx264 -preset ultrafast -bf 2'
const x265 = '-c:v libx265 -preset ultrafast -x265-params log-level=none:pools=none:frame-threads=1'
const vp9 = '-c:v libvpx-vp9 -deadline realtime -cpu-used 8'
const av1 = '-c:v libaom-av1 -usage realtime -cpu-used 8'

/** Every combination that Debian's ffmpeg 5.1 makes and that is of use; what it makes and cannot read itself is not. */
export const formats: readonly Format[] = [
  format('h264', 'h264', 'yuv420p', x264, 'mp4 mov mkv avi ts wmv flv mpg 3gp m2ts vob nut wtv h264'),
  // ffmpeg gives B frames in MXF wrong times.
  format('h264', 'h264', 'yuv420p', `${x264} -bf 0`, 'mxf'),
  format('h264 10-bit', 'h264', 'yuv420p10le', x264, 'mp4 mov mkv avi ts wmv flv mpg h264'),
  format('hevc', 'hevc', 'yuv420p', x265, 'mp4 mov mkv ts mpg m2ts nut hevc'),
  format('hevc 10-bit', 'hevc', 'yuv420p10le', x265, 'mp4 mov mkv ts mpg hevc'),
  format('vp8', 'vp8', 'yuv420p', '-c:v libvpx -deadline realtime', 'mkv webm avi wmv ogv ivf nut'),
  format('vp9', 'vp9', 'yuv420p', vp9, 'mp4 mkv webm avi wmv ivf nut'),
  format('vp9 10-bit', 'vp9', 'yuv420p10le', vp9, 'mp4 mkv webm avi wmv ivf'),
  format('av1', 'av1', 'yuv420p', av1, 'mp4 mkv webm avi wmv ivf nut obu'),
  format('av1 10-bit', 'av1', 'yuv420p10le', av1, 'mp4 mkv webm avi wmv ivf obu'),
  format('mpeg4', 'mpeg4', 'yuv420p', '-c:v mpeg4 -bf 1', 'mp4 mov mkv avi ts wmv mpg 3gp m2ts nut m4v'),
  format('mjpeg', 'mjpeg', 'yuvj420p', '-c:v mjpeg', 'mp4 mov mkv avi wmv nut'),
  format('prores', 'prores', 'yuv422p10le', '-c:v prores_ks', 'mov mkv avi nut'),
  format('mpeg1', 'mpeg1video', 'yuv420p', '-c:v mpeg1video', 'mp4 mov mkv avi ts wmv mpg m2v'),
  format('mpeg2', 'mpeg2video', 'yuv420p', '-c:v mpeg2video -bf 1', 'mp4 mov mkv avi ts wmv mpg vob mxf m2v'),
  format('wmv1', 'wmv1', 'yuv420p', '-c:v wmv1', 'mov mkv avi wmv'),
  format('wmv2', 'wmv2', 'yuv420p', '-c:v wmv2', 'mov mkv avi wmv'),
  format('msmpeg4', 'msmpeg4v3', 'yuv420p', '-c:v msmpeg4', 'mov mkv avi wmv'),
  format('msmpeg4', 'msmpeg4v2', 'yuv420p', '-c:v msmpeg4v2', 'mov mkv avi wmv'),
  format('flv1', 'flv1', 'yuv420p', '-c:v flv1', 'flv mov mkv avi wmv'),
  format('h263', 'h263', 'yuv420p', '-c:v h263', '3gp mov mkv avi'),
  format('theora', 'theora', 'yuv420p', '-c:v libtheora', 'ogv mkv mov avi'),
  format('ffv1', 'ffv1', 'yuv420p', '-c:v ffv1', 'mkv avi mov wmv nut'),
  format('ffv1', 'ffv1', 'yuv444p16le', '-c:v ffv1', 'mkv avi nut'),
  format('raw', 'rawvideo', 'yuv420p', '-c:v rawvideo', 'mkv avi nut'),
  format('raw', 'rawvideo', 'yuv420p', '-c:v wrapped_avframe', 'y4m'),
  format('raw', 'rawvideo', 'uyvy422', '-c:v rawvideo', 'mov avi nut'),
  format('gif', 'gif', 'bgra', '-c:v gif -pix_fmt bgr8', 'gif mov mkv'),
  format('png', 'png', 'rgb24', '-c:v png', 'mov mkv avi mp4'),
  format('png', 'apng', 'rgb24', '-c:v apng', 'apng'),
  format('huffyuv', 'huffyuv', 'yuv422p', '-c:v huffyuv', 'avi mkv mov'),
  format('utvideo', 'utvideo', 'yuv420p', '-c:v utvideo', 'avi mkv mov'),
  format('jpeg 2000', 'jpeg2000', 'yuv420p', '-c:v jpeg2000', 'mov mp4 mkv avi mxf'),
  format('dnxhd', 'dnxhd', 'yuv422p', '-c:v dnxhd -profile:v dnxhr_lb', 'mov mkv mxf', { width: 256, height: 120 }),
  format('dv', 'dvvideo', 'yuv420p', '-c:v dvvideo', 'dv mov avi', { width: 720, height: 576 }),
  format('cinepak', 'cinepak', 'rgb24', '-c:v cinepak', 'avi mov'),
  format('qtrle', 'qtrle', 'rgb24', '-c:v qtrle', 'mov'),
  format('svq1', 'svq1', 'yuv410p', '-c:v svq1', 'mov'),
  format('flashsv', 'flashsv', 'bgr24', '-c:v flashsv', 'flv'),
  format('realvideo', 'rv10', 'yuv420p', '-c:v rv10', 'rm'),
  format('realvideo', 'rv20', 'yuv420p', '-c:v rv20', 'rm'),
]

/** The name of the file of a format in a container. */
export function fileName({ codec, pixelFormat }: Format, container: string): string {
  return `${codec}-${pixelFormat}.${container}`
}

/** The moving picture that all clips show, as ffmpeg's input. */
export function source({ size: { width, height } }: Format): string[] {
  const seconds = clipFrames / clipRate
  return ['-f', 'lavfi', '-i', `testsrc2=size=${width}x${height}:rate=${clipRate}:duration=${seconds}`]
}

/** Makes the clips of a format in all of its containers. */
export async function makeClips(format: Format, folder: string): Promise<void> {
  const { encoding, pixelFormat, containers } = format
  // GIF's encoder takes palettes, its decoder gives colours.
  const pixels = encoding.includes('-pix_fmt') ? [] : ['-pix_fmt', pixelFormat]
  const outputs = containers.flatMap((container) => [
    ...encoding,
    ...pixels,
    ...(container === 'm4v' ? ['-f', 'm4v'] : container === 'apng' ? ['-plays', '0'] : []),
    join(folder, fileName(format, container)),
  ])
  const { status, stderr } = await run('ffmpeg', ['-v', 'error', '-y', ...source(format), ...outputs], folder)
  if (status !== 0) throw new Error(`ffmpeg makes no ${format.codec}: ${stderr}`)
}
