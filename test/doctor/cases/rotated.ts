import { NOW, snapshot, withSeen } from "../support/clean";
import { found, withRotation, withAddress } from "./changes";
import type { Case } from "./changes";

/** Rotation, and keys of token issuers. */
export const NOT_ROTATED: readonly Case[] = [
    [
        "a value that is too old",
        withRotation({ overdue: true, due: "2026-11-01" }),
        "rotation-due",
        "problem",
        /replaced by 2026-11-01/,
    ],
    [
        "a rotation that nobody goes on with",
        withRotation({ next: { step: "promote", earliest: "2026-11-15" } }),
        "rotation-due",
        "warning",
        /stands still.*npm run rotate -- due --stack prod/,
    ],
    [
        "a rotation that is due",
        withRotation({ next: { step: "replace", earliest: "2026-11-20" } }),
        "rotation-due",
        "warning",
        /is due since/,
    ],
    [
        "a value whose day nobody knows",
        withRotation({ generations: null, next: null }),
        "rotation-due",
        "warning",
        /does not know/,
    ],
    [
        "a Secret of the generation before",
        withSeen({
            snapshot: {
                ...snapshot,
                secret: found({
                    generations: new Map([["shop/db.password", 3]]),
                    changed: NOW.replace("09:", "08:"),
                }),
            },
        }),
        "rotation-arrived",
        "problem",
        /shop\/db.password: it has generation 3 as current.*force-sync/,
    ],
    [
        "a pod of the generation before",
        withSeen({
            snapshot: {
                ...snapshot,
                workload: found({
                    replicas: 1,
                    pods: [{ name: "api-1", generations: new Map([["shop/db.password", 3]]), created: NOW }],
                }),
            },
        }),
        "rotation-arrived",
        "problem",
        /not restarted.*rollout restart deployment\/api/,
    ],
    [
        "an address that is not https",
        withAddress({ faults: [{ message: "is not https", isGrave: true }] }),
        "key-address",
        "problem",
        /it is not https/,
    ],
    [
        "an address without anything",
        withAddress({ seen: { is: "missing" } }),
        "keys-fetched",
        "problem",
        /nothing at the address/,
    ],
    [
        "an address with a page for people",
        withAddress({
            seen: found({ is: "other", what: "its answer is no set of keys", cause: "it is not JSON" }),
        }),
        "keys-fetched",
        "problem",
        /no set of keys/,
    ],
];
