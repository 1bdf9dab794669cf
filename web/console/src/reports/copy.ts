/** 复制通报文字: the text of a report into the clipboard. */
import { api } from '@shared/api/client'
import { Failure } from '@shared/api/failure'
import { ElMessage } from 'element-plus'

export async function copyText(id: string): Promise<void> {
  try {
    const { text } = await api.get('/api/v1/reports/{id}/text', { path: { id } })
    await navigator.clipboard.writeText(text)
    ElMessage.success('通报文字已复制，可以粘贴到群里')
  } catch (thrown) {
    // A browser gives the clipboard only to pages over HTTPS, or after it was allowed.
    const refused = '浏览器不让复制，请打开预览，在「通报文字」里选中后复制'
    ElMessage.error(thrown instanceof Failure ? thrown.detail : refused)
  }
}
