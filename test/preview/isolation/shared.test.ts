import assert from "node:assert/strict";

import type { ResourceSketch } from "../../support/rendering";
import { between, provider, told } from "./support";

const account = (stack: string): string => (stack === "dev" ? "111111111111" : "222222222222");

/** An AWS account of a stack with resources in it. */
const aws =
    (...resources: readonly ResourceSketch[]) =>
    (stack: string, id = account(stack)): { readonly resources: readonly ResourceSketch[] } => {
        const { sketch, urn } = provider("aws", stack, { allowedAccountIds: JSON.stringify([id]) });
        return { resources: [sketch, ...resources.map((each) => ({ ...each, provider: urn }))] };
    };

const gcp = (stack: string, ...resources: readonly ResourceSketch[]) => {
    const { sketch, urn } = provider("gcp", stack, { project: `acme-${stack}` });
    return { resources: [sketch, ...resources.map((each) => ({ ...each, provider: urn }))] };
};

const vault = (stack: string, address: string, ...resources: readonly ResourceSketch[]) => {
    const { sketch, urn } = provider("vault", stack, { address });
    return { resources: [sketch, ...resources.map((each) => ({ ...each, provider: urn }))] };
};

const cluster = (stack: string, context: string, ...resources: readonly ResourceSketch[]) => {
    const { sketch, urn } = provider("kubernetes", stack, { context });
    return { resources: [sketch, ...resources.map((each) => ({ ...each, provider: urn }))] };
};

const role = (name: string, id: string, trust: object): ResourceSketch => ({
    type: "aws:iam/role:Role",
    name,
    inputs: { name, assumeRolePolicy: JSON.stringify({ Statement: [{ Effect: "Allow", ...trust }] }) },
    outputs: { arn: `arn:aws:iam::${id}:role/${name}` },
});
const trusts = (...principals: string[]): object => ({
    Principal: { AWS: principals },
    Action: "sts:AssumeRole",
});
const secret = (name: string, inputs: Record<string, string> = {}): ResourceSketch => ({
    type: "aws:secretsmanager/secret:Secret",
    name,
    inputs: { name, ...inputs },
});

