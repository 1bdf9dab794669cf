/** The first page of the signed-in person, shared by the tabs. */
import { api } from '@shared/api/client'
import type { Workbench } from '@shared/api/answers'
import type { Ask } from '@shared/api/ask'
import { useKept } from './kept'

export function useWork(): Ask<Workbench> {
  return useKept(
    () => 'workbench',
    (signal) => api.get('/api/v1/workbench', { signal }),
  )
}
