/** The size of the type, kept on the phone. */
import { ref } from 'vue'

export const bigType = ref(localStorage.getItem('type') === 'big')

export function useType(big: boolean): void {
  bigType.value = big
  localStorage.setItem('type', big ? 'big' : 'normal')
  showType()
}

export function showType(): void {
  document.documentElement.dataset['type'] = bigType.value ? 'big' : 'normal'
}
