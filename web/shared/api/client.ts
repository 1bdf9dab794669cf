/** The one way to the server: calls typed by `schema.d.ts`, CSRF header, failures as {@link Failure}. */
import { failureOf, unreachable } from './failure'
import type { Undescribed } from './answers'
import type { paths } from './schema'

type Method = 'get' | 'post' | 'put' | 'delete'

/** Paths that have the method, described or not. */
type PathOf<M extends Method> =
  | { [P in keyof paths]: paths[P] extends Record<M, object> ? P : never }[keyof paths]
  | (keyof Undescribed extends infer K ? (K extends `${M} ${infer P}` ? P : never) : never)

type Operation<M extends Method, P> = P extends keyof paths ? paths[P][M & keyof paths[P]] : never

type Described<O> = O extends { responses: { 200: { content: { 'application/json': infer T } } } }
  ? T
  : O extends { responses: { 201: { content: { 'application/json': infer T } } } }
    ? T
    : never

/** What a call answers: as described, else as noted in {@link Undescribed}. */
export type Answer<M extends Method, P extends string> = [Described<Operation<M, P>>] extends [never]
  ? `${M} ${P}` extends keyof Undescribed
    ? Undescribed[`${M} ${P}`]
    : unknown
  : Described<Operation<M, P>>

type Body<M extends Method, P> =
  Operation<M, P> extends { requestBody: { content: { 'application/json': infer T } } } ? T : unknown

export interface Asking<B = unknown> {
  /** Values for the `{names}` of the path. */
  path?: Record<string, string>
  /** Query; what is empty or undefined is left out. */
  query?: Record<string, string | number | undefined>
  body?: B
  signal?: AbortSignal
}

let csrf = ''
let whenSignedOut: () => void = () => undefined
let signInAnew: () => Promise<boolean> = () => Promise.resolve(false)

/** Sets the token that every request but GET repeats. */
export function useCsrf(token: string): void {
  csrf = token
}

/** What to do when the server says that nobody is signed in. */
export function onSignedOut(action: () => void): void {
  whenSignedOut = action
}

/** What to do when an act asks for the password again; it resolves whether that was given, and the call is repeated. */
export function onPasswordAsked(action: () => Promise<boolean>): void {
  signInAnew = action
}

/** Address of a path with its values and query, also for links and downloads. */
export function addressOf(path: string, { path: values = {}, query = {} }: Asking = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))
  const given = Object.entries(query).filter((pair): pair is [string, string | number] => {
    return pair[1] !== undefined && pair[1] !== ''
  })
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return search ? `${filled}?${search}` : filled
}

async function send(method: Method, path: string, asking: Asking & { repeated?: boolean }): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' }
  const request: RequestInit = { method: method.toUpperCase(), headers, credentials: 'same-origin' }
  if (method !== 'get') headers['x-csrf-token'] = csrf
  if (asking.signal) request.signal = asking.signal
  if (asking.body instanceof FormData) request.body = asking.body
  else if (asking.body !== undefined) {
    headers['content-type'] = 'application/json'
    request.body = JSON.stringify(asking.body)
  }
  const response = await fetch(addressOf(path, asking), request).catch((thrown: unknown) => {
    if (asking.signal?.aborted) throw thrown
    throw unreachable()
  })
  if (!response.ok) {
    const failure = await failureOf(response)
    if (failure.signedOut) whenSignedOut()
    if (!asking.repeated && failure.asksPassword && (await signInAnew())) {
      return send(method, path, { ...asking, repeated: true })
    }
    throw failure
  }
  return response
}

async function call(method: Method, path: string, asking: Asking): Promise<unknown> {
  const response = await send(method, path, asking)
  return response.status === 204 ? undefined : await response.json()
}

/** A file that is made of what is sent, with the name that the server gives it. */
async function file(path: string, asking: Asking): Promise<{ blob: Blob; name: string }> {
  const response = await send('post', path, asking)
  const said = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  return { blob: await response.blob(), name: decodeURIComponent(said ?? '') }
}

/** `await api.get('/api/v1/cases/{kind}', { path: { kind }, query })` */
export const api = {
  get: <P extends PathOf<'get'>>(path: P, asking: Omit<Asking, 'body'> = {}) =>
    call('get', path, asking) as Promise<Answer<'get', P>>,
  post: <P extends PathOf<'post'>>(path: P, asking: Asking<Body<'post', P>> = {}) =>
    call('post', path, asking) as Promise<Answer<'post', P>>,
  put: <P extends PathOf<'put'>>(path: P, asking: Asking<Body<'put', P>> = {}) =>
    call('put', path, asking) as Promise<Answer<'put', P>>,
  delete: <P extends PathOf<'delete'>>(path: P, asking: Asking = {}) =>
    call('delete', path, asking) as Promise<Answer<'delete', P>>,
  file: (path: PathOf<'post'>, asking: Asking) => file(path, asking),
}
