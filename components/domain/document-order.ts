import type { Platform } from "./catalogue";
import { parseTemplate } from "./template";

/**
 * The documents of a platform in an order in which each comes after those that its composed fields use.
 *
 * @throws {RangeError} naming the documents that are composed of each other.
 */
export function documentOrder(platform: Platform): string[] {
    const order: string[] = [];
    const state = new Map<string, "visiting" | "done">();
    const visit = (name: string, path: readonly string[]): void => {
        if (state.get(name) === "done") return;
        if (state.get(name) === "visiting") {
            throw new RangeError(`documents are composed of each other: ${[...path, name].join(" → ")}`);
        }
        state.set(name, "visiting");
        for (const used of documentsUsedBy(platform, name)) visit(used, [...path, name]);
        state.set(name, "done");
        order.push(name);
    };
    for (const name of Object.keys(platform.documents)) visit(name, []);
    return order;
}

function documentsUsedBy(platform: Platform, name: string): Set<string> {
    const used = new Set<string>();
    for (const field of Object.values(platform.documents[name]?.fields ?? {})) {
        if (field.kind !== "composed") continue;
        for (const part of parseTemplate(field.template, name)) {
            if ("document" in part && part.document !== name && part.document in platform.documents) {
                used.add(part.document);
            }
        }
    }
    return used;
}
