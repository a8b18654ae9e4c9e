import { mutations } from "../mutations/iso-09-keys-serve-one-environment";
import { UNKNOWN, type Sketch, type Table } from "../support/case";

const type = "aws:secretsmanager/secret:Secret";
const keyType = "aws:kms/key:Key";
const arn = "arn:aws:kms:us-east-1:222222222222:key/11111111-2222-3333-4444-555555555555";
const statement = (principal: unknown, more: object = {}): string =>
    JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: principal, Action: "kms:*", Resource: "*", ...more }],
    });
const root = { AWS: "arn:aws:iam::222222222222:root" };
const key: Sketch = {
    type: keyType,
    name: "strongroom-prod",
    props: { policy: statement(root), arn, keyId: "11111111-2222-3333-4444-555555555555" },
};
const keyToCome: Sketch = { ...key, props: { policy: statement(root), arn: UNKNOWN, keyId: UNKNOWN } };
const fromKey = { kmsKeyId: { type: keyType, name: "strongroom-prod" } };

const secret = "gcp:secretmanager/secret:Secret";
const ring = "projects/acme-prod/locations/us-central1/keyRings/strongroom-prod";
const replicated = (kmsKeyName: string): Record<string, unknown> => ({
    replication: {
        userManaged: { replicas: [{ location: "us-central1", customerManagedEncryption: { kmsKeyName } }] },
    },
});
const grant = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember";
const admits = (
    member: string,
    cryptoKeyId = `${ring}/cryptoKeys/strongroom-prod-secrets`,
): Sketch["props"] => ({
    cryptoKeyId,
    role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
    member,
});
const agent = (number: string): string =>
    `serviceAccount:service-${number}@gcp-sa-secretmanager.iam.gserviceaccount.com`;

