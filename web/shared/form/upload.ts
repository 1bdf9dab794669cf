/** Stores a file at once; an answer then names it. */
import { api } from '../api/client'
import type { FileRef } from './form'

export async function uploadFile(file: File): Promise<FileRef> {
  const body = new FormData()
  body.append('file', file)
  const { hash, name } = await api.post('/api/v1/files', { body })
  return { hash, name }
}
