import type { EncryptionProviders } from "../../components/domain/encryption-key";
import { encryptionKeyName, providerOf } from "../../components/domain/encryption-key";
import { addDays } from "../../components/domain/rotation/day";
import type { Day } from "../../components/domain/rotation/day";
import type { Generations } from "../../components/domain/rotation/stages";
import type { Step, StepKind } from "../../components/domain/rotation/steps";
import { ImpossibleStep, takeStep } from "../../components/domain/rotation/steps";
import type { encryptionConfiguration } from "../../components/encryption/etcd";
import { proveRewrite, storedUnder } from "../../rotation/etcd-proof";

/**
 * All that several API servers on one etcd can do while its key rotates, a day at a time. On each day, in this order:
 * the ledger goes a step on if it may; each server takes up a document that was deployed, or none yet, unless the last
 * day for it has come; somebody writes all Secrets anew through one server, or nobody does; each server writes a Secret,
 * or none; all servers read all Secrets. Each choice makes another interleaving, and those that come to the same are
 * gone on with together.
 *
 * A Secret is what stands before its value. Documents, order, steps, faults and proof are the program's own.
 */

export interface Rules {
    readonly order: (generations: Generations) => readonly { readonly generation: number }[];
    readonly document: typeof encryptionConfiguration;
    readonly allows: (before: Generations, step: Step, today: Day) => boolean;
}

export interface Scenario {
    readonly providers: EncryptionProviders;
    readonly servers: number;
    /** The steps, in order, each on the first day on which it is allowed. */
    readonly steps: readonly StepKind[];
    readonly graceDays: number;
    /** The longest time from a step in the ledger until the last server has taken up its document. */
    readonly lagDays: number;
    readonly days: number;
}

export interface Outcome {
    readonly interleavings: bigint;
    /** Of these, the ones in which all steps were taken and every server has the last document. */
    readonly ended: bigint;
    readonly violations: readonly string[];
}

interface World {
    readonly generations: Generations;
    readonly stepsTaken: number;
    /** Each document with the number of the day it was deployed on, the first one long ago. */
    readonly deployed: readonly { readonly since: number; readonly generations: Generations }[];
    /** The number of the document that each server has. */
    readonly servers: readonly number[];
    /** The beginnings of the values in etcd. */
    readonly stored: readonly string[];
}
type Worlds = ReadonlyMap<string, { readonly world: World; readonly paths: bigint }>;

const FIRST_DAY = "2026-01-01";
const schedule = { reason: "schedule" } as const;

export function explore(scenario: Scenario, rules: Rules): Outcome {
    const violations = new Set<string>();
    const initial: Generations = { current: { generation: 1, since: FIRST_DAY, reason: "initial" } };
    const begin: World = {
        generations: initial,
        stepsTaken: 0,
        deployed: [{ since: -Infinity, generations: initial }],
        servers: Array.from({ length: scenario.servers }, () => 0),
        stored: [writePrefix(documentOf(initial, scenario, rules))],
    };
    let worlds: Worlds = merged([[begin, 1n]]);
    for (let day = 0; day < scenario.days; day++) {
        worlds = each(worlds, (world) => [stepOn(world, day, scenario, rules)]);
        for (let server = 0; server < scenario.servers; server++)
            worlds = each(worlds, (world) => takeUp(world, server, day, scenario));
        const prefix = (world: World, server: number): string =>
            writePrefix(documentOf(generationsOf(world, server), scenario, rules));
        worlds = each(worlds, (world) => [
            world,
            // A server writes anew what its first key did not write, which is all that is stale to it.
            ...world.servers.map((_, server) => ({ ...world, stored: [prefix(world, server)] })),
        ]);
        for (let server = 0; server < scenario.servers; server++) {
            worlds = each(worlds, (world) => [
                world,
                { ...world, stored: [...new Set([...world.stored, prefix(world, server)])].sort() },
            ]);
        }
        for (const { world } of worlds.values())
            for (const violation of violationsOf(world, day, scenario, rules)) violations.add(violation);
    }
    const found = [...worlds.values()];
    const sum = (some: typeof found): bigint => some.reduce((total, { paths }) => total + paths, 0n);
    const isOver = ({ stepsTaken, servers, deployed }: World): boolean =>
        stepsTaken === scenario.steps.length && servers.every((at) => at === deployed.length - 1);
    return {
        interleavings: sum(found),
        ended: sum(found.filter(({ world }) => isOver(world))),
        violations: [...violations].sort(),
    };
}

