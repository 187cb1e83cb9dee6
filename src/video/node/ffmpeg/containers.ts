/** What the demuxers that may open a file are called elsewhere. */
const videos: Readonly<Record<string, string>> = {
  mov: 'mp4', // and its relatives; see containerName
  matroska: 'matroska',
  avi: 'avi',
  mpegts: 'mpegts',
  mpeg: 'mpeg',
  flv: 'flv',
  live_flv: 'flv',
  asf: 'asf',
  ogg: 'ogg',
  ivf: 'ivf',
  mxf: 'mxf',
  nut: 'nut',
  rm: 'rm',
  wtv: 'wtv',
  gxf: 'gxf',
  nsv: 'nsv',
  dv: 'dv',
  yuv4mpegpipe: 'y4m',
}

/** Without an index: what is shown when is known only by decoding from the first frame. */
const animations: Readonly<Record<string, string>> = {
  gif: 'gif',
  apng: 'apng',
  webp_anim: 'webp',
  jpegxl_anim: 'jxl',
}

/** What encoders give, in no container: also without times. Raw Dirac is left out, as FFmpeg gets its times wrong. */
const streams: Readonly<Record<string, string>> = {
  h264: 'h264',
  hevc: 'hevc',
  vvc: 'vvc',
  m4v: 'm4v',
  mpegvideo: 'mpegvideo',
  vc1: 'vc1',
  h261: 'h261',
  h263: 'h263',
  obu: 'obu',
  av1: 'obu',
  mjpeg: 'mjpeg',
  mpjpeg: 'mjpeg',
}

const names: Readonly<Record<string, string>> = { ...videos, ...animations, ...streams }

/** One picture, found by its content. */
const stills = ['jpeg', 'png', 'webp', 'bmp', 'tiff', 'jpegxl', 'ppm', 'pgm', 'pam', 'pbm', 'qoi', 'j2k'].map(
  (kind) => `${kind}_pipe`,
)

/**
 * Whether a demuxer may open a file. Those not named here are of no use, and some (playlists, scripts, patterns of names)
 * open whatever files or addresses the file names.
 */
export function isAllowed(demuxer: string): boolean {
  const first = firstName(demuxer)
  return first in names || stills.includes(first)
}

export interface Container {
  /** As `VideoInfo` has it. */
  readonly name: string
  /** Whether a time can be sought; else decoding begins at the first frame. */
  readonly seekable: boolean
  /** A picture; one file may hold several. */
  readonly still: boolean
  /** Whether a count of frames is one: that of AVI also counts moments in which the last picture stays. */
  readonly counts: boolean
  /** Whether a duration is one: that of streams and pictures is guessed from a bit rate. */
  readonly lasts: boolean
}

/** @param demuxer FFmpeg's name, e.g. "mov,mp4,m4a,3gp,3g2,mj2" @param brand major brand of MPEG-4 files */
export function containerOf(demuxer: string, brand: string | undefined): Container {
  const first = firstName(demuxer)
  const still = stills.includes(first)
  const name = brand?.trim() === 'qt' ? 'mov' : (names[first] ?? 'stills')
  return { name, seekable: first in videos, still, counts: first !== 'avi', lasts: !(first in streams || still) }
}

function firstName(demuxer: string): string {
  return demuxer.split(',', 1)[0]!
}
