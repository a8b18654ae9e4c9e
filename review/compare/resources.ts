import type { Json } from "../../preview/report/redact";
import type { ResourceChange } from "../review";
import type { SnapshotResource } from "../snapshot";
import { order } from "../../preview/access/estate";
import type { JsonObject } from "./marks";
import { drawnAnew, isDrawing, madeAnew } from "./drawn";
import { ownersOf } from "./owner";
import { pairResources } from "./pairing";
import type { Pairing } from "./pairing";
import { isWithin, parsePath, pathText } from "./path";
import { differences, propertyChange } from "./properties";
import type { Difference } from "./properties";
import { replacing } from "./replacing";
import { formerNames } from "./stand-ins";

export interface ComparedResources {
    /** Sorted by URN. */
    readonly changes: readonly ResourceChange[];
    readonly unchanged: number;
    readonly pairing: Pairing;
    /** What is declared otherwise and stays as it is, since `ignoreChanges` says so: `RandomPassword shop/db.password-g1 (length)`. */
    readonly ignored: readonly string[];
}

/** What an engine would do to each resource, told by what the two commits declare. */
export function compareResources(
    before: readonly SnapshotResource[],
    after: readonly SnapshotResource[],
): ComparedResources {
    const pairing = pairResources(before, after);
    const [was, is] = [ownersOf(before), ownersOf(after)];
    const rewrite = formerNames(pairing) ?? ((value: Json) => value);
    const byUrn = new Map(after.map((resource) => [resource.urn, resource]));
    const ignored: string[] = [];
    const changes: ResourceChange[] = [
        ...pairing.added.map((resource) => whole("added", resource, is(resource))),
        ...pairing.removed.map((resource) => whole("removed", resource, was(resource))),
    ];
    const found = pairing.pairs.map((pair) => {
        const all = [
            ...differences(propertiesOf(pair.before, rewrite), propertiesOf(pair.after)),
            ...differences(optionsOf(pair.before, rewrite), optionsOf(pair.after)).map(
                (each): Difference => ({ ...each, steps: ["options", ...each.steps], isOption: true }),
            ),
        ];
        const stays = (pair.after.options.ignoreChanges ?? []).map(parsePath);
        const isIgnored = ({ steps, isOption }: Difference): boolean =>
            isOption !== true && stays.some((each) => isWithin(each, steps));
        const left = all.filter((each) => !isIgnored(each));
        if (left.length < all.length) ignored.push(ignoredText(pair.after, all.filter(isIgnored)));
        return { pair, left };
    });
    const providerOf = ({ provider }: SnapshotResource) => byUrn.get(provider ?? "");
    const drawn = found.filter(({ pair }) => isDrawing(pair.after));
    const isAnew = drawnAnew(
        pairing,
        drawn.filter(
            ({ pair, left }) => replacing(pair.before, pair.after, left, providerOf(pair.after)).length > 0,
        ),
    );
    for (const { pair, left } of found) {
        const differing = isAnew === undefined ? left : [...left, ...madeAnew(pair, isAnew)];
        const change = changeOf(pair, differing, providerOf(pair.after), is(pair.after));
        if (change !== undefined) changes.push(change);
    }
    changes.sort((a, b) => order(a.urn, b.urn) || order(a.kind, b.kind));
    const told = changes.filter(({ kind }) => kind !== "added" && kind !== "removed").length;
    return { changes, unchanged: pairing.pairs.length - told, pairing, ignored };
}

function whole(
    kind: "added" | "removed",
    resource: SnapshotResource,
    belongsTo: string | undefined,
): ResourceChange {
    return {
        kind,
        ...named(resource, belongsTo),
        properties: [],
        isProtected: resource.options.protect === true,
    };
}

function named({ urn, type, name, parent }: SnapshotResource, belongsTo: string | undefined) {
    return {
        ...{ urn, type, name },
        ...(parent === undefined ? {} : { parent }),
        ...(belongsTo === undefined ? {} : { belongsTo }),
    };
}

function changeOf(
    { before, after }: Pairing["pairs"][number],
    found: readonly Difference[],
    provider: SnapshotResource | undefined,
    belongsTo: string | undefined,
): ResourceChange | undefined {
    const isRenamed = before.urn !== after.urn;
    if (found.length === 0 && !isRenamed) return undefined;
    const because = replacing(before, after, found, provider);
    return {
        kind: because.length > 0 ? "replaced" : isRenamed ? "renamed" : "changed",
        ...named(after, belongsTo),
        ...(isRenamed ? { formerUrn: before.urn } : {}),
        properties: found.map(propertyChange),
        ...(because.length === 0 ? {} : { replacedBecauseOf: because.map(({ steps }) => pathText(steps)) }),
        isProtected: before.options.protect === true || after.options.protect === true,
    };
}

type Rewrite = (value: Json) => Json;
const asItIs: Rewrite = (value) => value;

/** The properties of a resource; of a provider without the version of its plugin, which the lock file decides. */
function propertiesOf({ type, inputs }: SnapshotResource, rewrite: Rewrite = asItIs): Json {
    const isProvider = type.startsWith("pulumi:providers:");
    return rewrite(isProvider ? without(inputs, "version", "__internal") : inputs);
}

/** Its options, without that version, and without aliases, which say what it was and not what it is. */
function optionsOf({ options, provider, parent }: SnapshotResource, rewrite: Rewrite = asItIs): Json {
    return rewrite({
        ...without(options as JsonObject, "version", "aliases"),
        ...(provider === undefined ? {} : { provider }),
        ...(parent === undefined ? {} : { parent }),
    });
}

const without = (object: JsonObject, ...keys: readonly string[]): JsonObject =>
    Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));

function ignoredText({ type, name }: SnapshotResource, found: readonly Difference[]): string {
    const paths = found.map(({ steps }) => pathText(steps)).join(", ");
    return `${type.split(":").pop() ?? type} ${name} (${paths})`;
}
