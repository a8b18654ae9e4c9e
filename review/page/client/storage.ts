/** Where a browser keeps nothing for files, or is told not to, a choice holds as long as the page is open. */
export function remembered(key: string): string | undefined {
    try {
        return localStorage.getItem(`strongroom-review-${key}`) ?? undefined;
    } catch {
        return undefined;
    }
}

export function remember(key: string, value: string): void {
    try {
        localStorage.setItem(`strongroom-review-${key}`, value);
    } catch {
        // Not kept, then.
    }
}
