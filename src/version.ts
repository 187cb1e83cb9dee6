import packageJson from '../package.json' with { type: 'json' }

/** Version of Unmask. */
export const version: string = packageJson.version
