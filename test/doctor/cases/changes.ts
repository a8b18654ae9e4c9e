import assert from "node:assert/strict";
import type { Facts, SeenCondition, SeenEvent, SeenStore, SeenSync } from "../../../doctor/facts";
import { clean, NOW, seen, withSeen } from "../support/clean";

/** What is changed in a clean state, and the one finding that follows: check, status, and a part of what is said. */
export type Case = readonly [what: string, facts: Facts, check: string, status: string, says: RegExp];

export const found = <T>(object: T) => ({ is: "found", object }) as const;
export const objectOf = <T>(one: { readonly is: string; readonly object?: T } | undefined): T => {
    assert.ok(one?.object !== undefined);
    return one.object;
};
export const sync = objectOf<SeenSync>(seen.syncs["api"]);
export const store = objectOf<SeenStore>(seen.stores["api"]);
export const condition = (status: string, reason: string, message = ""): SeenCondition => ({
    status,
    reason,
    message,
    since: NOW,
});
export const warning = (kind: string, name: string, message: string): SeenEvent => ({
    kind,
    name,
    isWarning: true,
    reason: "Failed",
    message,
    at: NOW,
});
export const withSync = (change: Partial<SeenSync>): Facts =>
    withSeen({ syncs: { api: found({ ...sync, ...change }) } });
export const withStore = (change: Partial<SeenStore>): Facts =>
    withSeen({ stores: { api: found({ ...store, ...change }) } });
export const withEntry = (isDeleted: boolean, hasValue: boolean): Facts => ({
    ...clean,
    documents: clean.documents.map((each) => ({ ...each, seen: found({ isDeleted, hasValue }) })),
});
export const withRotation = (change: object): Facts => ({
    ...clean,
    rotation: clean.rotation.map((each) => ({ ...each, ...change })),
});
export const withAddress = (change: object): Facts => ({
    ...clean,
    keys: clean.keys.map((key) => ({
        ...key,
        addresses: key.addresses.map((address) => ({ ...address, ...change })),
    })),
});
export const refusing = (message: string): Facts => ({
    ...clean,
    refused: [{ place: 'Pulumi.prod.yaml:9 strongroom:values["shop/mail.token"]', message }],
});
export const unsynced = condition("False", "SecretSyncedError", "could not get secret data from provider");
export const failing = (message: string): Facts =>
    withSeen({
        syncs: { api: found({ ...sync, ready: unsynced }) },
        events: found([warning("ExternalSecret", "api", message)]),
    });
export const refusedLogin = (message: string): Facts =>
    withSeen({
        stores: {
            api: found({
                ...store,
                ready: condition("False", "InvalidProviderConfig", "unable to create client"),
            }),
        },
        events: found([warning("SecretStore", "api", message)]),
    });
