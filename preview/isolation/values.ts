import { createHmac, randomBytes } from "node:crypto";
import { parseReference } from "../../components/domain/references";
import { addTo } from "../../components/domain/grouped";
import { opened, order } from "../access/estate";
import { Secret, type PropertyValue } from "../engine/values";
import type { RenderedResource, Rendering } from "../rendering";
import { documentsOf, mapOf, type DescribedDocument } from "./fields";
import type { Environment, IsolationFinding } from "./types";

/** Where a value is known; the value itself is not kept. */
interface Known {
    readonly environment: string;
    readonly stack: string;
    /** `devplatform/db.password` */
    readonly field: string;
    /** With the stage or the generation, where the field has several values. */
    readonly label: string;
    /** A value in a store and the drawn one that it is made of are the same thing in two forms. */
    readonly drawn: boolean;
}

/**
 * Fields with the same value: in two environments, where a leak of one is then a leak of both, in two fields of one
 * environment, or in two generations of one field, which is a rotation that changed nothing. Compared is what is known
 * in a preview: what is configured, and whatever stands in entries and in drawn values. Literal fields are no secrets,
 * and composed ones repeat their parts on purpose.
 *
 * Values are compared by an HMAC under a key that is drawn here and forgotten, so that nothing that could be tried out
 * leaves this function: neither value nor digest is in a finding.
 */
export function equalValues(environments: readonly Environment[]): readonly IsolationFinding[] {
    const key = randomBytes(32);
    const digestOf = (value: string): string =>
        createHmac("sha256", key).update(value.trim()).digest("base64");
    const byDigest = new Map<string, Known[]>();
    for (const { name, renderings } of environments) {
        for (const rendering of renderings) {
            for (const { value, ...place } of valuesOf(rendering)) {
                if (value.trim() === "") continue;
                addTo(byDigest, digestOf(value), { environment: name, stack: rendering.stack, ...place });
            }
        }
    }
    return [...byDigest.values()].flatMap(finding).sort((a, b) => order(a.message, b.message));
}

function finding(alike: readonly Known[]): IsolationFinding[] {
    const fields = distinct(alike, ({ environment, field }) => `${environment} ${field}`);
    const places = fields.length > 1 ? fields : generations(alike);
    if (places.length < 2) return [];
    const nameOf = ({ field, label }: Known): string => (fields.length > 1 ? field : label);
    const named = places.map((place) => `'${nameOf(place)}' in ${place.environment}`);
    return [
        {
            kind: "equal-value",
            places: places.map((place) => ({ stack: place.stack, what: nameOf(place) })),
            message: `${named.join(" and ")} have the same value`,
            fix: "Give each a value of its own: have it issued anew, or rotate it",
        },
    ];
}

/** Those of one field, of which a store has one form and the drawn value another. */
function generations(alike: readonly Known[]): readonly Known[] {
    const forms = [true, false].map((isDrawn) =>
        distinct(
            alike.filter(({ drawn: each }) => each === isDrawn),
            ({ label }) => label,
        ),
    );
    return forms.find(({ length }) => length > 1) ?? [];
}

function distinct(known: readonly Known[], keyOf: (each: Known) => string): readonly Known[] {
    const byKey = new Map(known.map((each) => [keyOf(each), each]));
    return [...byKey].sort(([a], [b]) => order(a, b)).map(([, each]) => each);
}

type Found = Omit<Known, "environment" | "stack"> & { readonly value: string };

function valuesOf(rendering: Rendering): readonly Found[] {
    const documents = documentsOf(rendering);
    const kinds = new Map(
        documents.flatMap(({ id, fields }) =>
            [...fields].map(([field, { kind }]): [string, string] => [`${id}.${field}`, kind]),
        ),
    );
    const issued = Object.entries(rendering.issued ?? {}).flatMap(([field, secret]): Found[] => {
        const value = textOf(secret);
        return value === undefined ? [] : [{ field, label: field, drawn: false, value }];
    });
    return [...issued, ...stored(rendering, documents), ...drawn(rendering)].filter(({ field }) =>
        isCompared(kinds.get(field)),
    );
}

