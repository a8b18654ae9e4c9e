import assert from "node:assert/strict";
import { withChanges, type StackResource } from "../../policies/testing";
import { cleanStacks } from "./support/clean-stacks";

/**
 * Five mistakes that people make, each as one edit of the real stacks, with the whole of what they are told. It does not
 * prove that every mistake is found: the mutations beside it count that.
 */

interface Mistake {
    readonly title: string;
    readonly stack: string;
    /** Type token and name of the resource that is edited. */
    readonly resource: readonly [type: string, name: string];
    readonly change?: Readonly<Record<string, unknown>>;
    readonly type?: string;
    /** The lines of the violations, sorted. */
    readonly told: readonly string[];
}

const ROLE = "aws:iam/role:Role";
const STORE = "kubernetes:external-secrets.io/v1:SecretStore";

const MISTAKES: readonly Mistake[] = [
    {
        title: "a role of dev is trusted in prod",
        stack: "prod",
        resource: [ROLE, "devplatform-prod-backend"],
        change: {
            "assumeRolePolicy#Statement.1": {
                Effect: "Allow",
                Principal: { AWS: "arn:aws:iam::123456789012:role/devplatform-dev-backend" },
                Action: "sts:AssumeRole",
            },
        },
        told: [
            `ISO-07: 'devplatform-prod-backend': "assumeRolePolicy.Statement[1].Principal.AWS" belongs to another account. Name what belongs to account 210987654321.`,
        ],
    },
    {
        title: "every secret, by a wildcard behind 'secret:'",
        stack: "prod",
        resource: ["aws:iam/rolePolicy:RolePolicy", "devplatform-prod-backend-read"],
        change: {
            "policy#Statement.0.Resource": "arn:aws:secretsmanager:us-east-1:210987654321:secret:*",
        },
        told: [
            `IAM-02: 'devplatform-prod-backend-read': "policy.Statement[0].Resource" reaches more than what it names. Name each secret, parameter or key by its ARN.`,
            `IAM-03: 'devplatform-prod-backend-read': "policy.Statement[0].Resource" also matches secrets of longer names, such as <name>-admin. End it in '-??????', which stands for what AWS appends to the name.`,
            `ISO-06: 'devplatform-prod-backend-read': "policy.Statement[0].Resource" reaches names outside this environment. Name it with '<platform>/prod/', where <platform> is one of devplatform, estuary, gcpplatform, marketplace, yosai, strongroom, control-plane.`,
        ],
    },
    {
        title: "a ClusterSecretStore without conditions",
        stack: "prod",
        resource: [STORE, "devplatform/backend"],
        type: "kubernetes:external-secrets.io/v1:ClusterSecretStore",
        told: [
            `ESO-01: 'devplatform/backend': "spec.conditions" is missing, so every namespace may use the store. Use a SecretStore in the consumer's namespace, or list the namespaces in each condition.`,
        ],
    },
    {
        title: "identity before the key",
        stack: "dev",
        resource: ["strongroom:encryption:EtcdEncryption", "etcd"],
        change: {
            "configuration.resources.0.providers": [
                { identity: {} },
                { secretbox: { keys: [{ name: "g1" }] } },
            ],
        },
        told: [
            `ENC-01: 'etcd': "configuration.resources[0].providers[0]" is 'identity' first, which writes Secrets in plain text. Put an encrypting provider first, and 'identity' last or nowhere.`,
        ],
    },
    {
        title: "a reader that lists",
        stack: "prod",
        resource: ["kubernetes:rbac.authorization.k8s.io/v1:Role", "devplatform/backend"],
        change: { "rules.0.verbs": ["get", "list"] },
        told: [
            `K8S-01: 'devplatform/backend': "rules[0].verbs" allows more on Secrets than 'get'. Keep 'get' alone.`,
        ],
    },
];

describe("mistakes in the real stacks", function () {
    this.timeout("2 minutes");
    for (const { title, stack, resource, change, type, told } of MISTAKES) {
        it(`${title}: told with the place and the way out`, async () => {
            const found = (await cleanStacks()).find(({ name }) => name === stack);
            const [wanted, name] = resource;
            const subject = found?.resources.find((each) => each.type === wanted && each.name === name);
            assert.ok(found && subject, `${stack} has ${resource.join(" ")}`);
            const edited: StackResource = {
                ...subject,
                ...(type !== undefined && { type }),
                inputs: withChanges(subject.inputs, change ?? {}),
                outputs: withChanges(subject.outputs, change ?? {}),
            };
            const violations = await found.pack.checkChanged(edited);
            assert.deepEqual(violations.map(({ message }) => message.split("\n").at(-1)).sort(), told);
        });
    }
});
