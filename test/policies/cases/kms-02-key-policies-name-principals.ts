import { UNKNOWN, type Table } from "../support/case";

const type = "aws:kms/key:Key";
const document = (...statements: object[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });
const owner = {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::222222222222:root" },
    Action: "kms:*",
    Resource: "*",
};
const anybody = (condition?: object): { policy: string } => ({
    policy: document(owner, {
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: condition,
    }),
});
const viaService = { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" };
const gcpKey = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember";

export const table: Table = {
    policy: "kms-02-key-policies-name-principals",
    clean: { type, props: { policy: document(owner) } },
    cases: [
        {
            title: "anybody, in the second statement",
            change: anybody(),
            expect: ["Statement[1].Principal.AWS"],
        },
        {
            title: "anybody of this account",
            change: anybody({ StringEquals: { ...viaService, "kms:CallerAccount": "222222222222" } }),
            expect: "clean",
        },
        {
            title: "near miss: anybody by way of a service, which serves every account",
            change: anybody({ StringEquals: viaService }),
            expect: ["everybody, of every account"],
        },
        {
            title: "near miss: anybody by TLS",
            change: anybody({ Bool: { "aws:SecureTransport": "true" } }),
            expect: ["everybody"],
        },
        {
            title: "near miss: an account by a wildcard",
            change: anybody({ StringLike: { "kms:CallerAccount": "2222*" } }),
            expect: ["everybody"],
        },
        {
            title: "near miss: an operator that lets a request without the key through",
            change: anybody({ StringEqualsIfExists: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }),
            expect: ["everybody"],
        },
        {
            title: "near miss: anybody who is not of this account",
            change: anybody({ StringNotEquals: { "kms:CallerAccount": "222222222222" } }),
            expect: ["everybody"],
        },
        {
            title: "all but one",
            change: {
                policy: document({ Effect: "Allow", NotPrincipal: owner.Principal, Action: "kms:*" }),
            },
            expect: ["NotPrincipal"],
        },
        {
            title: "near miss: a denial of everybody",
            change: {
                policy: document(owner, {
                    Effect: "Deny",
                    Principal: "*",
                    Action: "kms:ScheduleKeyDeletion",
                }),
            },
            expect: "clean",
        },
        { title: "the default policy, which is the account", change: { policy: undefined }, expect: "clean" },
        {
            title: "a replica that anybody uses",
            type: "aws:kms/replicaKey:ReplicaKey",
            props: anybody(),
            expect: ["everybody"],
        },
        {
            title: "a policy by itself without one",
            type: "aws:kms/keyPolicy:KeyPolicy",
            props: { keyId: "1" },
            expect: ["no policy document"],
        },
        { title: "a policy that can't be read", change: { policy: "?" }, expect: ["no policy document"] },
        {
            title: "a key of GCP for everybody",
            type: gcpKey,
            props: { role: "roles/cloudkms.cryptoKeyDecrypter", member: "allUsers" },
            expect: ["more than one identity"],
        },
        {
            title: "a key ring of GCP for a whole company, the second of a binding",
            type: "gcp:kms/keyRingIAMBinding:KeyRingIAMBinding",
            props: {
                role: "roles/cloudkms.cryptoKeyDecrypter",
                members: ["group:sre@acme.example", "domain:acme.example"],
            },
            expect: ["members[1]"],
        },
        {
            title: "a key of GCP for one service",
            type: gcpKey,
            props: {
                role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
                member: "serviceAccount:service-1@gcp-sa-secretmanager.iam.gserviceaccount.com",
            },
            expect: "clean",
        },
        {
            title: "a policy of a GCP key that can't be read",
            type: "gcp:kms/cryptoKeyIAMPolicy:CryptoKeyIAMPolicy",
            props: { policyData: "?" },
            expect: ["can't be read"],
        },
        { title: "an unknown policy waits", change: { policy: UNKNOWN }, expect: "can't run" },
    ],
    mutations: [
        { title: "anybody", type, change: { "policy#Statement.0.Principal": "*" } },
        {
            title: "anybody by way of a service",
            type,
            change: {
                "policy#Statement.0.Principal": { AWS: "*" },
                "policy#Statement.0.Condition": { StringEquals: viaService },
            },
            alsoBreaks: ["ISO-09"],
        },
        {
            title: "a replica that anybody uses",
            type: "aws:kms/replicaKey:ReplicaKey",
            change: { "policy#Statement.0.Principal": { AWS: "*" } },
        },
        {
            title: "a key of GCP for everybody",
            type: gcpKey,
            change: { member: "allUsers" },
            alsoBreaks: ["GCP-02"],
        },
        { title: "a key of GCP for a whole company", type: gcpKey, change: { member: "domain:example.com" } },
    ],
};
