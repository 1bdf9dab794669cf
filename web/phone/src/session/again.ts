/** Asking for the password again, for what a phone may do only shortly after signing in. */
import { api, onPasswordAsked } from '@shared/api/client'
import { session, signIn } from '@shared/session/session'
import { shallowRef } from 'vue'

/** Tells the call that waits whether the password was given. */
export const asking = shallowRef<(given: boolean) => void>()
let under: Promise<boolean> | undefined

/** Calls that wait at the same time share one question. */
onPasswordAsked(() => {
  under ??= new Promise<boolean>((done) => (asking.value = done)).finally(() => {
    asking.value = undefined
    under = undefined
  })
  return under
})

/** Signs in anew and ends the session before, so that the phone stays one device. */
export async function giveAgain(password: string): Promise<void> {
  const { devices } = await api.get('/api/v1/session/devices')
  const before = devices.find(({ current }) => current)
  await signIn(session.login, password, 'phone')
  if (before) await api.delete('/api/v1/session/devices/{id}', { path: { id: before.id } })
  asking.value?.(true)
}
