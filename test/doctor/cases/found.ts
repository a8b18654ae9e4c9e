import { clean, withConsumer, withSeen } from "../support/clean";
import { found, warning, withEntry, refusing } from "./changes";
import type { Case } from "./changes";

/** Configuration, access, entries, Secrets and pods. */
export const NOT_FOUND: readonly Case[] = [
    [
        "a configuration that is refused",
        refusing("the catalogue has no such field"),
        "configuration",
        "problem",
        /no such field/,
    ],
    ["a placeholder", refusing("its value is a placeholder"), "values-set", "problem", /placeholder/],
    [
        "a value that nobody has set",
        { ...clean, values: clean.values.map((each) => ({ ...each, state: "missing" })) },
        "values-set",
        "problem",
        /applications need it.*a vendor issues it.*set it/,
    ],
    [
        "a value that can't be looked at",
        { ...clean, values: clean.values.map((each) => ({ ...each, state: "sealed" })) },
        "values-set",
        "skipped",
        /no passphrase/,
    ],
    [
        "a consumer whose identity can't read",
        withConsumer({ unreadable: [{ message: "cannot read it", fix: "Grant it", isSure: true }] }),
        "access",
        "problem",
        /cannot read it.*Grant it.*npm run access -- --stack prod --identity shop-prod\/api/,
    ],
    [
        "a consumer whose identity may be unable to read",
        withConsumer({ unreadable: [{ message: "may be unable", fix: "Say it", isSure: false }] }),
        "access",
        "warning",
        /may be unable/,
    ],
    [
        "an entry that is not there",
        { ...clean, documents: clean.documents.map((each) => ({ ...each, seen: { is: "missing" } })) },
        "entry-stored",
        "problem",
        /no entry.*describe-secret --region us-east-1 --secret-id shop\/prod\/db/,
    ],
    [
        "an entry that was deleted",
        withEntry(true, true),
        "entry-stored",
        "problem",
        /was deleted.*restore-secret/,
    ],
    ["an entry without a value", withEntry(false, false), "entry-stored", "problem", /no value/],
    [
        "a Secret that is not there",
        withSeen({ secrets: { "api-secrets": { is: "missing" } } }),
        "secret-delivered",
        "problem",
        /not there.*force-sync/,
    ],
    [
        "a Secret without a key",
        withSeen({ secrets: { "api-secrets": found({ keys: ["DB_URL"] }) } }),
        "secret-delivered",
        "problem",
        /no key 'JWT_KEY'/,
    ],
    [
        "a Secret whose keys are not told",
        withSeen({ secrets: { "api-secrets": found({ keys: undefined }) } }),
        "secret-delivered",
        "skipped",
        /does not say which keys/,
    ],
    [
        "a pod without its Secret",
        withSeen({
            events: found([warning("Pod", "api-7d9f8-abcde", 'Error: secret "api-secrets" not found')]),
        }),
        "pod-events",
        "problem",
        /Secret 'api-secrets' is not found/,
    ],
    [
        "a pod without a key",
        withSeen({
            events: found([
                warning(
                    "Pod",
                    "api-7d9f8-abcde",
                    "Error: couldn't find key JWT_KEY in Secret shop-prod/api-secrets",
                ),
            ]),
        }),
        "pod-events",
        "problem",
        /Secret 'api-secrets' has no key 'JWT_KEY'/,
    ],
];
