import { UNKNOWN, type Table } from "../support/case";

const KEY = "arn:aws:kms:us-east-1:222222222222:key/mrk-0123456789abcdef0123456789abcdef";
const REPLICA = "arn:aws:kms:us-west-2:222222222222:key/mrk-0123456789abcdef0123456789abcdef";
const CRYPTO_KEY = "projects/acme-prod/locations/us-central1/keyRings/ring/cryptoKeys/key";
const PARAMETER = "aws:ssm/parameter:Parameter";
const GCP = "gcp:secretmanager/secret:Secret";
const REGIONAL = "gcp:secretmanager/regionalSecret:RegionalSecret";
const SECRET = "aws:secretsmanager/secret:Secret";

const managed = (kmsKeyName: unknown) => ({ customerManagedEncryption: { kmsKeyName } });

export const table: Table = {
    policy: "sm-01-stores-have-a-customer-key",
    clean: {
        type: SECRET,
        props: { kmsKeyId: KEY, replicas: [{ region: "us-west-2", kmsKeyId: REPLICA }] },
    },
    cases: [
        { title: "no key", change: { kmsKeyId: undefined }, expect: ['"kmsKeyId" is missing'] },
        { title: "an empty key", change: { kmsKeyId: "" }, expect: ['"kmsKeyId" is missing'] },
        {
            title: "near miss: the alias of the service's default key",
            change: { kmsKeyId: "alias/aws/secretsmanager" },
            expect: ["a key that AWS keeps"],
        },
        {
            title: "near miss: the same by its ARN",
            change: { kmsKeyId: "arn:aws:kms:us-east-1:222222222222:alias/aws/secretsmanager" },
            expect: ["a key that AWS keeps"],
        },
        {
            title: "near miss: an alias that only begins like AWS's own",
            change: { kmsKeyId: "alias/aws-secrets" },
            expect: "clean",
        },
        { title: "no form of a key", change: { kmsKeyId: "default" }, expect: ["is no key of AWS KMS"] },
        { title: "a number", change: { kmsKeyId: 7 }, expect: ['"kmsKeyId"'] },
        {
            title: "a replica with the default key",
            change: { "replicas.0.kmsKeyId": undefined },
            expect: ['"replicas[0].kmsKeyId" is missing'],
        },
        {
            title: "the second of two replicas",
            change: { "replicas.1": { region: "eu-west-1", kmsKeyId: "alias/aws/secretsmanager" } },
            expect: ['"replicas[1].kmsKeyId"'],
        },
        { title: "no replicas", change: { replicas: undefined }, expect: "clean" },
        { title: "an unknown key waits", change: { kmsKeyId: UNKNOWN }, expect: "can't run" },
        {
            title: "an unknown replica does not hide a missing key",
            change: { kmsKeyId: undefined, replicas: UNKNOWN },
            expect: ['"kmsKeyId" is missing'],
        },
        {
            title: "a SecureString without a key",
            type: PARAMETER,
            props: { type: "SecureString", name: "/devplatform/prod/db" },
            expect: ['"keyId" is missing'],
        },
        {
            title: "a SecureString with the default key",
            type: PARAMETER,
            props: { type: "SecureString", keyId: "alias/aws/ssm" },
            expect: ["a key that AWS keeps"],
        },
        {
            title: "a SecureString with a key of one's own",
            type: PARAMETER,
            props: { type: "SecureString", keyId: KEY },
            expect: "clean",
        },
        { title: "a String", type: PARAMETER, props: { type: "String" }, expect: "not applicable" },
        { title: "an unknown type waits", type: PARAMETER, props: { type: UNKNOWN }, expect: "can't run" },
        {
            title: "replicas of GCP, one without a key",
            type: GCP,
            props: { replication: { userManaged: { replicas: [managed(CRYPTO_KEY), { location: "eu" }] } } },
            expect: ["replication.userManaged.replicas[1].customerManagedEncryption.kmsKeyName"],
        },
        {
            title: "replicas of GCP with a key each",
            type: GCP,
            props: { replication: { userManaged: { replicas: [managed(CRYPTO_KEY)] } } },
            expect: "clean",
        },
        {
            title: "places that Google chooses, without a key",
            type: GCP,
            props: { replication: { auto: {} } },
            expect: ["replication.auto.customerManagedEncryption.kmsKeyName"],
        },
        {
            title: "places that Google chooses, with a key",
            type: GCP,
            props: { replication: { auto: managed(CRYPTO_KEY) } },
            expect: "clean",
        },
        {
            title: "near miss: a version of a key, which would never rotate",
            type: GCP,
            props: { replication: { auto: managed(`${CRYPTO_KEY}/cryptoKeyVersions/1`) } },
            expect: ["is no key of Cloud KMS"],
        },
        { title: "no replication at all", type: GCP, props: {}, expect: ["names no place"] },
        { title: "a regional secret without a key", type: REGIONAL, props: {}, expect: ["kmsKeyName"] },
        { title: "a regional secret with one", type: REGIONAL, props: managed(CRYPTO_KEY), expect: "clean" },
    ],
    mutations: [
        {
            title: "no key",
            type: SECRET,
            change: { kmsKeyId: undefined },
        },
        { title: "AWS's own key", type: SECRET, change: { kmsKeyId: "alias/aws/secretsmanager" } },
        {
            title: "a replica under AWS's own key",
            type: SECRET,
            change: { "replicas.0.kmsKeyId": undefined },
        },
        {
            title: "Google's own key",
            type: GCP,
            change: { "replication.userManaged.replicas.0.customerManagedEncryption": undefined },
        },
    ],
};
