/** Lines of a diff that a failing test shows. */
const SHOWN_LINES = 24;
/** How far ahead a line is looked for before it counts as gone. */
const REACH_LINES = 400;

/**
 * What differs between two texts, line by line with a line before each place, short enough for a test's message.
 * Finds the next common line greedily: good to read, not always the shortest.
 */
export function shortDiff(before: string, after: string): string {
    const [a, b] = [before.split("\n"), after.split("\n")];
    const lines: string[] = [];
    let [i, j] = [0, 0];
    while (i < a.length || j < b.length) {
        if (a[i] === b[j]) {
            i++;
            j++;
            continue;
        }
        const [skipA, skipB] = nextCommon(a, i, b, j);
        if (i > 0) lines.push(`  ${a[i - 1] ?? ""}`);
        lines.push(...a.slice(i, i + skipA).map((line) => `- ${line}`));
        lines.push(...b.slice(j, j + skipB).map((line) => `+ ${line}`));
        i += skipA;
        j += skipB;
    }
    const more = lines.length - SHOWN_LINES;
    return [...lines.slice(0, SHOWN_LINES), ...(more > 0 ? [`… ${more} lines more`] : [])].join("\n");
}

/** How many lines of each text to pass by until both go on alike. */
function nextCommon(
    a: readonly string[],
    i: number,
    b: readonly string[],
    j: number,
): readonly [number, number] {
    const reach = Math.min(REACH_LINES, Math.max(a.length - i, b.length - j));
    for (let sum = 1; sum <= reach; sum++) {
        for (let skip = 0; skip <= sum; skip++) {
            const [x, y] = [i + skip, j + sum - skip];
            if (x < a.length && y < b.length && a[x] === b[y]) return [skip, sum - skip];
        }
    }
    return [a.length - i, b.length - j];
}
