import { VERBS } from "./shapes";
import type { GrantChange, PackedAccess } from "./shapes";
import { unpackTexts, wordsOf } from "./texts";

export interface Identity {
    readonly name: string;
    readonly realm: string;
    /** Empty for a stranger. */
    readonly environment: string;
    readonly isOperator: boolean;
}

export interface Entry {
    readonly store: string;
    readonly path: string;
    readonly documents: readonly string[];
    readonly isSecret: boolean;
}

export interface Grant {
    readonly verb: string;
    readonly isUndecided: boolean;
    readonly change: GrantChange;
    readonly via: readonly string[];
    readonly by: readonly string[];
    readonly reason: string;
}

/** What one identity may do with one entry. */
export interface AccessRow {
    readonly stack: string;
    readonly environment: string;
    readonly identity: Identity;
    readonly entry: Entry;
    readonly grants: readonly Grant[];
}

export interface AccessFilter {
    readonly text: string;
    /** Empty for any, as is a verb. */
    readonly stack: string;
    readonly verb: string;
    readonly changed: boolean;
    readonly secrets: boolean;
    /** Only those of another environment, and those of none. */
    readonly outsiders: boolean;
    readonly order: "entry" | "identity";
}

/**
 * Rows as columns of numbers. Words are looked for in the names of identities and entries, of which there are
 * thousands, and not in rows, of which there are a hundred thousand: a filter is then a walk over numbers.
 */
export class Access {
    readonly stacks: readonly { readonly stack: string; readonly environment: string }[];
    readonly size: number;
    readonly #identities: readonly Identity[];
    readonly #entries: readonly Entry[];
    readonly #sets: readonly (readonly Grant[])[];
    readonly #stack: Uint8Array;
    readonly #entry: Uint32Array;
    readonly #identity: Uint32Array;
    readonly #grants: Uint32Array;
    #identityTexts: readonly string[] | undefined;
    #entryTexts: readonly string[] | undefined;
    #byIdentity: Uint32Array | undefined;

    constructor(packed: PackedAccess) {
        const texts = unpackTexts(packed.texts);
        const text = (at: number): string => texts[at] ?? "";
        this.stacks = packed.stacks.map(({ stack, environment }) => ({ stack, environment }));
        this.#identities = packed.identities.map(([name, realm, environment, operator]) => ({
            name: text(name),
            realm: text(realm),
            environment: text(environment),
            isOperator: operator === 1,
        }));
        this.#entries = packed.entries.map(([store, path, documents, secret]) => ({
            store: text(store),
            path: text(path),
            documents: documents.map(text),
            isSecret: secret === 1,
        }));
        this.#sets = packed.grants.map((set) =>
            set.map(([verb, undecided, change, via, by, reason]) => ({
                verb: VERBS[verb] ?? "",
                isUndecided: undecided === 1,
                change,
                via: via.map(text),
                by: by.map(text),
                reason: text(reason),
            })),
        );
        this.size = packed.stacks.reduce((sum, { identity }) => sum + identity.length, 0);
        this.#stack = new Uint8Array(this.size);
        this.#entry = new Uint32Array(this.size);
        this.#identity = new Uint32Array(this.size);
        this.#grants = new Uint32Array(this.size);
        let from = 0;
        packed.stacks.forEach(({ runs, identity, grants }, stack) => {
            this.#stack.fill(stack, from, from + identity.length);
            this.#identity.set(identity, from);
            this.#grants.set(grants, from);
            let at = from;
            for (let run = 0; run < runs.length; run += 2) {
                const end = at + (runs[run + 1] ?? 0);
                this.#entry.fill(runs[run] ?? 0, at, end);
                at = end;
            }
            from += identity.length;
        });
    }

    row(at: number): AccessRow {
        const { stack, environment } = this.stacks[this.#stack[at] ?? 0] ?? { stack: "", environment: "" };
        const identity = this.#identities[this.#identity[at] ?? 0];
        const entry = this.#entries[this.#entry[at] ?? 0];
        if (identity === undefined || entry === undefined)
            throw new RangeError(`there is no row ${String(at)}`);
        return { stack, environment, identity, entry, grants: this.#sets[this.#grants[at] ?? 0] ?? [] };
    }

    /** The rows that fit, in the order that was asked for. */
    find(filter: AccessFilter): Uint32Array {
        const words = wordsOf(filter.text);
        const inIdentities = words.map((word) => this.#flags(this.#searchableIdentities(), word));
        const inEntries = words.map((word) => this.#flags(this.#searchableEntries(), word));
        const sets = this.#sets.map((grants) => fits(grants, filter));
        const stack = this.stacks.findIndex((each) => each.stack === filter.stack);
        const order = filter.order === "identity" ? this.#orderByIdentity() : undefined;
        const found = new Uint32Array(this.size);
        let count = 0;
        for (let place = 0; place < this.size; place++) {
            const at = order?.[place] ?? place;
            const identity = this.#identity[at] ?? 0;
            const entry = this.#entry[at] ?? 0;
            if (filter.stack !== "" && this.#stack[at] !== stack) continue;
            if (sets[this.#grants[at] ?? 0] !== true) continue;
            if (filter.secrets && this.#entries[entry]?.isSecret !== true) continue;
            if (filter.outsiders && !this.#isOutsider(at, identity)) continue;
            if (
                !words.every(
                    (_, word) => inIdentities[word]?.[identity] === 1 || inEntries[word]?.[entry] === 1,
                )
            )
                continue;
            found[count++] = at;
        }
        return found.subarray(0, count);
    }

    #isOutsider(at: number, identity: number): boolean {
        const who = this.#identities[identity];
        return who !== undefined && isOutsider(who, this.stacks[this.#stack[at] ?? 0]?.environment ?? "");
    }

    #searchableIdentities(): readonly string[] {
        return (this.#identityTexts ??= this.#identities.map(({ name, realm }) =>
            `${name}\n${realm}`.toLowerCase(),
        ));
    }

    #searchableEntries(): readonly string[] {
        return (this.#entryTexts ??= this.#entries.map(({ store, path, documents }) =>
            [store, path, ...documents].join("\n").toLowerCase(),
        ));
    }

    #flags(texts: readonly string[], word: string): Uint8Array {
        return Uint8Array.from(texts, (text) => (text.includes(word) ? 1 : 0));
    }

    #orderByIdentity(): Uint32Array {
        return (this.#byIdentity ??= Uint32Array.from(this.#identity.keys()).sort(
            (a, b) =>
                (this.#stack[a] ?? 0) - (this.#stack[b] ?? 0) ||
                (this.#identity[a] ?? 0) - (this.#identity[b] ?? 0) ||
                a - b,
        ));
    }
}

/** Of another environment than what it reaches, or of none that is known; those who operate are declared, and are neither. */
export const isOutsider = ({ environment, isOperator }: Identity, of: string): boolean =>
    environment === "" ? !isOperator : environment !== of;

/** With a verb and a change asked for, it is the verb that has to be the changed one. */
const fits = (grants: readonly Grant[], { verb, changed }: AccessFilter): boolean =>
    grants.some((grant) => (verb === "" || grant.verb === verb) && (!changed || grant.change !== 0));
