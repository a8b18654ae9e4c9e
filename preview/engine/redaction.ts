import type { Registered } from "./registered";
import { Secret, SECRET_TEXT, type PropertyMap, type PropertyValue } from "./values";

/** Shorter texts are found in every other word; hiding them would hide the message. */
const LENGTH_MIN = 4;

/**
 * Takes secret values out of what programs and policies say: those of the configuration, and those that resources
 * carry and that stand nowhere in the open. A policy sees secrets in clear and a program may throw what it likes; people must not read them here.
 *
 * The values are gathered at the first message, since most previews have none.
 */
export function redactor(
    texts: readonly string[],
    resources: readonly Registered[],
): (message: string) => string {
    let known: readonly string[] | undefined;
    return (message) => {
        known ??= longestFirst(texts, resources);
        return known.reduce((text, secret) => text.replaceAll(secret, SECRET_TEXT), message);
    };
}

function longestFirst(texts: readonly string[], resources: readonly Registered[]): readonly string[] {
    const marked = new Set<string>();
    const open = new Set<string>();
    for (const { inputs, outputs } of resources) {
        gather(inputs, false, marked, open);
        if (outputs !== inputs) gather(outputs, false, marked, open);
    }
    const names = resources.map(({ urn }) => urn).join("\n");
    // SDKs mark labels and plain parameters as secret, too: an environment's name or a region is no news.
    const hidden = [...marked].filter((text) => !open.has(text) && !names.includes(text));
    return [...new Set([...texts, ...hidden])]
        .filter((text) => text.length >= LENGTH_MIN)
        .sort((a, b) => b.length - a.length);
}

/** Texts that are marked secret, and those that stand in the open. */
function gather(value: PropertyValue, secret: boolean, marked: Set<string>, open: Set<string>): void {
    if (typeof value === "string") (secret ? marked : open).add(value);
    else if (value instanceof Secret) gather(value.reveal(), true, marked, open);
    else if (Array.isArray(value))
        for (const element of value as PropertyValue[]) gather(element, secret, marked, open);
    else if (typeof value === "object" && value !== null) {
        for (const element of Object.values(value as PropertyMap)) gather(element, secret, marked, open);
    }
}
