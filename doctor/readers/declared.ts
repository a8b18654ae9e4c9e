import { isRequired } from "../../components/domain/catalogue";
import type { Catalogue, Platform } from "../../components/domain/catalogue";
import type { Rendering } from "../../preview/rendering";
import type { Assessed } from "../../preview/report/verdict";
import { setCommand, summarize } from "../../preview/report/summary";
import type { FieldSummary } from "../../preview/report/summary";
import type { RotatingStack } from "../../rotation/stack";
import { fieldStatuses } from "../../rotation/status";
import type { Facts, IssuedValue, KeyAddress, RefusedConfiguration } from "../facts";
import type { Chosen } from "../scope";
import { storeTarget } from "../stores";
import type { StoreTarget } from "../stores";
import { addressesOf, addressFaults, isKeySetting } from "./addresses";
import { consumersOf } from "./consumers";

/** Why nothing was read yet. */
export const UNREAD = {
    cluster: { is: "unread", why: "no cluster was asked", isForbidden: false },
    store: { is: "unread", why: "no store was asked", isForbidden: false },
    network: { is: "unread", why: "the network was not asked", isForbidden: false },
} as const;

export interface DeclaredStack {
    readonly assessed: Assessed;
    /** Absent where the configuration is refused. */
    readonly rotating: RotatingStack | undefined;
    readonly refused: readonly RefusedConfiguration[];
}

/** What a stack declares, as facts of which nothing was looked at yet, and the addresses that would have to be asked. */
export interface Declared {
    readonly facts: Facts;
    /** By setting. They may hold credentials, and go into no fact. */
    readonly addresses: ReadonlyMap<string, readonly string[]>;
}

/** The facts of a stack whose program did not come to its end. */
export const refusedFacts = (
    stack: string,
    now: string,
    refused: readonly RefusedConfiguration[],
): Facts => ({
    stack,
    now,
    refused,
    isRendered: false,
    values: [],
    rotation: [],
    consumers: [],
    documents: [],
    keys: [],
});

/** @param now RFC 3339 in UTC. */
export function declared(
    { assessed, rotating, refused }: DeclaredStack,
    catalogue: Catalogue,
    chosen: Chosen,
    now: string,
): Declared {
    const { rendering } = assessed;
    const { stack } = rendering;
    const isRendered = rendering.complete && refused.length === 0 && rotating !== undefined;
    if (!isRendered) return { facts: refusedFacts(stack, now, refused), addresses: new Map() };
    const { config } = rotating;
    const documents = summarize(assessed)
        .platforms.flatMap((platform) => platform.documents)
        .filter(({ name }) => chosen.documents.has(name));
    const sealed = new Set(rendering.opaqueConfigKeys);
    const outOfBand = new Set(config.outOfBand);
    const values = documents
        .flatMap(({ fields }) => fields)
        .filter(({ id, issuer }) => issuer !== undefined && !outOfBand.has(id))
        .map((field): IssuedValue => valueOf(field, rendering, sealed));
    const platforms = catalogue.filter(({ name }) => chosen.platforms.has(name));
    const settings = platforms.flatMap((platform) =>
        keySettings(platform, rotating, assessed, values).filter(
            ({ document }) => document === undefined || chosen.documents.has(document),
        ),
    );
    const facts: Facts = {
        stack,
        now,
        refused,
        isRendered,
        values,
        rotation: fieldStatuses(rotating, now.slice(0, 10)).filter(
            ({ field }) => chosen.isAll || chosen.documents.has(field.split(".")[0] ?? field),
        ),
        consumers: consumersOf(assessed, rotating, catalogue, chosen),
        documents: documents.map(({ name, store, path }) => ({
            id: name,
            target: storeTarget(store as StoreTarget["kind"], path, config),
            seen: UNREAD.store,
        })),
        keys: settings.map(({ key }) => key),
    };
    return { facts, addresses: new Map(settings.map(({ key, urls }) => [key.setting, urls])) };
}

function valueOf(
    { id, required, issuer }: FieldSummary,
    { stack, issued = {} }: Rendering,
    sealed: ReadonlySet<string>,
): IssuedValue {
    const isSealed = sealed.has(`strongroom:values.${id}`);
    const state = isSealed ? "sealed" : issued[id] === undefined ? "missing" : "set";
    return { field: id, state, isRequired: required, issuer, command: setCommand(stack, id) };
}

interface KeySetting {
    readonly key: KeyAddress;
    readonly document: string | undefined;
    readonly urls: readonly string[];
}

function keySettings(
    platform: Platform,
    { config, stack }: RotatingStack,
    { rendering: { issued = {} } }: Assessed,
    values: readonly IssuedValue[],
): readonly KeySetting[] {
    const placed = config.platforms[platform.name];
    if (placed === undefined) return [];
    const settings = Object.fromEntries(
        Object.entries(placed.settings).map(([name, value]) => [name, String(value)]),
    );
    const found: KeySetting[] = [];
    const add = (
        setting: Omit<KeyAddress, "addresses">,
        document: string | undefined,
        urls: readonly string[],
    ): void => {
        const addresses = urls.map((url) => ({
            faults: addressFaults(url, config.protect),
            seen: UNREAD.network,
        }));
        found.push({ key: { ...setting, addresses }, document, urls });
    };
    for (const [name, document] of Object.entries(platform.documents)) {
        for (const [field, { variable }] of Object.entries(document.fields)) {
            const id = `${platform.name}/${name}`;
            const value = values.find((each) => each.field === `${id}.${field}`);
            if (!isKeySetting(variable) || value === undefined) continue;
            const text = issued[value.field]?.reveal();
            const { state, isRequired: required, command } = value;
            const urls = state === "set" && typeof text === "string" ? addressesOf(variable, text) : [];
            add({ setting: value.field, isRequired: required, state, command }, id, urls);
        }
    }
    for (const [name, { variable, default: usual, required }] of Object.entries(platform.config)) {
        if (!isKeySetting(variable)) continue;
        const text = settings[name] ?? usual;
        const path = `strongroom:platforms.${platform.name}.settings.${name}`;
        const key = {
            setting: path,
            isRequired: isRequired(required, settings),
            state: text === undefined ? ("missing" as const) : ("set" as const),
            command: `pulumi config set --stack ${stack} --path '${path}'`,
        };
        add(key, undefined, text === undefined ? [] : addressesOf(variable, text));
    }
    return found;
}
