import { parse, stringify } from "yaml";
import type { Catalogue, Document, Field, Platform } from "../../components/domain/catalogue";
import { base64, generated, literal, password } from "../../components/domain/fields";
import type { Ledger } from "../../components/domain/rotation/stages";
import { overlap, signingKey, swap } from "../support/rotation-classes";
import type { Source } from "../support/registrations";

/** What somebody does to a stack in a commit that is about something else than rotation. */
export type Edit = (source: Source) => Source;

const inPlatforms =
    (change: (platform: Platform) => Platform): Edit =>
    (source) => ({ ...source, catalogue: source.catalogue.map(change) });
const inDocuments = (change: (document: Document) => Document): Edit =>
    inPlatforms((platform) => ({
        ...platform,
        documents: mapped(platform.documents, change),
    }));
const inFields = (change: (field: Field) => Field): Edit =>
    inDocuments((document) => ({ ...document, fields: mapped(document.fields, change) }));
const inLedger =
    (change: (ledger: Ledger) => Ledger): Edit =>
    (source) => ({ ...source, ledger: stringify(change(parse(source.ledger) as Ledger)) });
const inConfig =
    (more: Readonly<Record<string, unknown>>): Edit =>
    (source) => ({ ...source, config: { ...source.config, ...more } });

function mapped<T>(object: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
    return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

function reversed<T>(object: Readonly<Record<string, T>>): Record<string, T> {
    return Object.fromEntries(Object.entries(object).reverse());
}

const slower = { ...signingKey, announce: "9 days", grace: "20 days", tokenLife: "4 days" };

/** None of them draws a value, nor draws one again. */
export const EDITS: Readonly<Record<string, Edit>> = {
    "another period": inFields((field) => ({ ...field, rotation: { ...field.rotation, every: "45 days" } })),
    "no period, an event instead": inFields((field) => ({
        ...field,
        rotation: { rotationClass: field.rotation.rotationClass, on: ["revocation"] },
    })),
    "other times of a class": inFields((field) =>
        field.rotation.rotationClass === signingKey
            ? { ...field, rotation: { ...field.rotation, rotationClass: slower, every: "90 days" } }
            : field,
    ),
    "another description of each field": inFields((field) => ({ ...field, description: "Other words" })),
    "another description of each document": inDocuments((document) => ({
        ...document,
        description: "Other words",
    })),
    "another owner and title": inPlatforms((platform) => ({ ...platform, owner: "others", title: "Other" })),
    "other holders": inDocuments((document) => ({ ...document, holders: ["team", "auditor"] })),
    "another category": inDocuments((document) => ({ ...document, category: "security" })),
    "another order of fields": inDocuments((document) => ({
        ...document,
        fields: reversed(document.fields),
    })),
    "another order of documents": inPlatforms((platform) => ({
        ...platform,
        documents: reversed(platform.documents),
    })),
    "another order of platforms": (source) => ({ ...source, catalogue: source.catalogue.toReversed() }),
    "a field more": inDocuments((document) => ({
        ...document,
        fields: { more: literal("More", "text"), ...document.fields },
    })),
    "a consumer that reads less": inPlatforms((platform) => ({
        ...platform,
        consumers: mapped(platform.consumers, (consumer) => ({
            ...consumer,
            reads: consumer.reads.slice(0, -1),
            takes: "files",
        })),
    })),
    "another order in the ledger": inLedger(reversed),
    "another reference in the ledger": inLedger((ledger) =>
        mapped(ledger, (entry) => ({ ...entry, current: { ...entry.current, reference: "T-9" } })),
    ),
    "an overlap that is kept longer": inLedger((ledger) =>
        mapped(ledger, (entry) =>
            entry.previous === undefined
                ? entry
                : { ...entry, previous: { ...entry.previous, until: "2027-01-31" } },
        ),
    ),
    "comments and white space in the ledger": (source) => ({
        ...source,
        ledger: `# A comment\n\n${source.ledger.replaceAll("\n", "   # and one more\n\n")}`,
    }),
    "another order in the configuration": (source) => ({ ...source, config: reversed(source.config) }),
    "another refresh interval": inConfig({ refreshInterval: "30m" }),
    "slower deployments": inConfig({ rotation: { deployWithin: "36 hours" } }),
};

/** Values of another length or alphabet: they take effect with the next generation. */
export const LATER: Readonly<Record<string, Edit>> = {
    "a longer password": inFields((field) =>
        field.kind === "generated" && field.generated.form === "password"
            ? { ...field, generated: password(64) }
            : field,
    ),
    "more bytes": inFields((field) =>
        field.kind === "generated" && field.generated.form !== "password"
            ? { ...field, generated: base64(64) }
            : field,
    ),
};

const depot: Platform = {
    name: "depot",
    title: "Depot",
    owner: "team",
    documents: {
        cache: {
            description: "Cache",
            category: "database",
            holders: ["team"],
            fields: {
                password: generated("Password", password(24), swap("90 days")),
                key: generated("Key", base64(32), overlap("90 days")),
            },
        },
    },
    config: {},
    consumers: {},
};

const DEPOT_LEDGER = `depot/cache.password:
  current: { generation: 1, since: 2026-09-01, reason: initial }
depot/cache.key:
  current: { generation: 5, since: 2026-10-01, reason: schedule }
  previous: { generation: 4, until: 2026-12-01 }
`;

/** Two platforms, and a key for etcd. */
export function twoPlatforms(
    shop: Catalogue,
    ledger: string,
    environment: Readonly<Record<string, unknown>>,
): Source {
    const platform = { cluster: "main", secrets: "kubernetes", config: "kubernetes" };
    const { environments, vault, clusters, etcd } = environment;
    const config = { environment: "prod", environments, vault, clusters, etcd };
    return {
        catalogue: [...shop, depot],
        ledger: ledger + DEPOT_LEDGER,
        config: { ...config, platforms: { shop: platform, depot: platform } },
    };
}
