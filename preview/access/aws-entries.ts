import { addTo } from "../../components/domain/grouped";
import type { RenderedResource } from "../rendering";
import { actionsOf } from "./aws-actions";
import type { AwsService } from "./aws-actions";
import { AwsKeys } from "./aws-keys";
import type { AwsKey } from "./aws-keys";
import { listOf, mapOf, nameOf, opened, order, textsOf } from "./estate";
import type { Estate } from "./estate";
import { statementsOf } from "./iam-policy";
import type { Statement } from "./iam-policy";
import type { Entry } from "./types";
import { KEY_VERBS, VERB_ORDER } from "./verbs";
import { NameIndex } from "./wildcards";

const SECRET = "aws:secretsmanager/secret:Secret";

export interface AwsEntry extends Entry {
    /** As actions and `kms:ViaService` name it. */
    readonly service: AwsService;
    readonly arn: string | undefined;
    /** For conditions on `aws:ResourceTag/…`: unlike a session's, these are all there are. */
    readonly tags: ReadonlyMap<string, string>;
    /** The key itself, or what encrypts the value. Absent where Amazon's own key is used. */
    readonly key?: AwsKey;
    /** Statements of the resource policy; a key's own are in `key`. */
    readonly policy: readonly Statement[];
}

/** The account, the fifth part of an ARN; undefined where it names none. */
export const accountOfArn = (arn: string | undefined): string | undefined => {
    const account = arn?.split(":")[4];
    return account === "" ? undefined : account;
};
export const regionOfArn = (arn: string | undefined): string => arn?.split(":")[3] ?? "";

/** Secrets and their replicas, parameters and keys, each with its key and its resource policy. */
export function awsEntries(estate: Estate): readonly AwsEntry[] {
    const keys = new AwsKeys(estate);
    const policies = new Map<string, Statement[]>();
    for (const policy of estate.ofType("aws:secretsmanager/secretPolicy:SecretPolicy")) {
        const owner = nameOf(policy, "secretArn") ?? estate.source(policy, "secretArn", SECRET)?.urn;
        for (const statement of owner === undefined ? [] : statementsOf(policy))
            addTo(policies, owner ?? "", statement);
    }
    const secrets = estate.ofType(SECRET).flatMap((secret) => {
        const attached = policies.get(nameOf(secret, "arn") ?? "") ?? policies.get(secret.urn) ?? [];
        const policy = [...statementsOf(secret), ...attached];
        const key = keys.of(secret, "kmsKeyId");
        const entry = {
            ...base(estate, secret, "secretsmanager"),
            policy,
            isSecret: true,
            ...(key && { key }),
        };
        return [entry, ...replicas(keys, secret, entry)];
    });
    const parameters = estate.ofType("aws:ssm/parameter:Parameter").map((parameter) => {
        // Only a SecureString is encrypted with the key.
        const isSecret = opened(parameter, "type") === "SecureString";
        const key = isSecret ? keys.of(parameter, "keyId") : undefined;
        return { ...base(estate, parameter, "ssm"), policy: [], isSecret, ...(key && { key }) };
    });
    const ownKeys = keys.all.flatMap((key) =>
        key.resource === undefined
            ? []
            : [{ ...base(estate, key.resource, "kms"), policy: [], key, isSecret: true }],
    );
    return [...secrets, ...parameters, ...ownKeys].sort((a, b) => order(a.path, b.path));
}

const STORES = { secretsmanager: "aws-secrets-manager", ssm: "aws-parameter-store", kms: "aws-kms" } as const;

function base(
    estate: Estate,
    resource: RenderedResource,
    service: AwsService,
): Omit<AwsEntry, "policy" | "isSecret"> {
    const arn = nameOf(resource, "arn");
    const isKey = service === "kms";
    // Nobody knows a key by its id.
    const path = isKey ? resource.name : (nameOf(resource, "name") ?? resource.name);
    const account = accountOfArn(arn);
    return {
        system: "aws",
        store: STORES[service],
        path,
        kind: isKey ? "key" : "document",
        verbs: (isKey ? KEY_VERBS : VERB_ORDER).filter((verb) => actionsOf(service, verb).length > 0),
        urn: resource.urn,
        ...estate.home(resource),
        ...(account === undefined ? {} : { realm: account }),
        documents: isKey ? [] : estate.documentsOf(resource, STORES[service], path),
        service,
        arn,
        tags: textsOf(opened(resource, "tags")),
    };
}

/** Copies in other regions: of the same name, tags and policy, encrypted with a key of that region. */
function replicas(keys: AwsKeys, secret: RenderedResource, entry: AwsEntry): readonly AwsEntry[] {
    return listOf(opened(secret, "replicas")).map((replica) => {
        const { region, kmsKeyId } = mapOf(replica);
        const where = typeof region === "string" ? region : "a region known after a deployment only";
        const { arn } = entry;
        const key = keys.ofValue(secret, "replicas", kmsKeyId);
        const parts = arn?.split(":");
        return {
            ...base(keys.estate, secret, "secretsmanager"),
            policy: entry.policy,
            isSecret: true,
            path: `${entry.path} in ${where}`,
            isReplica: true,
            arn:
                typeof region === "string" && parts !== undefined
                    ? [...parts.slice(0, 3), region, ...parts.slice(4)].join(":")
                    : undefined,
            ...(key && { key }),
        };
    });
}

/** Entries by ARN, and parameters by the paths above them, for finding what a grant covers. */
export class AwsEntryIndex {
    readonly byArn: NameIndex<AwsEntry>;
    /** For `ssm:GetParametersByPath`, which is granted on a path and reads everything below it. */
    readonly byPathAbove: NameIndex<readonly AwsEntry[]>;
    /** Entries whose ARN is known after a deployment only. */
    readonly unnamed: readonly AwsEntry[];
    readonly byAccount = new Map<string | undefined, AwsEntry[]>();

    constructor(readonly all: readonly AwsEntry[]) {
        this.byArn = new NameIndex(all.flatMap((each) => (each.arn === undefined ? [] : [[each.arn, each]])));
        const above = new Map<string, AwsEntry[]>();
        for (const each of all) {
            for (const arn of pathsAbove(each)) addTo(above, arn, each);
            addTo(this.byAccount, each.realm, each);
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
