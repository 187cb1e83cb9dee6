/**
 * Makes a checkout ready to run: packages, the Node they bring along, and for the tests
 * Chromium and ffmpeg.
 * Runs before anything is installed, so it has no dependencies and works on Node 18 and later. Does nothing when all is
 * in place. Run by `npm test`; by hand: `npm run setup`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const isWindows = process.platform === 'win32'

try {
  ensurePackages()
  ensureNode()
  ensureChromium()
  ensureFfmpeg()
} catch (error) {
  console.error(`setup: failed: ${error.message}`)
  process.exitCode = 1
}

function ensurePackages() {
  const problem = packageProblem()
  if (problem === undefined) return
  say(`${problem}; running npm ci`)
  // Development packages are needed also where NODE_ENV is production.
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], outerEnvironment())
  const remaining = packageProblem()
  if (remaining !== undefined) throw new Error(`npm ci ended well, but ${remaining}`)
  say('packages are installed')
}

/** What is wrong with node_modules, or undefined: npm's own record of what it installed against the lock file. */
function packageProblem() {
  const wanted = readJson('package-lock.json')
  if (wanted === undefined) throw new Error(`there is no readable package-lock.json in ${root}`)
  const installed = readJson('node_modules/.package-lock.json')
  if (installed === undefined) return 'node_modules is missing'
  for (const [path, { version, integrity, optional }] of Object.entries(wanted.packages)) {
    if (path === '') continue
    const found = installed.packages[path]
    if (found === undefined && optional) continue // made for another system
    if (found?.version !== version || found.integrity !== integrity) return `${path} is not at version ${version}`
  }
  return undefined
}

/** The tests and `npm run` use the Node among the packages; its install script may have been prevented. */
function ensureNode() {
  if (nodeRuns()) return
  say('the Node among the packages does not run; rebuilding it')
  run('npm', ['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts'], outerEnvironment())
  if (!nodeRuns()) {
    throw new Error(`${join(bin, 'node')} does not run: the install script of the package "node" is needed, allow it`)
  }
}

function nodeRuns() {
  // Not through a shell, and not `node` from PATH, which may be another.
  const file = isWindows ? join(root, 'node_modules', 'node', 'bin', 'node.exe') : join(bin, 'node')
  return spawnSync(file, ['--version'], { stdio: 'ignore' }).status === 0
}

function ensureChromium() {
  if (findChromium() !== undefined) return
  installSystemPackage('chromium')
  if (findChromium() !== undefined) return
  say('no Chromium was found, so the browser tests will be skipped. To run them, install it (Debian, Ubuntu:')
  say('`apt-get install chromium`; elsewhere Chromium or Google Chrome) or set CHROMIUM to the path of its program.')
}

function ensureFfmpeg() {
  if (ffmpegRuns()) return
  installSystemPackage('ffmpeg')
  if (ffmpegRuns()) return
  say('no ffmpeg was found. Unmask needs none, but tests make their clips with it and will be skipped. To run them,')
  say('install it (Debian, Ubuntu: `apt-get install ffmpeg`).')
}

function ffmpegRuns() {
  return spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).status === 0
}

function installSystemPackage(name) {
  if (!canInstallPackages()) return
  say(`${name} is missing; installing it with apt-get`)
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  try {
    run('apt-get', ['update', '-q'], environment)
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], environment)
  } catch (error) {
    say(error.message)
  }
}

function findChromium() {
  const { CHROME, CHROMIUM } = process.env
  const given = [CHROMIUM, CHROME].filter(Boolean)
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter).filter(Boolean)]
  const usual = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  const mac = ['Chromium', 'Google Chrome'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
  return [...given, ...usual, ...mac].find((path) => existsSync(path))
}

function canInstallPackages() {
  return process.platform === 'linux' && process.getuid() === 0 && existsSync('/usr/bin/apt-get')
}

/**
 * The environment as it was before `npm run`, without the Node of node_modules: `npm ci` deletes that one first and then
 * needs another to go on. npm's own variables would tell the inner npm that it belongs to the outer script.
 */
function outerEnvironment() {
  const entries = Object.entries(process.env).filter(([name]) => !/^npm_(?!config_)|^INIT_CWD$/i.test(name))
  const folders = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(root, 'node_modules')))
  // node-av's install script would download the ffmpeg program, which is not needed.
  return { ...Object.fromEntries(entries), PATH: folders.join(delimiter), SKIP_FFMPEG: 'true' }
}

function run(command, options, environment) {
  const { status, signal, error } = spawnSync(command, options, {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: isWindows, // npm is a script there
  })
  if (error) throw new Error(`${command} cannot be run: ${error.message}`)
  if (status !== 0) throw new Error(`\`${command} ${options.join(' ')}\` ended with ${signal ?? `status ${status}`}`)
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8'))
  } catch {
    return undefined
  }
}

function say(text) {
  console.log(`setup: ${text}`)
}
