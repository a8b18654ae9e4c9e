/** `1 step`, `2 steps`. */
export function counted(count: number, one: string, many = `${one}s`): string {
    return `${String(count)} ${count === 1 ? one : many}`;
}