/** A field that no document describes is compared too: somebody set it. */
function isCompared(kind: string | undefined): boolean {
    return kind !== "literal" && kind !== "composed";
}

/** Where entries of the stores hold their fields. */
const CONTENTS: Readonly<Record<string, readonly string[]>> = {
    "aws:secretsmanager/secretVersion:SecretVersion": ["secretString"],
    "aws:ssm/parameter:Parameter": ["value"],
    "gcp:secretmanager/secretVersion:SecretVersion": ["secretData"],
    "gcp:secretmanager/regionalSecretVersion:RegionalSecretVersion": ["secretData"],
    "vault:kv/secretV2:SecretV2": ["dataJson"],
};

/** What stands in the entries that a document's component declares, and in the Secrets that fields refer to. */
function stored({ resources }: Rendering, documents: readonly DescribedDocument[]): readonly Found[] {
    const byUrn = new Map(documents.map((document) => [document.urn, document]));
    const byKey = new Map(documents.flatMap(secretKeys));
    return resources.flatMap((resource): Found[] => {
        if (resource.type === "kubernetes:core/v1:Secret") return secretValues(resource, byKey);
        const document = byUrn.get(resource.parent ?? "");
        if (document === undefined) return [];
        return (CONTENTS[resource.type] ?? []).flatMap((property) =>
            contents(document, textOf(opened(resource, property))),
        );
    });
}

/** One JSON object of fields, or one value where the document has one field. */
function contents(document: DescribedDocument, text: string | undefined): Found[] {
    if (text === undefined) return [];
    const [only, ...others] = document.fields.keys();
    const object = objectOf(text);
    const isText = only !== undefined && others.length === 0 && Object.keys(object).length === 0;
    return Object.entries(isText ? { [only]: text } : object).flatMap(([stagedName, value]) =>
        typeof value === "string" ? [foundIn(document, stagedName, value)] : [],
    );
}

function foundIn({ id, fields }: DescribedDocument, stagedName: string, value: string): Found {
    const base = stagedName.replace(/_(?:next|previous)$/u, "");
    const name = !fields.has(stagedName) && fields.has(base) ? base : stagedName;
    return { field: `${id}.${name}`, label: `${id}.${stagedName}`, drawn: false, value };
}

/** `<namespace>/<Secret>#<key>`, for fields whose store is the cluster. */
function secretKeys({ id, fields }: DescribedDocument): [string, string][] {
    return [...fields].flatMap(([field, { reference }]): [string, string][] => {
        if (reference?.startsWith("kubernetes:") !== true) return [];
        const { path, field: key = "" } = parseReference(reference);
        return [[`${path}#${key}`, `${id}.${field}`]];
    });
}

function secretValues(secret: RenderedResource, byKey: ReadonlyMap<string, string>): Found[] {
    const { namespace, name } = mapOf(opened(secret, "metadata"));
    if (typeof namespace !== "string" || typeof name !== "string") return [];
    const found = (property: string, decode: (text: string) => string): Found[] =>
        Object.entries(mapOf(opened(secret, property))).flatMap(([key, content]): Found[] => {
            const field = byKey.get(`${namespace}/${name}#${key}`);
            const text = textOf(content);
            if (field === undefined || text === undefined) return [];
            return [{ field, label: field, drawn: false, value: decode(text) }];
        });
    return [
        ...found("stringData", (text) => text),
        ...found("data", (text) => Buffer.from(text, "base64").toString("utf8")),
    ];
}

/** `devplatform/jwt.secret_key-g2`: the second generation of a field; unknown in a preview, known from a state. */
function drawn({ resources }: Rendering): readonly Found[] {
    return resources.flatMap(({ type, name, outputs }): Found[] => {
        const value =
            type === "random:index/randomPassword:RandomPassword" ? textOf(outputs.result) : undefined;
        if (value === undefined) return [];
        return [{ field: name.replace(/-g\d+$/u, ""), label: name, drawn: true, value }];
    });
}

function textOf(value: PropertyValue | undefined): string | undefined {
    const text = value instanceof Secret ? value.reveal() : value;
    return typeof text === "string" ? text : undefined;
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
    try {
        const value: unknown = JSON.parse(text);
        return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
    } catch {
        return {};
    }
}
