/**
 * A step from a value into one of its parts: the name of a property, the place in a list, or what an element of a list
 * is known by among its neighbours.
 */
export type Step = string | number | { readonly key: string };

/** A property that needs no brackets in a path of Pulumi's. */
const PLAIN = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** `spec.rules[0]`, `metadata.labels["strongroom.io/owner"]`, `policy.Statement["ReadersDecrypt"]`. */
export function pathText(steps: readonly Step[]): string {
    let text = "";
    for (const step of steps) {
        if (typeof step === "number") text += `[${String(step)}]`;
        else if (typeof step === "object") text += `[${JSON.stringify(step.key)}]`;
        else if (!PLAIN.test(step)) text += `[${JSON.stringify(step)}]`;
        else text += text === "" ? step : `.${step}`;
    }
    return text;
}

/**
 * The steps of a path as options and tables write them: `spec.containers[*].image`, `data["a.b"]`. A `*` is any step,
 * also one that names an element by its key.
 */
export function parsePath(path: string): readonly Step[] {
    return [...path.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\[?(\*)\]?|([^.[\]]+)/g)].map(
        ([, index, quoted, any, name]) =>
            index !== undefined
                ? Number(index)
                : quoted !== undefined
                  ? (JSON.parse(`"${quoted}"`) as string)
                  : (any ?? name ?? ""),
    );
}

/** Whether what differs at `steps` is at the place that `pattern` names, within it, or has it within. */
export function reaches(pattern: readonly Step[], steps: readonly Step[]): boolean {
    return pattern.slice(0, steps.length).every((wanted, at) => {
        const step = steps[at];
        if (wanted === "*") return true;
        return typeof step === "object" ? step.key === wanted : step === wanted;
    });
}

/** Whether what differs at `steps` is at the place that `pattern` names, or within it. */
export function isWithin(pattern: readonly Step[], steps: readonly Step[]): boolean {
    return pattern.length <= steps.length && reaches(pattern, steps);
}
