import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { aws } from "../../../preview/engine/outputs/aws";
import { CreateContext, type Compute } from "../../../preview/engine/outputs/context";
import { gcp } from "../../../preview/engine/outputs/gcp";
import { kubernetesObject } from "../../../preview/engine/outputs/kubernetes";
import { random } from "../../../preview/engine/outputs/random";
import { vault } from "../../../preview/engine/outputs/vault";
import { Unknown, type PropertyMap } from "../../../preview/engine/values";

/** Inputs, and what follows from them, with the id among it. */
type Case = readonly [inputs: PropertyMap, outputs: PropertyMap];

const AWS = "arn:aws";
const AT = "us-east-1:222222222222";
const SECRET_ARN = `${AWS}:secretsmanager:${AT}:secret:shop/prod/db-<drawn>`;
const KEY = "11111111-2222-4333-8444-555555555555";
const tagsAll = { owner: "team", environment: "prod" };
const tags = { environment: "prod" };
const labels = { class: "database" };
const allLabels = {
    effectiveLabels: { owner: "team", ...labels },
    pulumiLabels: { owner: "team", ...labels },
};
const project = "shop-prod";
const secret = `projects/${project}/secrets/shop_prod_db`;
const ring = `projects/${project}/locations/us-central1/keyRings/shop`;
const email = `shop-prod-api@${project}.iam.gserviceaccount.com`;
const member = `serviceAccount:${email}`;

