import { addTo } from "../components/domain/grouped";
import { fieldsOf } from "../components/domain/catalogue";
import type { Catalogue, Field } from "../components/domain/catalogue";
import { ETCD_FIELD } from "../components/domain/encryption-key";
import { SHARED_OWNER } from "../components/domain/ownership";
import { ledgerParts } from "../components/domain/rotation/ledger-parts";

/** A workload that takes a field, directly or in a composed one. */
export interface AffectedConsumer {
    readonly platform: string;
    readonly consumer: string;
    readonly workload: string;
    /** It takes variables, which a running pod never gets anew. */
    readonly restarts: boolean;
}

/** What people need to know of a field to rotate it. */
export interface FieldFacts {
    readonly description: string;
    readonly owner: string;
    readonly holders: readonly string[];
    /** Who issues it, when we do not draw it. */
    readonly issuer: string | undefined;
    readonly consumers: readonly AffectedConsumer[];
    /** Where else the value is set: follows "put it into". */
    readonly alsoSetIn?: string | undefined;
    /** What people notice when the value in use goes at once. */
    readonly breaks?: string | undefined;
}

/** The facts of every field, by id; composed fields count for their parts. */
export function fieldFacts(catalogue: Catalogue): ReadonlyMap<string, FieldFacts> {
    const readers = new Map<string, AffectedConsumer[]>();
    for (const platform of catalogue) {
        const fields = [...fieldsOf([platform])];
        for (const [consumer, { workload, takes, reads }] of Object.entries(platform.consumers)) {
            const affected = { platform: platform.name, consumer, workload, restarts: takes === "env" };
            const wanted = new Set(reads);
            const ids = new Set(
                fields.flatMap((each) =>
                    each.field.variable !== undefined && wanted.has(each.field.variable)
                        ? ledgerParts(platform, each).map(({ id }) => id)
                        : [],
                ),
            );
            for (const id of ids) addTo(readers, id, affected);
        }
    }
    const facts = new Map<string, FieldFacts>(
        [...fieldsOf(catalogue)].map(({ id, field, document, platform }) => [
            id,
            {
                description: field.description,
                owner: platform.owner,
                holders: document.holders,
                issuer: "issuer" in field ? field.issuer : undefined,
                consumers: readers.get(id) ?? [],
                alsoSetIn: placeOf(field),
                breaks: field.breaks,
            },
        ]),
    );
    return facts.set(ETCD_FIELD, {
        description: "Encrypts the Secrets of the clusters in etcd",
        owner: SHARED_OWNER,
        holders: [],
        issuer: undefined,
        consumers: [],
    });
}

const SYSTEMS = { postgresql: "PostgreSQL", redis: "Redis", minio: "MinIO" } as const;

function placeOf(field: Field): string | undefined {
    if (field.kind !== "generated" || field.alsoSet === undefined) return undefined;
    return field.alsoSet.in === "place" ? field.alsoSet.where : SYSTEMS[field.alsoSet.in];
}
