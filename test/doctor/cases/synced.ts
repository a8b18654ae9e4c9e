import { PROVIDER, withSeen } from "../support/clean";
import { found, sync, condition, withSync, withStore, failing, refusedLogin } from "./changes";
import type { Case } from "./changes";

/** Stores, service accounts and syncs. */
export const NOT_SYNCED: readonly Case[] = [
    [
        "a SecretStore that is not there",
        withSeen({ stores: { api: { is: "missing" } } }),
        "store-ready",
        "problem",
        /not there/,
    ],
    [
        "a SecretStore that nobody has taken up",
        withStore({ ready: undefined }),
        "store-ready",
        "problem",
        /said nothing/,
    ],
    [
        "a SecretStore that can't be told",
        withStore({ ready: condition("True", "ValidationUnknown") }),
        "store-ready",
        "warning",
        /can't tell/,
    ],
    [
        "a cluster that AWS does not know",
        refusedLogin(
            "operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 400, InvalidIdentityToken: No OpenIDConnect provider found in your account",
        ),
        "store-ready",
        "problem",
        /no identity provider.*list-open-id-connect-providers/,
    ],
    [
        "a role that does not trust",
        refusedLogin("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity"),
        "store-ready",
        "problem",
        /does not trust.*get-role --role-name shop-prod-api/,
    ],
    [
        "a Vault that refuses the login",
        refusedLogin(
            "unable to log in to auth method: unable to log in with Kubernetes auth: Code: 403. Errors: * permission denied",
        ),
        "store-ready",
        "problem",
        /does not take the service account's token/,
    ],
    [
        "a Workload Identity that is not bound",
        refusedLogin(
            "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist)",
        ),
        "store-ready",
        "problem",
        /Workload Identity binding/,
    ],
    [
        "a SecretStore of another region",
        withStore({ provider: { ...PROVIDER, "aws.region": "eu-west-1" } }),
        "store-declared",
        "problem",
        /'aws.region' is 'eu-west-1', and 'us-east-1' is declared/,
    ],
    [
        "a service account that is not there",
        withSeen({ serviceAccount: { is: "missing" } }),
        "service-account",
        "problem",
        /not there/,
    ],
    [
        "a service account with a misspelled annotation",
        withSeen({ serviceAccount: found({ annotations: { "eks.amazonaws.com/rolearn": "x" } }) }),
        "service-account",
        "problem",
        /'eks.amazonaws.com\/role-arn' is missing; it has 'eks.amazonaws.com\/rolearn'/,
    ],
    [
        "an ExternalSecret that is not there",
        withSeen({ syncs: { api: { is: "missing" } } }),
        "sync-ready",
        "problem",
        /not there/,
    ],
    [
        "an ExternalSecret that nobody has taken up",
        withSync({ ready: undefined }),
        "sync-ready",
        "problem",
        /said nothing/,
    ],
    [
        "a sync that may not read",
        failing(
            "AccessDeniedException: User: x is not authorized to perform: secretsmanager:GetSecretValue on resource: y",
        ),
        "sync-ready",
        "problem",
        /SecretSyncedError.*no statement lets it read.*npm run access/,
    ],
    [
        "a sync of an entry that is not there",
        failing("ResourceNotFoundException: Secrets Manager can't find the specified secret."),
        "sync-ready",
        "problem",
        /no entry of that name.*--stores/,
    ],
    [
        "a sync that fails for a reason that is not known",
        failing("something new with token=hunter2hunter2"),
        "sync-ready",
        "problem",
        /it says: something new with token=\[masked\]/,
    ],
    [
        "a sync that stands still",
        withSync({ refreshed: "2026-11-20T06:00:00Z" }),
        "sync-fresh",
        "problem",
        /its last sync was at 2026-11-20T06:00:00Z/,
    ],
    [
        "a sync of what was declared before",
        withSync({ isSynced: false }),
        "sync-fresh",
        "problem",
        /changed after/,
    ],
    [
        "a sync that never comes again",
        withSync({ refreshInterval: "0" }),
        "sync-declared",
        "problem",
        /never reads/,
    ],
    [
        "an ExternalSecret with a misspelled entry",
        withSync({ reads: { ...sync.reads, DB_URL: "shop/prod/bd#url" } }),
        "sync-declared",
        "problem",
        /'DB_URL' from 'shop\/prod\/bd#url', and 'shop\/prod\/db#url' is declared/,
    ],
    [
        "an ExternalSecret with a misspelled variable",
        withSync({ reads: { DB_URI: "shop/prod/db#url", JWT_KEY: "shop/prod/jwt#key" } }),
        "sync-declared",
        "problem",
        /does not write 'DB_URL': it has 'DB_URI'/,
    ],
];