/** `<drawn>` is a stand-in for what a cloud draws. */
const CASES: Readonly<Record<string, Case>> = {
    "aws:secretsmanager/secret:Secret": [
        { name: "shop/prod/db", tags },
        arnAndId(`${AWS}:secretsmanager:${AT}:secret:shop/prod/db-<drawn>`, {
            name: "shop/prod/db",
            tagsAll,
        }),
    ],
    "aws:secretsmanager/secretVersion:SecretVersion": [{ secretId: SECRET_ARN }, { arn: SECRET_ARN }],
    "aws:secretsmanager/secretPolicy:SecretPolicy": [{ secretArn: SECRET_ARN }, { id: SECRET_ARN }],
    "aws:secretsmanager/secretRotation:SecretRotation": [{ secretId: SECRET_ARN }, { id: SECRET_ARN }],
    "aws:ssm/parameter:Parameter": [
        { name: "/shop/prod/host", tags },
        named("/shop/prod/host", `${AWS}:ssm:${AT}:parameter/shop/prod/host`, { tagsAll }),
    ],
    "aws:kms/key:Key": [
        { tags },
        { id: "<uuid>", keyId: "<uuid>", arn: `${AWS}:kms:${AT}:key/<uuid>`, tagsAll },
    ],
    "aws:kms/replicaKey:ReplicaKey": [
        { region: "us-west-2", primaryKeyArn: `${AWS}:kms:${AT}:key/${KEY}`, tags },
        { id: KEY, keyId: KEY, arn: `${AWS}:kms:us-west-2:222222222222:key/${KEY}`, tagsAll },
    ],
    "aws:kms/alias:Alias": [
        { name: "alias/shop", targetKeyId: KEY },
        named("alias/shop", `${AWS}:kms:${AT}:alias/shop`, { targetKeyArn: `${AWS}:kms:${AT}:key/${KEY}` }),
    ],
    "aws:iam/role:Role": [
        { name: "shop-prod-api", path: "/shop/" },
        named("shop-prod-api", `${AWS}:iam::222222222222:role/shop/shop-prod-api`, {
            path: "/shop/",
            tagsAll: { owner: "team" },
        }),
    ],
    "aws:iam/policy:Policy": [
        { name: "reads", tags },
        arnAndId(`${AWS}:iam::222222222222:policy/reads`, { name: "reads", path: "/", tagsAll }),
    ],
    "aws:iam/user:User": [
        { name: "ci", tags },
        named("ci", `${AWS}:iam::222222222222:user/ci`, { path: "/", tagsAll }),
    ],
    "aws:iam/rolePolicy:RolePolicy": [
        { role: "api", name: "reads" },
        { id: "api:reads", name: "reads" },
    ],
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": [
        { role: "api", policyArn: `${AWS}:iam::222222222222:policy/reads` },
        { id: `api/${AWS}:iam::222222222222:policy/reads` },
    ],
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": [
        { url: "https://oidc.example.com/id/1", tags },
        arnAndId(`${AWS}:iam::222222222222:oidc-provider/oidc.example.com/id/1`, { tagsAll }),
    ],
    "aws:cloudtrail/trail:Trail": [
        { name: "audit", tags },
        arnAndId(`${AWS}:cloudtrail:${AT}:trail/audit`, { name: "audit", tagsAll }),
    ],
    "aws:cloudwatch/logGroup:LogGroup": [
        { name: "audit", tags },
        named("audit", `${AWS}:logs:${AT}:log-group:audit`, { tagsAll }),
    ],
    "aws:cloudwatch/metricAlarm:MetricAlarm": [
        { name: "denied", tags },
        named("denied", `${AWS}:cloudwatch:${AT}:alarm:denied`, { tagsAll }),
    ],
    "aws:cloudwatch/eventRule:EventRule": [
        { name: "rotated", tags },
        named("rotated", `${AWS}:events:${AT}:rule/rotated`, { tagsAll }),
    ],
    "aws:sns/topic:Topic": [
        { name: "alerts", tags },
        arnAndId(`${AWS}:sns:${AT}:alerts`, { name: "alerts", tagsAll }),
    ],
    "aws:s3/bucket:Bucket": [
        { bucket: "trail", tags },
        { id: "trail", bucket: "trail", arn: `${AWS}:s3:::trail`, tagsAll },
    ],
    "gcp:secretmanager/secret:Secret": [
        { secretId: "shop_prod_db", labels },
        { id: secret, project, ...allLabels },
    ],
    "gcp:secretmanager/secretIamMember:SecretIamMember": [
        { secretId: "shop_prod_db", role: "roles/secretmanager.secretAccessor", member },
        { id: `${secret}/roles/secretmanager.secretAccessor/${member}`, project },
    ],
    "gcp:serviceaccount/account:Account": [
        { accountId: "shop-prod-api" },
        idAndName(`projects/${project}/serviceAccounts/${email}`, { email, member, project }),
    ],
    "gcp:serviceaccount/iAMMember:IAMMember": [
        { serviceAccountId: "account", role: "roles/iam.workloadIdentityUser", member },
        { id: `account/roles/iam.workloadIdentityUser/${member}` },
    ],
    "gcp:projects/iAMMember:IAMMember": [
        { project, role: "roles/viewer", member },
        { id: `${project}/roles/viewer/${member}` },
    ],
    "gcp:kms/keyRing:KeyRing": [
        { name: "shop", location: "us-central1" },
        { id: ring, project },
    ],
    "gcp:kms/cryptoKey:CryptoKey": [
        { name: "secrets", keyRing: ring, labels },
        { id: `${ring}/cryptoKeys/secrets`, ...allLabels },
    ],
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": [
        { cryptoKeyId: ring, role: "roles/viewer", member },
        { id: `${ring}/roles/viewer/${member}` },
    ],
    "gcp:pubsub/topic:Topic": [
        { name: "rotations", labels },
        { id: `projects/${project}/topics/rotations`, project, ...allLabels },
    ],
    "gcp:pubsub/topicIAMMember:TopicIAMMember": [
        { topic: "rotations", role: "roles/pubsub.publisher", member },
        { id: `projects/${project}/topics/rotations/roles/pubsub.publisher/${member}`, project },
    ],
    "gcp:projects/serviceIdentity:ServiceIdentity": [
        { service: "secretmanager.googleapis.com" },
        { id: `projects/${project}/services/secretmanager.googleapis.com`, project },
    ],
    "vault:index/mount:Mount": [{ path: "secret", type: "kv" }, { id: "secret" }],
    "vault:database/secretBackendConnection:SecretBackendConnection": [
        { backend: "shop-prod-database", name: "account" },
        { id: "shop-prod-database/config/account" },
    ],
    "vault:database/secretBackendRole:SecretBackendRole": [
        { backend: "shop-prod-database", name: "api" },
        { id: "shop-prod-database/roles/api" },
    ],
    "vault:index/policy:Policy": [{ name: "reads" }, { id: "reads" }],
    "vault:index/audit:Audit": [{ type: "file" }, { id: "file", path: "file" }],
    "vault:index/namespace:Namespace": [{ path: "shop" }, { id: "shop" }],
    "vault:index/authBackend:AuthBackend": [
        { type: "kubernetes", path: "kubernetes-dev" },
        { id: "kubernetes-dev", path: "kubernetes-dev" },
    ],
    "vault:kv/secretV2:SecretV2": [
        { mount: "secret", name: "shop/prod/db" },
        { id: "secret/data/shop/prod/db", path: "secret/data/shop/prod/db" },
    ],
    "vault:kv/secretBackendV2:SecretBackendV2": [{ mount: "secret" }, { id: "secret/config" }],
    "vault:kubernetes/authBackendConfig:AuthBackendConfig": [{}, { id: "auth/kubernetes/config" }],
    "vault:kubernetes/authBackendRole:AuthBackendRole": [
        { backend: "kubernetes-dev", roleName: "api" },
        { id: "auth/kubernetes-dev/role/api" },
    ],
    "vault:jwt/authBackendRole:AuthBackendRole": [{ roleName: "ci" }, { id: "auth/jwt/role/ci" }],
    "random:index/randomPassword:RandomPassword": [{ length: 20, special: false }, drawnText(false)],
    "random:index/randomString:RandomString": [{ length: 20 }, drawnText(true)],
    "random:index/randomPet:RandomPet": [{ length: 3 }, { length: 3, separator: "-" }],
};

