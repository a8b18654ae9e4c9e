import { fieldsOf } from "../components/domain/catalogue";
import type { Catalogue, CatalogueField, Category } from "../components/domain/catalogue";
import { ETCD_FIELD } from "../components/domain/encryption-key";
import { SHARED_OWNER } from "../components/domain/ownership";
import { Problems, suggest } from "../components/domain/problems";
import type { Problem } from "../components/domain/problems";
import { ledgerParts } from "../components/domain/rotation/ledger-parts";
import type { RotatingStack } from "./stack";

/** The groups that are rotated together by name, with the categories of documents in each; none for all. */
export const MODES = {
    all: undefined,
    symmetric: ["security", "encryption"],
    "api-keys": ["api-key"],
    database: ["database"],
} as const satisfies Record<string, readonly Category[] | undefined>;
export type Mode = keyof typeof MODES;

/** Fields that were chosen, and what is wrong with the choice. */
export interface Selection {
    readonly fields: readonly string[];
    readonly problems: readonly Problem[];
}

/** The fields of a mode that a stack has, in the order of the catalogue. */
export function fieldsOfMode(mode: Mode, stack: RotatingStack, catalogue: Catalogue): string[] {
    const categories: readonly Category[] | undefined = MODES[mode];
    const ids = [...fieldsOf(catalogue)]
        .filter(({ document }) => categories?.includes(document.category) ?? true)
        .map(({ id }) => id);
    const known = new Set(ids);
    return [...stack.fields.keys()].filter((id) => known.has(id) || mode === "all");
}

/**
 * The rotating fields behind what a person named: the field itself, or the parts of a composed one.
 *
 * @param place how a problem names the argument.
 */
export function fieldsNamed(
    name: string,
    stack: RotatingStack,
    catalogue: Catalogue,
    place: string,
): Selection {
    if (stack.fields.has(name)) return { fields: [name], problems: [] };
    const problems = new Problems();
    const index = indexOf(catalogue);
    const found = index.get(name);
    if (found === undefined) {
        const byVariable = [...index.values()].filter(({ field }) => field.variable === name);
        const fix =
            byVariable.length > 0
                ? `That is the variable of ${byVariable.map(({ id }) => `'${id}'`).join(" and ")}: name the field`
                : suggest(name, [...stack.fields.keys(), ...index.keys()]);
        problems.add(place, `the catalogue has no field '${name}'`, fix);
        return { fields: [], problems: problems.all };
    }
    const fields = rotatingParts(found).filter((id) => stack.fields.has(id));
    if (fields.length === 0) {
        const native = stack.config.platforms[found.platform.name]?.native;
        const message =
            native === undefined
                ? `the stack '${stack.stack}' has no platform '${found.platform.name}'`
                : found.documentName in native
                  ? `'${name}' has no generations of ours: its store rotates it`
                  : `'${name}' never rotates: it is ${found.field.kind}`;
        problems.add(place, message, "Name a field that rotates: npm run rotate -- status");
    }
    return { fields, problems: problems.all };
}

/**
 * Exactly the fields that somebody has seen: of the documents that they hold, and of those that composed fields there
 * are made of.
 */
export function fieldsHeldBy(
    holder: string,
    stack: RotatingStack,
    catalogue: Catalogue,
    place: string,
): Selection {
    const problems = new Problems();
    const index = indexOf(catalogue);
    const held = [...index.values()].filter(({ document }) => document.holders.includes(holder));
    // Who answers for the keys of the control plane has seen them.
    const holdsEtcdKey = holder === SHARED_OWNER;
    if (held.length === 0 && !holdsEtcdKey) {
        const holders = new Set([...index.values()].flatMap(({ document }) => document.holders)).add(
            SHARED_OWNER,
        );
        problems.add(place, `nobody called '${holder}' holds a secret`, suggest(holder, holders));
    }
    const seen = new Set([...held.flatMap(rotatingParts), ...(holdsEtcdKey ? [ETCD_FIELD] : [])]);
    return { fields: [...stack.fields.keys()].filter((id) => seen.has(id)), problems: problems.all };
}

type Index = ReadonlyMap<string, CatalogueField>;

const indexOf = (catalogue: Catalogue): Index =>
    new Map([...fieldsOf(catalogue)].map((each) => [each.id, each]));

const rotatingParts = (found: CatalogueField): string[] => [
    ...new Set(ledgerParts(found.platform, found).map(({ id }) => id)),
];
