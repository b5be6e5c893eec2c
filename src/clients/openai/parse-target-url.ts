import { MetronError } from '../../errors/metron-error.ts'

/** Where a server is, from the URL a person gave. */
export interface TargetUrl {
  /** Scheme, host and port. */
  readonly origin: string
  /** Paths of the API root to try, in order; without a trailing slash, `''` is the origin's root. */
  readonly basePaths: readonly string[]
  /** `authorization` when the URL held a user and password; secret. */
  readonly headers: Readonly<Record<string, string>>
  /** The URL without user info, query and fragment, for people and files. */
  readonly display: string
}

const ENDPOINTS = /\/(chat\/completions|completions|models)$/

/**
 * Reads the URL of an OpenAI-compatible server: `http://host:8000`, `http://host:8000/v1`, with or without trailing
 * slash, without scheme (`host:8000` is http), or a whole endpoint pasted (`.../v1/chat/completions`).
 * Without a version in the path, `/v1` is tried as well: first at the origin's root, last below a path.
 *
 * @throws MetronError `bad-config`; its text never holds the user info of the URL.
 */
export function parseTargetUrl(text: string): TargetUrl {
  const trimmed = text.trim()
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`
  if (!URL.canParse(withScheme)) throw badUrl(trimmed, 'is not a URL')
  const url = new URL(withScheme)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw badUrl(trimmed, 'is neither http nor https')
  if (url.search !== '') throw badUrl(trimmed, 'has a query, which an API root cannot have')

  const path = url.pathname.replace(/\/+$/, '').replace(ENDPOINTS, '')
  const hasVersion = /\/v\d+[a-z0-9]*$/i.test(path)
  const userInfo = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  return {
    origin: url.origin,
    basePaths: hasVersion ? [path] : path === '' ? ['/v1', ''] : [path, `${path}/v1`],
    headers: userInfo === ':' ? {} : { authorization: `Basic ${Buffer.from(userInfo).toString('base64')}` },
    display: `${url.origin}${path}`,
  }
}

function badUrl(text: string, problem: string): MetronError {
  const shown = text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/?#]*@/i, '$1').replace(/[?#].*$/s, '')
  return new MetronError('bad-config', `"${shown}" ${problem}`, {
    hint: 'Give the API root, such as http://localhost:8000/v1',
  })
}
