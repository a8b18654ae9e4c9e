type Props = Readonly<Record<string, unknown>>;

/**
 * A copy of properties with some values replaced, or taken away where they are undefined.
 *
 * @param changes by path: names and places in lists between dots (`spec.data.0.remoteRef.key`), a name with dots as
 *     `metadata.annotations["a.b/c"]`, and what is in a JSON text behind `#` (`policy#Statement.0.Action`).
 */
export function withChanges(props: Props, changes: Props): Props {
    return Object.entries(changes).reduce<Props>((changed, [path, value]) => {
        const [outer = "", ...inner] = path.split("#");
        return withChange(
            changed,
            stepsOf(outer),
            inner.length === 0 ? value : inText(inner, value),
        ) as Props;
    }, props);
}

/** What becomes of the value at the path, rather than a new value. */
class Edit {
    constructor(readonly apply: (before: unknown) => unknown) {}
}

function inText([path = "", ...deeper]: readonly string[], value: unknown): Edit {
    return new Edit((before) => {
        if (typeof before !== "string") throw new TypeError(`there is no text to look for '${path}' in`);
        const after = deeper.length === 0 ? value : inText(deeper, value);
        return JSON.stringify(withChange(JSON.parse(before), stepsOf(path), after));
    });
}

function stepsOf(path: string): string[] {
    return [...path.matchAll(/\["([^"]+)"\]|([^.[\]]+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

/** A copy with the value at the path replaced, or taken away where it is undefined; numbers are places in a list. */
export function withChange(target: unknown, path: readonly string[], value: unknown): unknown {
    const [key, ...rest] = path;
    if (key === undefined) return value instanceof Edit ? value.apply(target) : value;
    const below = (target ?? {}) as Record<string, unknown>;
    const changed = withChange(below[key], rest, value);
    if (Array.isArray(target)) {
        const items: unknown[] = [...(target as unknown[])];
        items[Number(key)] = changed;
        return items;
    }
    const others = Object.entries(below).filter(([name]) => name !== key);
    return Object.fromEntries(changed === undefined ? others : [...others, [key, changed]]);
}