const PROVIDERS: Readonly<Record<string, PropertyMap>> = {
    aws: {
        region: "us-east-1",
        allowedAccountIds: '["222222222222"]',
        defaultTags: '{"tags":{"owner":"team"}}',
    },
    gcp: { project, defaultLabels: '{"owner":"team"}' },
};
const TABLES: Readonly<Record<string, Readonly<Record<string, Compute>>>> = { aws, gcp, random, vault };

function arnAndId(arn: string, rest: PropertyMap): PropertyMap {
    return { id: arn, arn, ...rest };
}

function named(name: string, arn: string, rest: PropertyMap): PropertyMap {
    return { id: name, name, arn, ...rest };
}

function idAndName(name: string, rest: PropertyMap): PropertyMap {
    return { id: name, name, ...rest };
}

function drawnText(special: boolean): PropertyMap {
    const least = { minLower: 0, minNumeric: 0, minSpecial: 0, minUpper: 0 };
    return { length: 20, lower: true, special, upper: true, ...least, numeric: true, number: true };
}

function compute(type: string, inputs: PropertyMap, provider: PropertyMap): unknown {
    const table = TABLES[type.split(":", 1)[0] ?? ""];
    const outputs = table?.[type]?.(new CreateContext("urn:pulumi:dev::try::t::n", "n", inputs, provider));
    const text = JSON.stringify(outputs)
        .replaceAll(/(secret:[\w/]+)-[A-Za-z0-9]{6}"/g, '$1-<drawn>"')
        .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}/g, (uuid) =>
            uuid === KEY ? uuid : "<uuid>",
        );
    return JSON.parse(text);
}

/** Does not prove that a cloud would answer so: each entry names the page that says it would. */
describe("the outputs of a resource that is yet to be made", () => {
    for (const [type, [inputs, outputs]] of Object.entries(CASES)) {
        it(`follow from the inputs of ${type}`, () => {
            deepStrictEqual(compute(type, inputs, PROVIDERS[type.split(":", 1)[0] ?? ""] ?? {}), outputs);
        });
    }

    it("are tried for each type that has an entry, and each entry names its source", () => {
        const entries = Object.keys(TABLES).flatMap((name) => {
            const file = path.resolve(__dirname, `../../../preview/engine/outputs/${name}.ts`);
            const lines = readFileSync(file, "utf8").split("\n");
            return lines.flatMap((line, at) => {
                const type = /^ {4}"(\w+:[\w/]+:\w+)":/.exec(line)?.[1];
                if (type === undefined) return [];
                match(lines[at - 1] ?? "", /^ {4}\/\/ .*(?:Reference|API|registry|Guide), /, type);
                return [type];
            });
        });
        deepStrictEqual(entries.sort(), Object.keys(CASES).sort());
        strictEqual(entries.length, Object.values(TABLES).flatMap(Object.keys).length);
    });

    it("are unknown where a part of them is", () => {
        const { arn, id } = aws["aws:ssm/parameter:Parameter"]!(
            new CreateContext("u", "n", { name: Unknown.value }, PROVIDERS["aws"]!),
        );
        deepStrictEqual([arn, id], [Unknown.value, Unknown.value]);
        const elsewhere = { region: "us-east-1", allowedAccountIds: '["1","2"]' };
        strictEqual(
            aws["aws:sns/topic:Topic"]!(new CreateContext("u", "n", { name: "x" }, elsewhere))["arn"],
            Unknown.value,
        );
    });

    it("name the partition of the region", () => {
        const context = new CreateContext("u", "n", { bucket: "b" }, { region: "us-gov-west-1" });
        strictEqual(aws["aws:s3/bucket:Bucket"]!(context)["arn"], "arn:aws-us-gov:s3:::b");
    });

    const objects: readonly (readonly [string, PropertyMap, PropertyMap, string | Unknown])[] = [
        ["a namespaced object", { kind: "Secret", metadata: { name: "a", namespace: "b" } }, {}, "b/a"],
        ["one of the default namespace", { kind: "Secret", metadata: { name: "a" } }, {}, "default/a"],
        [
            "one of the provider's namespace",
            { kind: "Role", metadata: { name: "a" } },
            { namespace: "c" },
            "c/a",
        ],
        ["one of the whole cluster", { kind: "Namespace", metadata: { name: "a" } }, {}, "a"],
        [
            "one whose name the server makes",
            { kind: "Pod", metadata: { generateName: "a-" } },
            {},
            Unknown.value,
        ],
    ];
    for (const [what, inputs, provider, id] of objects) {
        it(`have the id of ${what} in a cluster`, () => {
            strictEqual(kubernetesObject(new CreateContext("u", "n", inputs, provider)).id, id);
        });
    }
});
