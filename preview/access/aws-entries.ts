import type { RenderedResource } from "../rendering";
import { isMap, nameOf, opened, order } from "./estate";
import type { Estate } from "./estate";
import { statementsOf } from "./iam-policy";
import type { Statement } from "./iam-policy";
import { NameIndex } from "./wildcards";
import type { Entry } from "./types";

const SECRET = "aws:secretsmanager/secret:Secret";
const KEY = "aws:kms/key:Key";

/** A customer key that a value is encrypted with: reading the value takes `kms:Decrypt` on it as well. */
export interface AwsKey {
    readonly arn: string | undefined;
    /** Undefined where the key has Amazon's default policy, which leaves the decision to IAM policies. */
    readonly policy?: readonly Statement[];
    /** ARNs of principals with a grant to decrypt. */
    readonly grantees: readonly string[];
}

export interface AwsEntry extends Entry {
    /** As actions and `kms:ViaService` name it. */
    readonly service: "secretsmanager" | "ssm";
    readonly arn: string | undefined;
    /** For conditions on `aws:ResourceTag/…`: unlike a session's, these are all there are. */
    readonly tags: ReadonlyMap<string, string>;
    /** Absent where Amazon's own key is used, which everybody in the account may use through the service. */
    readonly key?: AwsKey;
    /** Statements of the resource policy. */
    readonly policy: readonly Statement[];
}

/** Secrets and parameters, each with its customer key and its resource policy. */
export function awsEntries(estate: Estate): readonly AwsEntry[] {
    const keys = keysOf(estate);
    const policies = new Map<string, Statement[]>();
    for (const policy of estate.ofType("aws:secretsmanager/secretPolicy:SecretPolicy")) {
        const owner = nameOf(policy, "secretArn") ?? estate.source(policy, "secretArn", SECRET)?.urn;
        if (owner !== undefined)
            policies.set(owner, [...(policies.get(owner) ?? []), ...statementsOf(policy)]);
    }
    const secrets = estate.ofType(SECRET).map((secret) => {
        const own = statementsOf(secret);
        const attached = policies.get(nameOf(secret, "arn") ?? "") ?? policies.get(secret.urn) ?? [];
        return entry(estate, keys, secret, "secretsmanager", "aws-secrets-manager", "kmsKeyId", [
            ...own,
            ...attached,
        ]);
    });
    const parameters = estate.ofType("aws:ssm/parameter:Parameter").map((parameter) => {
        // Only a SecureString is encrypted with the key.
        const keyProperty = opened(parameter, "type") === "SecureString" ? "keyId" : undefined;
        return entry(estate, keys, parameter, "ssm", "aws-parameter-store", keyProperty, []);
    });
    return [...secrets, ...parameters].sort((a, b) => order(a.path, b.path));
}

function entry(
    estate: Estate,
    keys: (resource: RenderedResource, property: string) => AwsKey | undefined,
    resource: RenderedResource,
    service: AwsEntry["service"],
    store: string,
    keyProperty: string | undefined,
    policy: readonly Statement[],
): AwsEntry {
    const path = nameOf(resource, "name") ?? resource.name;
    const tags = opened(resource, "tags");
    const tagPairs = Object.entries(isMap(tags) ? tags : {});
    const key = keyProperty === undefined ? undefined : keys(resource, keyProperty);
    return {
        system: "aws",
        store,
        path,
        urn: resource.urn,
        isSecret: service === "secretsmanager" || keyProperty !== undefined,
        documents: estate.documentsOf(resource, store, path),
        service,
        arn: nameOf(resource, "arn"),
        tags: new Map(tagPairs.flatMap(([tag, value]) => (typeof value === "string" ? [[tag, value]] : []))),
        policy,
        ...(key && { key }),
    };
}

/** Finds a key by what a resource calls it: an ARN, an id, an alias, or (where that is unknown) where it came from. */
function keysOf(estate: Estate): (resource: RenderedResource, property: string) => AwsKey | undefined {
    const byName = new Map<string, AwsKey>();
    const byUrn = new Map<string, AwsKey>();
    for (const key of estate.ofType(KEY)) {
        const grants = estate.ofType("aws:kms/grant:Grant").filter((grant) => {
            const id = nameOf(grant, "keyId");
            const own =
                id === undefined ? estate.source(grant, "keyId", KEY) === key : id === nameOf(key, "keyId");
            return own && JSON.stringify(opened(grant, "operations") ?? []).includes('"Decrypt"');
        });
        const found: AwsKey = {
            arn: nameOf(key, "arn"),
            ...(opened(key, "policy") === undefined ? {} : { policy: statementsOf(key) }),
            grantees: grants.flatMap((grant) => nameOf(grant, "granteePrincipal") ?? []),
        };
        byUrn.set(key.urn, found);
        for (const property of ["arn", "keyId", "id"]) {
            const name = nameOf(key, property);
            if (name !== undefined) byName.set(name, found);
        }
    }
    for (const alias of estate.ofType("aws:kms/alias:Alias")) {
        const target = nameOf(alias, "targetKeyId");
        const source = estate.source(alias, "targetKeyId", KEY);
        const key = target === undefined ? byUrn.get(source?.urn ?? "") : byName.get(target);
        for (const property of ["name", "arn"]) {
            const name = nameOf(alias, property);
            if (key !== undefined && name !== undefined) byName.set(name, key);
        }
    }
    return (resource, property) => {
        const value = opened(resource, property);
        if (value === undefined || value === null || value === "") return undefined;
        if (typeof value === "string" && /(?:^|:)alias\/aws\//u.test(value)) return undefined;
        const source = estate.source(resource, property, KEY);
        const named = typeof value === "string" ? byName.get(value) : undefined;
        const arn = typeof value === "string" && value.startsWith("arn:") ? value : undefined;
        return named ?? byUrn.get(source?.urn ?? "") ?? { arn, grantees: [] };
    };
}

/** Entries by ARN, and parameters by the paths above them, for finding what a grant covers. */
export class AwsEntryIndex {
    readonly byArn: NameIndex<AwsEntry>;
    /** For `ssm:GetParametersByPath`, which is granted on a path and reads everything below it. */
    readonly byPathAbove: NameIndex<readonly AwsEntry[]>;
    /** Entries whose ARN is known after a deployment only. */
    readonly unnamed: readonly AwsEntry[];

    constructor(readonly all: readonly AwsEntry[]) {
        this.byArn = new NameIndex(all.flatMap((each) => (each.arn === undefined ? [] : [[each.arn, each]])));
        const above = new Map<string, AwsEntry[]>();
        for (const each of all) {
            for (const arn of pathsAbove(each)) {
                const below = above.get(arn);
                if (below === undefined) above.set(arn, [each]);
                else below.push(each);
            }
        }
        this.byPathAbove = new NameIndex([...above]);
        this.unnamed = all.filter(({ arn }) => arn === undefined);
    }
}

/** ARNs of the paths that a parameter lies under: `…:parameter/a/b` of `…:parameter/a/b/c`, and so on upwards. */
export function pathsAbove({ service, arn }: AwsEntry): readonly string[] {
    if (service !== "ssm" || arn === undefined) return [];
    const start = arn.indexOf(":parameter/") + ":parameter/".length;
    const slashes = [...arn.matchAll(/\//gu)].map(({ index }) => index).filter((index) => index > start);
    return slashes.map((index) => arn.slice(0, index));
}
