import { accessMatrices, accessMatrix } from "../../../preview/access";
import type { Verb } from "../../../preview/access";
import type { PropertyMap, PropertyValue } from "../../../preview/engine/values";
import type { Rendering } from "../../../preview/rendering";
import { rendering } from "../../support/rendering";
import type { ResourceSketch } from "../../support/rendering";

/** What the matrix says of a verb by what is granted directly: `<identity> <entry>: <decision>[, <reason>]`. */
export function answers(resources: readonly ResourceSketch[], verb: Verb = "read"): string[] {
    return accessMatrix(rendering({ resources }))
        .cells.filter((cell) => cell.verb === verb && cell.via.length === 0)
        .map(
            ({ identity, entry, decision, reason }) =>
                `${identity.name} ${entry.path}: ${decision}${reason === undefined ? "" : `, ${reason}`}`,
        );
}

/** What somebody may do, as `<verb> <entry>[ as <whom it becomes>]`, sorted; only what is decided with yes. */
export function abilities(resources: readonly ResourceSketch[], identity: string): string[] {
    return abilitiesAmong([rendering({ resources })], identity);
}

/** The same over several stacks that are evaluated together. */
export function abilitiesAmong(renderings: readonly Rendering[], identity: string): string[] {
    return accessMatrices(renderings)
        .flatMap(({ cells }) => cells)
        .filter((cell) => cell.identity.name === identity && cell.decision === "allowed")
        .map(({ verb, entry, via }) => [`${verb} ${entry.path}`, ...via.map(({ name }) => name)].join(" as "))
        .sort();
}

const ACCOUNT = "222222222222";
const REGION = "us-east-1";
export const KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/api`;

/** The ARN pattern that covers exactly this secret, whatever suffix AWS gives it. */
export const secretArn = (name: string, suffix = "-??????"): string =>
    `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${name}${suffix}`;
export const parameterArn = (name: string): string => `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter${name}`;

export const secret = (name: string, inputs: PropertyMap = {}): ResourceSketch => ({
    type: "aws:secretsmanager/secret:Secret",
    name,
    inputs: { name, ...inputs },
    outputs: { arn: secretArn(name, "-a1b2c3") },
});

export const parameter = (name: string, inputs: PropertyMap = {}): ResourceSketch => ({
    type: "aws:ssm/parameter:Parameter",
    name,
    inputs: { name, type: "String", ...inputs },
    outputs: { arn: parameterArn(name) },
});

export const key = (inputs: PropertyMap = {}): ResourceSketch => ({
    type: "aws:kms/key:Key",
    name: "prod",
    inputs,
    outputs: { arn: KEY_ARN, keyId: KEY_ARN.split("/")[1] ?? "" },
});

export const role = (inputs: PropertyMap = {}): ResourceSketch => ({
    type: "aws:iam/role:Role",
    name: "api",
    inputs: { name: "api", assumeRolePolicy: trust("estuary-prod", "api"), ...inputs },
    outputs: { arn: ROLE_ARN },
});

const trust = (namespace: string, account: string): string =>
    JSON.stringify({
        Statement: [
            {
                Effect: "Allow",
                Action: "sts:AssumeRoleWithWebIdentity",
                Principal: { Federated: "arn:aws:iam::222222222222:oidc-provider/oidc.example" },
                Condition: {
                    StringEquals: { "oidc.example:sub": `system:serviceaccount:${namespace}:${account}` },
                },
            },
        ],
    });

/** An inline policy of the role. Statements are plain JSON. */
export const grant = (...statements: readonly object[]): ResourceSketch => ({
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "read",
    inputs: { role: "api", policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }) },
});

export const allow = (resource: unknown, more: object = {}): object => ({
    Effect: "Allow",
    Action: "secretsmanager:GetSecretValue",
    Resource: resource,
    ...more,
});

export const deny = (resource: unknown, more: object = {}): object => ({
    ...allow(resource, more),
    Effect: "Deny",
});

export const kubernetes = (
    kind: string,
    name: string,
    namespace: string | undefined,
    inputs: PropertyMap,
): ResourceSketch => {
    const group = kind.includes("Role") ? "rbac.authorization.k8s.io/v1" : "core/v1";
    const metadata: PropertyMap = { name, ...(namespace === undefined ? {} : { namespace }) };
    return {
        type: `kubernetes:${group}:${kind}`,
        name: `${namespace ?? ""}/${name}`,
        inputs: { metadata, ...inputs },
    };
};

export const rule = (verbs: PropertyValue, more: PropertyMap = {}): PropertyMap => ({
    apiGroups: [""],
    resources: ["secrets"],
    verbs,
    ...more,
});