describe("what two environments share", () => {
    it("is nothing where accounts, projects, servers and clusters differ, whatever is called alike", () => {
        const alike = (stack: string, id: string) => [
            ...aws(role("deployer", id, trusts(`arn:aws:iam::${id}:role/ci`)), secret("shop/db"))(stack)
                .resources,
            ...vault(
                stack,
                `https://vault.${stack}`,
                { type: "vault:index/mount:Mount", name: "secret", inputs: { path: "secret" } },
                {
                    type: "vault:kubernetes/authBackendRole:AuthBackendRole",
                    name: "api",
                    inputs: {
                        backend: "kubernetes",
                        roleName: "api",
                        boundServiceAccountNames: ["api"],
                        boundServiceAccountNamespaces: ["shop"],
                    },
                },
            ).resources,
            ...cluster(stack, stack, {
                type: "kubernetes:core/v1:ServiceAccount",
                name: "api",
                inputs: { metadata: { name: "api", namespace: "shop" } },
            }).resources,
            ...gcp(stack, {
                type: "gcp:secretmanager/secret:Secret",
                name: "db",
                inputs: { secretId: "db", project: `acme-${stack}` },
            }).resources,
        ];
        const stacks = {
            dev: { resources: alike("dev", "111111111111") },
            prod: { resources: alike("prod", "222222222222") },
        };
        assert.deepEqual(told(stacks), []);
    });

    it("may be anything between parts of one environment", () => {
        const part = aws(secret("shop/prod/db"));
        assert.deepEqual(told({ "prod.a": part("prod"), "prod.b": part("prod") }), []);
    });

    it("is an account, and what is called alike in it", () => {
        const both = aws(secret("shop/db", { kmsKeyId: "alias/shop" }));
        assert.deepEqual(told({ dev: both("dev", "222222222222"), prod: both("prod") }), [
            "shared-system: the AWS account '222222222222' belongs to dev and to prod",
            "shared-key: the key's alias '222222222222 alias/shop' belongs to dev and to prod",
            "shared-entry: the secret '222222222222 shop/db' belongs to dev and to prod",
        ]);
    });

    it("is a role of dev that prod trusts, with the places of both", () => {
        const arn = "arn:aws:iam::111111111111:role/dev-ci";
        const findings = between({
            dev: aws(role("dev-ci", "111111111111", trusts("arn:aws:iam::111111111111:root")))("dev"),
            prod: aws(role("api", "222222222222", trusts(arn)))("prod"),
        });
        assert.deepEqual(
            findings.map(({ message, places }) => [
                message,
                places.map(({ stack, what }) => `${stack}: ${what}`),
            ]),
            [
                [
                    "the AWS account '111111111111' belongs to dev and to prod",
                    ["dev: aws dev", "prod: Role api"],
                ],
                [`the principal '${arn}' belongs to dev and to prod`, ["dev: Role dev-ci", "prod: Role api"]],
            ],
        );
    });

    it("is a pipeline whose token both trust, and no service of Amazon's, and nobody who is denied", () => {
        const token = (effect: string): object => ({
            Effect: effect,
            Principal: {
                Federated: "arn:aws:iam::1:oidc-provider/token.example.com",
                Service: "x.amazonaws.com",
            },
            Condition: { StringLike: { "token.example.com:sub": ["repo:acme/infra:ref:refs/heads/main"] } },
        });
        const trust = (effect: string) => (stack: string) =>
            aws(role(`${stack}-ci`, account(stack), token(effect)))(stack);
        const allowed = { dev: trust("Allow")("dev"), prod: trust("Allow")("prod") };
        assert.deepEqual(told(allowed), [
            "shared-principal: the token's subject 'token.example.com repo:acme/infra:ref:refs/heads/main' belongs to dev and to prod",
        ]);
        assert.deepEqual(told({ ...allowed, prod: trust("Deny")("prod") }), []);
    });

    it("is a key of dev that encrypts a secret of prod, by its ARN or its id", () => {
        const key = {
            type: "aws:kms/key:Key",
            name: "dev",
            outputs: { keyId: "1234", arn: "arn:aws:kms:us-east-1:111111111111:key/1234" },
        };
        for (const kmsKeyId of ["1234", "arn:aws:kms:us-east-1:111111111111:key/1234"]) {
            assert.deepEqual(told({ dev: aws(key)("dev"), prod: aws(secret("db", { kmsKeyId }))("prod") }), [
                "shared-key: the KMS key '1234' belongs to dev and to prod",
            ]);
        }
        const amazons = aws(secret("db", { kmsKeyId: "alias/aws/secretsmanager" }));
        assert.deepEqual(told({ dev: amazons("dev"), prod: amazons("prod") }), []);
    });

    it("is a service account of Google's, its project, and a key", () => {
        const email = "dev-api@acme-dev.iam.gserviceaccount.com";
        const key = "projects/acme-dev/locations/x/keyRings/dev/cryptoKeys/dev";
        const using = (stack: string, kmsKeyName: string): ResourceSketch => ({
            type: "gcp:secretmanager/secret:Secret",
            name: stack,
            inputs: {
                project: `acme-${stack}`,
                secretId: "db",
                replication: { userManaged: { replicas: [{ customerManagedEncryption: { kmsKeyName } }] } },
            },
        });
        const dev = gcp(
            "dev",
            { type: "gcp:serviceaccount/account:Account", name: "api", outputs: { email } },
            using("dev", key),
        );
        const prod = gcp(
            "prod",
            {
                type: "gcp:secretmanager/secretIamMember:SecretIamMember",
                name: "api",
                inputs: { member: `serviceAccount:${email}` },
            },
            {
                type: "gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding",
                name: "agent",
                inputs: {
                    members: ["serviceAccount:service-1@gcp-sa-secretmanager.iam.gserviceaccount.com"],
                },
            },
            using("prod", key),
        );
        assert.deepEqual(told({ dev, prod }), [
            "shared-system: the GCP project 'acme-dev' belongs to dev and to prod",
            `shared-principal: the principal '${email}' belongs to dev and to prod`,
            `shared-key: the KMS key '${key}' belongs to dev and to prod`,
        ]);
    });

    it("is a mount of one Vault, its role, policy, entry and login", () => {
        const one = (stack: string) =>
            vault(
                stack,
                "https://vault",
                { type: "vault:index/mount:Mount", name: stack, inputs: { path: "secret" } },
                { type: "vault:index/policy:Policy", name: stack, inputs: { name: "api", policy: "" } },
                { type: "vault:kv/secretV2:SecretV2", name: stack, inputs: { mount: "secret", name: "db" } },
                {
                    type: "vault:kubernetes/authBackendRole:AuthBackendRole",
                    name: stack,
                    inputs: {
                        backend: "kubernetes",
                        roleName: "api",
                        boundServiceAccountNames: ["api"],
                        boundServiceAccountNamespaces: ["shop"],
                    },
                },
            );
        const found = told({ dev: one("dev"), prod: one("prod") }).filter((line) =>
            line.startsWith("shared"),
        );
        assert.deepEqual(found, [
            "shared-system: the Vault mount 'https://vault secret' belongs to dev and to prod",
            "shared-principal: the Vault policy 'https://vault api' belongs to dev and to prod",
            "shared-entry: the entry 'https://vault secret/db' belongs to dev and to prod",
            "shared-principal: the Vault role 'https://vault kubernetes api' belongs to dev and to prod",
            "shared-principal: the service account 'https://vault kubernetes shop/api' belongs to dev and to prod",
        ]);
    });

    it("is a cluster, a namespace, and a service account that both bind", () => {
        const binding = (stack: string): ResourceSketch => ({
            type: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
            name: stack,
            inputs: {
                metadata: { name: stack, namespace: `shop-${stack}` },
                subjects: [{ kind: "ServiceAccount", name: "operator", namespace: "operator" }],
            },
        });
        const namespace = {
            type: "kubernetes:core/v1:Namespace",
            name: "shop",
            inputs: { metadata: { name: "shop" } },
        };
        const one = (stack: string) => cluster(stack, "main", binding(stack), namespace);
        assert.deepEqual(told({ dev: one("dev"), prod: one("prod") }), [
            "shared-system: the cluster context 'main' belongs to dev and to prod",
            "shared-entry: the namespace 'main shop' belongs to dev and to prod",
            "shared-principal: the service account 'main operator/operator' belongs to dev and to prod",
        ]);
    });
});
