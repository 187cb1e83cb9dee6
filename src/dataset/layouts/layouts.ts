import { celebDf } from './celeb-df.ts'
import { deeperForensics } from './deeperforensics.ts'
import { deepfakeTimit } from './deepfake-timit.ts'
import { dfdc } from './dfdc.ts'
import { faceForensics } from './faceforensics.ts'
import { plainFolder } from './folder.ts'
import type { Layout } from './layout.ts'

/** All known layouts, in the order in which they are tried: what looks like more than one is the first. */
export const layouts: readonly Layout[] = [faceForensics, celebDf, deeperForensics, deepfakeTimit, dfdc, plainFolder]
