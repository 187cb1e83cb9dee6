import type { Command } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }

/** `unmask version`: what a report of a fault should begin with. */
export function registerVersion(program: Command): void {
  program
    .command('version')
    .description('print the versions of unmask, Node and the system')
    .action(() => {
      console.log(`unmask ${packageJson.version}`)
      console.log(`node ${process.versions.node}`)
      console.log(`system ${process.platform}-${process.arch}`)
    })
}
