import { CHANGES } from "./shapes";
import type { PackedResources, PackedResourceStack } from "./shapes";
import { unpackTexts, wordsOf } from "./texts";
import { urnOf } from "./urns";

export interface ResourceFilter {
    readonly text: string;
    /** Empty for any. */
    readonly stack: string;
    readonly changed: boolean;
}

/** Which resources are to be seen: those that fit, and all that they stand in. */
export interface Found {
    readonly isSeen: (at: number) => boolean;
    readonly count: number;
}

/** The resources of one stack, by their places: parents stand before their children. */
export class ResourceTree {
    readonly stack: string;
    readonly size: number;
    readonly roots: readonly number[];
    readonly #packed: PackedResourceStack;
    readonly #texts: readonly string[];
    /** The same in small letters, made when somebody first looks for something. */
    readonly #searchable: () => readonly string[];
    readonly #children: readonly (readonly number[] | undefined)[];
    /** How many stand in it, however deep, and how many of those, and it itself, change. */
    readonly #within: Uint32Array;
    readonly #changed: Uint32Array;

    constructor(packed: PackedResourceStack, texts: readonly string[], searchable: () => readonly string[]) {
        this.stack = packed.stack;
        this.size = packed.name.length;
        this.#packed = packed;
        this.#texts = texts;
        this.#searchable = searchable;
        const children: (number[] | undefined)[] = [];
        const roots: number[] = [];
        for (let at = 0; at < this.size; at++) {
            const parent = this.parent(at);
            if (parent === undefined) roots.push(at);
            else (children[parent] ??= []).push(at);
        }
        this.roots = roots;
        this.#children = children;
        this.#within = new Uint32Array(this.size);
        this.#changed = new Uint32Array(this.size);
        for (let at = this.size - 1; at >= 0; at--) {
            if (this.change(at) !== "") this.#changed[at] = (this.#changed[at] ?? 0) + 1;
            const parent = this.parent(at);
            if (parent === undefined) continue;
            this.#within[parent] = (this.#within[parent] ?? 0) + (this.#within[at] ?? 0) + 1;
            this.#changed[parent] = (this.#changed[parent] ?? 0) + (this.#changed[at] ?? 0);
        }
    }

    type(at: number): string {
        return this.#texts[this.#packed.type[at] ?? -1] ?? "";
    }

    name(at: number): string {
        return this.#texts[this.#packed.name[at] ?? -1] ?? "";
    }

    change(at: number): (typeof CHANGES)[number] {
        return CHANGES[this.#packed.change[at] ?? 0] ?? "";
    }

    parent(at: number): number | undefined {
        const distance = this.#packed.parent[at] ?? 0;
        return distance === 0 ? undefined : at - distance;
    }

    children(at: number): readonly number[] {
        return this.#children[at] ?? [];
    }

    within(at: number): number {
        return this.#within[at] ?? 0;
    }

    changedWithin(at: number): number {
        return (this.#changed[at] ?? 0) - (this.change(at) === "" ? 0 : 1);
    }

    urn(at: number): string {
        const own = this.#packed.urns[at];
        if (own !== undefined) return own;
        const types: string[] = [];
        for (let each: number | undefined = at; each !== undefined; each = this.parent(each))
            types.unshift(this.type(each));
        return urnOf({ stack: this.stack, project: this.#packed.project, types, name: this.name(at) });
    }

    find({ text, stack, changed }: ResourceFilter): Found {
        const words = wordsOf(text);
        // Of the texts, of which there are fewer than resources, and each only once.
        const flags = words.map((word) =>
            Uint8Array.from(this.#searchable(), (each) => (each.includes(word) ? 1 : 0)),
        );
        const seen = new Uint8Array(this.size);
        let count = 0;
        if (stack === "" || stack === this.stack)
            for (let at = this.size - 1; at >= 0; at--) {
                const fits = (!changed || this.change(at) !== "") && this.#has(at, flags);
                if (fits) count++;
                if (fits) seen[at] = 1;
                const parent = this.parent(at);
                if (seen[at] === 1 && parent !== undefined) seen[parent] = 1;
            }
        return { isSeen: (at) => seen[at] === 1, count };
    }

    #has(at: number, flags: readonly Uint8Array[]): boolean {
        const type = this.#packed.type[at] ?? -1;
        const name = this.#packed.name[at] ?? -1;
        return flags.every((each) => each[type] === 1 || each[name] === 1);
    }
}

export function resourceTrees({ texts, stacks }: PackedResources): readonly ResourceTree[] {
    const unpacked = unpackTexts(texts);
    let small: readonly string[] | undefined;
    const searchable = (): readonly string[] => (small ??= unpacked.map((text) => text.toLowerCase()));
    return stacks.map((stack) => new ResourceTree(stack, unpacked, searchable));
}
