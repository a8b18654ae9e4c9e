const works = new Set<() => void>();
let guarded = false;

/**
 * Has something done when this process ends, also by a signal.
 *
 * @param work must not wait for anything.
 * @returns what takes it off the list.
 */
export function atEnd(work: () => void): () => void {
    guard();
    works.add(work);
    return () => works.delete(work);
}

function guard(): void {
    if (guarded) return;
    guarded = true;
    process.once("exit", () => {
        // What was begun last is ended first: a Git that writes a folder, before the folder is removed.
        for (const work of [...works].reverse()) work();
    });
    for (const [signal, number] of [
        ["SIGINT", 2],
        ["SIGTERM", 15],
        ["SIGHUP", 1],
    ] as const) {
        process.once(signal, () => process.exit(128 + number));
    }
}