function each(worlds: Worlds, choices: (world: World) => readonly World[]): Worlds {
    return merged(
        [...worlds.values()].flatMap(({ world, paths }) =>
            choices(world).map((next): [World, bigint] => [next, paths]),
        ),
    );
}

function merged(worlds: readonly (readonly [World, bigint])[]): Worlds {
    const found = new Map<string, { world: World; paths: bigint }>();
    for (const [world, paths] of worlds) {
        const key = JSON.stringify(world);
        found.set(key, { world, paths: paths + (found.get(key)?.paths ?? 0n) });
    }
    return found;
}

/** The next step of the ledger where it is allowed on this day; its document is deployed if it is another one. */
function stepOn(world: World, day: number, scenario: Scenario, rules: Rules): World {
    const kind = scenario.steps[world.stepsTaken];
    if (kind === undefined) return world;
    const today = addDays(FIRST_DAY, day);
    const until = addDays(today, scenario.graceDays);
    const { generations: before } = world;
    const step = {
        kind,
        on: today,
        until,
        cause: kind === "roll back" ? { reason: "rollback", reference: "T-1" } : schedule,
    } as Step;
    if (!rules.allows(before, step, today)) return world;
    if (kind === "confirm rewrite" && !isProven(world, scenario)) return world;
    let generations: Generations;
    try {
        generations = takeStep(before, step);
    } catch (error) {
        if (error instanceof ImpossibleStep) return world;
        throw error;
    }
    const isSame =
        JSON.stringify(documentOf(before, scenario, rules)) ===
        JSON.stringify(documentOf(generations, scenario, rules));
    return {
        ...world,
        generations,
        stepsTaken: world.stepsTaken + 1,
        deployed: isSame ? world.deployed : [...world.deployed, { since: day, generations }],
    };
}

/** A server takes up any document that is newer than its own, or none; in time for the longest lag. */
function takeUp(world: World, server: number, day: number, { lagDays }: Scenario): World[] {
    const { deployed, servers } = world;
    return deployed.flatMap((_, at) => {
        if (at < (servers[server] ?? 0)) return [];
        const isLate = deployed.some(({ since }, newer) => newer > at && since + lagDays <= day);
        return isLate ? [] : [{ ...world, servers: servers.with(server, at) }];
    });
}

function isProven({ stored, generations }: World, { providers }: Scenario): boolean {
    const byKey = new Map<string, number>();
    let plain = 0;
    for (const value of stored) {
        const found = storedUnder(value === "" ? "k8s\0" : value);
        if (found.kind === "key") byKey.set(`${found.provider} ${found.key}`, 1);
        else plain++;
    }
    return proveRewrite({ byKey, plain, unknown: 0, others: 0 }, providers, generations).isProven;
}

type Document = ReturnType<typeof encryptionConfiguration>;

function documentOf(generations: Generations, { providers }: Scenario, rules: Rules): Document {
    const keys = rules.order(generations).map(({ generation }) => ({
        provider: providerOf(providers, generation),
        name: encryptionKeyName(generation),
    }));
    return rules.document(keys);
}

function generationsOf({ deployed, servers, generations }: World, server: number): Generations {
    return deployed[servers[server] ?? 0]?.generations ?? generations;
}

/**
 * What the document writes and reads, by the rules of Kubernetes: the first provider writes, with its first key; the
 * beginning of a value says which provider and key read it; `identity` takes what claims no encryption.
 */
function prefixesOf({ resources }: Document): string[] {
    return resources.flatMap(({ providers }) =>
        providers.flatMap((entry) =>
            Object.entries(entry).flatMap(
                ([provider, { keys = [] }]: [string, { keys?: readonly { name: string }[] }]) =>
                    provider === "identity"
                        ? [""]
                        : keys.map(({ name }) => `k8s:enc:${provider}:v1:${name}:`),
            ),
        ),
    );
}

const writePrefix = (document: Document): string => prefixesOf(document)[0] ?? "";

function violationsOf(world: World, day: number, scenario: Scenario, rules: Rules): string[] {
    const { generations, stored, deployed } = world;
    const isSettled = deployed.every(({ since }) => since + scenario.lagDays <= day);
    return world.servers.flatMap((_, server) => {
        const prefixes = prefixesOf(documentOf(generationsOf(world, server), scenario, rules));
        const writes = prefixes[0] ?? "";
        const current = `:${encryptionKeyName(generations.current.generation)}:`;
        return [
            ...stored.flatMap((value) => (prefixes.includes(value) ? [] : [`a server can't read ${value}`])),
            ...(writes === "" ? ["a server writes without encryption"] : []),
            ...(isSettled && !writes.endsWith(current) ? [`a server does not write with ${current}`] : []),
        ];
    });
}