export const table: Table = {
    policy: "iso-09-keys-serve-one-environment",
    clean: { type, props: { name: "devplatform/prod/db", kmsKeyId: arn }, beside: [key] },
    cases: [
        {
            title: "a key of dev's account",
            change: { kmsKeyId: "arn:aws:kms:us-east-1:111111111111:key/1111" },
            expect: ["another account"],
        },
        {
            title: "a key of this account that the stack does not declare",
            change: { kmsKeyId: "arn:aws:kms:us-east-1:222222222222:key/6666" },
            expect: ["no key that this stack declares"],
        },
        {
            title: "a key by its id",
            change: { kmsKeyId: "11111111-2222-3333-4444-555555555555" },
            expect: "clean",
        },
        {
            title: "an alias of this environment",
            change: { kmsKeyId: "alias/strongroom-prod" },
            expect: "clean",
        },
        {
            title: "near miss: an alias of prod-eu",
            change: { kmsKeyId: "alias/strongroom-prod-eu" },
            expect: ["no alias of this environment"],
        },
        {
            title: "an alias of this environment's name in another account",
            change: { kmsKeyId: "arn:aws:kms:us-east-1:111111111111:alias/strongroom-prod" },
            expect: ["another account"],
        },
        {
            title: "Amazon's own key is another rule's",
            change: { kmsKeyId: "alias/aws/secretsmanager" },
            expect: "clean",
        },
        { title: "no key is another rule's", change: { kmsKeyId: undefined }, expect: "clean" },
        {
            title: "a key that does not exist yet, computed from one of this stack",
            change: { kmsKeyId: UNKNOWN },
            with: { computedFrom: fromKey },
            beside: [keyToCome],
            expect: "clean",
        },
        {
            title: "an unknown key that nothing of this stack stands behind",
            change: { kmsKeyId: UNKNOWN },
            expect: ["no key of this stack"],
        },
        {
            title: "an unknown key that is computed from something else",
            change: { kmsKeyId: UNKNOWN },
            with: { computedFrom: { kmsKeyId: "aws:ssm/parameter:Parameter" } },
            expect: ["no key of this stack"],
        },
        {
            title: "the second replica under dev's key",
            change: {
                replicas: [
                    { region: "us-west-2", kmsKeyId: arn },
                    { region: "eu-west-1", kmsKeyId: "alias/strongroom-dev" },
                ],
            },
            expect: ["replicas[1].kmsKeyId"],
        },
        {
            title: "a parameter in plain text has no key",
            type: "aws:ssm/parameter:Parameter",
            props: { type: "String", keyId: UNKNOWN },
            expect: "clean",
        },
        {
            title: "a parameter under dev's key",
            type: "aws:ssm/parameter:Parameter",
            props: { type: "SecureString", keyId: "alias/strongroom-dev" },
            expect: ['"keyId"'],
        },
        {
            title: "an alias that leads to a key of another stack",
            type: "aws:kms/alias:Alias",
            props: { name: "alias/strongroom-prod", targetKeyId: "6666" },
            expect: ['"targetKeyId"'],
        },
        {
            title: "a cluster under dev's key",
            type: "aws:eks/cluster:Cluster",
            props: {
                encryptionConfig: { resources: ["secrets"], provider: { keyArn: "alias/strongroom-dev" } },
            },
            expect: ["encryptionConfig.provider.keyArn"],
        },
        {
            title: "a key that admits a role of dev",
            type: keyType,
            props: { policy: statement({ AWS: ["arn:aws:iam::111111111111:role/devplatform-dev-backend"] }) },
            expect: ["policy.Statement[0].Principal.AWS[0]"],
        },
        {
            title: "a key that admits a role of dev in its own account",
            type: "aws:kms/keyPolicy:KeyPolicy",
            props: {
                keyId: arn,
                policy: statement({ AWS: "arn:aws:iam::222222222222:role/devplatform-dev-backend" }),
            },
            expect: ["another environment's"],
        },
        {
            title: "a key that admits whom a store of dev calls for",
            type: keyType,
            props: {
                policy: statement(
                    { AWS: "*" },
                    { Condition: { StringEquals: { "kms:CallerAccount": "111111111111" } } },
                ),
            },
            expect: ["kms:CallerAccount"],
        },
        {
            title: "near miss: a key that admits whom a store of this account calls for",
            type: keyType,
            props: {
                policy: statement(
                    { AWS: "*" },
                    { Condition: { StringEquals: { "kms:CallerAccount": "222222222222" } } },
                ),
            },
            expect: "clean",
        },
        { title: "a key with Amazon's policy", type: keyType, props: {}, expect: "clean" },
        {
            title: "a key whose policy nobody knows",
            type: keyType,
            props: { policy: UNKNOWN },
            expect: ["which environment it admits"],
        },
        {
            title: "a grant to a role of dev",
            type: "aws:kms/grant:Grant",
            props: { keyId: arn, granteePrincipal: "arn:aws:iam::111111111111:role/x" },
            expect: ['"granteePrincipal"'],
        },
        {
            title: "a grant to a role that does not exist yet",
            type: "aws:kms/grant:Grant",
            props: { keyId: arn, granteePrincipal: UNKNOWN },
            computedFrom: { granteePrincipal: "aws:iam/role:Role" },
            expect: "clean",
        },
        {
            title: "a secret of Google",
            type: secret,
            props: replicated(`${ring}/cryptoKeys/strongroom-prod-secrets`),
            expect: "clean",
        },
        {
            title: "a secret of Google under keys of dev",
            type: secret,
            props: replicated(
                "projects/acme-dev/locations/us-central1/keyRings/strongroom-dev/cryptoKeys/strongroom-dev-secrets",
            ),
            expect: ["another project"],
        },
        {
            title: "near miss: a key ring of prod-eu in this project",
            type: secret,
            props: replicated(
                "projects/acme-prod/locations/us-central1/keyRings/strongroom-prod-eu/cryptoKeys/strongroom-prod-eu",
            ),
            expect: ["no key ring of this environment"],
        },
        {
            title: "no name of a key",
            type: secret,
            props: replicated("strongroom-prod-secrets"),
            expect: ["no name of a key"],
        },
        {
            title: "an unknown replication of Google's, computed from a key",
            type: secret,
            props: { replication: UNKNOWN },
            computedFrom: { replication: "gcp:kms/cryptoKey:CryptoKey" },
            expect: "clean",
        },
        {
            title: "Google's agent of this project",
            type: grant,
            props: admits(agent("333333333333")),
            expect: "clean",
        },
        {
            title: "Google's agent of dev's project",
            type: grant,
            props: admits(agent("444444444444")),
            expect: ["agent of another project"],
        },
        {
            title: "an account that is called like an agent",
            type: grant,
            props: admits("serviceAccount:service-333333333333@acme-dev.iam.gserviceaccount.com"),
            expect: ['"member"'],
        },
        {
            title: "an agent that does not exist yet",
            type: grant,
            props: admits(UNKNOWN),
            computedFrom: { member: "gcp:projects/serviceIdentity:ServiceIdentity" },
            expect: "clean",
        },
        {
            title: "somebody of whom nothing is known",
            type: grant,
            props: admits(UNKNOWN),
            expect: ["which environment it admits"],
        },
        {
            title: "an account of dev, and dev's key",
            type: "gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding",
            props: {
                cryptoKeyId:
                    "projects/acme-dev/locations/x/keyRings/strongroom-dev/cryptoKeys/strongroom-dev",
                members: [
                    "serviceAccount:devplatform-prod-api@acme-prod.iam.gserviceaccount.com",
                    "serviceAccount:devplatform-dev-api@acme-dev.iam.gserviceaccount.com",
                ],
            },
            expect: ['"cryptoKeyId"', '"members[1]"'],
        },
        {
            title: "a stack without keys",
            type: "kubernetes:core/v1:Namespace",
            props: {},
            beside: [],
            expect: "not applicable",
        },
    ],
    mutations,
};
