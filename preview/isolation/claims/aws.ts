import type { Estate } from "../../access/estate";
import type { RenderedResource } from "../../rendering";
import { jsonOf, jsonTexts, textOf, type Claims } from "./claim";

const PROVIDER = "pulumi:providers:aws";
/** Documents that name principals, by the type that carries them. */
const ADMITTING: Readonly<Record<string, string>> = {
    "aws:iam/role:Role": "assumeRolePolicy",
    "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
    "aws:secretsmanager/secret:Secret": "policy",
    "aws:kms/key:Key": "policy",
    "aws:kms/replicaKey:ReplicaKey": "policy",
    "aws:kms/keyPolicy:KeyPolicy": "policy",
};
const KEY_USERS: Readonly<Record<string, string>> = {
    "aws:secretsmanager/secret:Secret": "kmsKeyId",
    "aws:ssm/parameter:Parameter": "keyId",
    "aws:kms/key:Key": "keyId",
};

/** Accounts, roles, keys, names of entries, and whomever a trust or a policy lets in. */
export function awsClaims(estate: Estate, claims: Claims): void {
    for (const provider of estate.ofType(PROVIDER)) {
        for (const account of jsonTexts(provider.inputs.allowedAccountIds))
            claims.add("shared-system", "the AWS account", provider, account);
    }
    for (const role of estate.ofType("aws:iam/role:Role", "aws:iam/user:User")) {
        claims.add("shared-principal", "the principal", role, textOf(role, "arn"));
    }
    for (const [type, property] of Object.entries(ADMITTING)) {
        for (const resource of estate.ofType(type)) admitted(resource, textOf(resource, property), claims);
    }
    for (const [type, property] of Object.entries(KEY_USERS)) {
        for (const user of estate.ofType(type)) keyOf(estate, user, textOf(user, property), claims);
    }
    for (const alias of estate.ofType("aws:kms/alias:Alias"))
        keyOf(estate, alias, textOf(alias, "name"), claims);
    for (const secret of estate.ofType("aws:secretsmanager/secret:Secret"))
        entry(estate, secret, "the secret", claims);
    for (const parameter of estate.ofType("aws:ssm/parameter:Parameter"))
        entry(estate, parameter, "the parameter", claims);
}

function entry(estate: Estate, resource: RenderedResource, what: string, claims: Claims): void {
    claims.add("shared-entry", what, resource, accountOf(estate, resource), textOf(resource, "name"));
}

/** Of the key itself, by its id, which no two keys have; or by the alias in its account. */
function keyOf(estate: Estate, user: RenderedResource, name: string | undefined, claims: Claims): void {
    if (name === undefined || /(?:^|:)alias\/aws\//u.test(name)) return;
    const account = name.startsWith("arn:") ? name.split(":")[4] : accountOf(estate, user);
    const own = name.split(":").pop() ?? "";
    if (own.startsWith("alias/")) claims.add("shared-key", "the key's alias", user, account, own);
    else claims.add("shared-key", "the KMS key", user, own.replace(/^key\//u, ""));
}

function accountOf(estate: Estate, resource: RenderedResource): string | undefined {
    const provider = estate.get(resource.provider);
    const accounts = jsonTexts(provider?.inputs.allowedAccountIds);
    return accounts.length === 1 ? accounts[0] : textOf(resource, "arn")?.split(":")[4];
}

/** Whoever is let in, and the account that they are of. Services and everybody are no principal of an environment. */
function admitted(resource: RenderedResource, policy: string | undefined, claims: Claims): void {
    for (const statement of list(fieldOf(jsonOf(policy), "Statement"))) {
        if (fieldOf(statement, "Effect") !== "Allow") continue;
        const principal = fieldOf(statement, "Principal");
        for (const each of list(fieldOf(principal, "AWS"))) {
            if (typeof each !== "string" || each === "*") continue;
            const account = each.startsWith("arn:") ? each.split(":")[4] : each;
            claims.add("shared-system", "the AWS account", resource, account);
            if (each.startsWith("arn:") && !each.endsWith(":root"))
                claims.add("shared-principal", "the principal", resource, each);
        }
        for (const [operator, block] of Object.entries(objectOf(fieldOf(statement, "Condition")))) {
            if (/not/iu.test(operator)) continue;
            for (const [key, values] of Object.entries(objectOf(block))) {
                if (!key.endsWith(":sub")) continue;
                for (const subject of list(values)) {
                    if (typeof subject !== "string" || subject === "*") continue;
                    claims.add(
                        "shared-principal",
                        "the token's subject",
                        resource,
                        key.slice(0, -4),
                        subject,
                    );
                }
            }
        }
    }
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
    typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
const fieldOf = (value: unknown, name: string): unknown => objectOf(value)[name];
const list = (value: unknown): readonly unknown[] =>
    value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
