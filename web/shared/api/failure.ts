/** Why a call failed: a problem of the server (RFC 9457), or no connection. */

/** Where a problem sits; every part is optional. */
export interface Place {
  file?: string
  sheet?: string
  row?: number
  column?: string
  line?: number
  field?: string
}

/** One finding of the server's catalogue: `code` never changes its meaning, `message` is for the user. */
export interface Problem extends Place {
  code: string
  slug: string
  message: string
}

export class Failure extends Error {
  constructor(
    /** HTTP status; 0 when the server was not reached. */
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly problems: readonly Problem[] = [],
  ) {
    super(detail)
    this.name = 'Failure'
  }

  get offline(): boolean {
    return this.status === 0
  }

  get forbidden(): boolean {
    return this.status === 403
  }

  get signedOut(): boolean {
    return this.code === '401.1'
  }

  /** The session holds, but this act asks for the password again. */
  get asksPassword(): boolean {
    return this.code === '401.5'
  }
}

/** The problems of a failure for a form; a failure without any is one itself. */
export function problemsOf(failure: Failure): readonly Problem[] {
  const { problems, code, detail } = failure
  return problems.length ? problems : [{ code, slug: '', message: detail }]
}

/** No connection. */
export function unreachable(): Failure {
  return new Failure(0, '网络', '连不上服务器，请检查网络后重试')
}

/** Reads the body of a refused request. */
export async function failureOf(response: Response): Promise<Failure> {
  const body: unknown = await response.json().catch(() => null)
  if (isProblem(body)) return new Failure(response.status, body.code, body.detail, body.problems ?? [])
  return new Failure(
    response.status,
    String(response.status),
    '服务器没有说明原因，请稍后重试；仍不行时把编号告诉管理员',
  )
}

/** Any thrown value as a failure; what is no failure of a call is thrown on. */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown
  throw thrown
}

function isProblem(body: unknown): body is { code: string; detail: string; problems?: Problem[] } {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body
}
