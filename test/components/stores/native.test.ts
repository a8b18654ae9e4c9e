import assert from "node:assert/strict";
import { creationStatements } from "../../../components/stores/vault-database";
import { Unknown } from "../../../preview/engine/values";
import type { Rendering } from "../../../preview/rendering";
import { accessMatrix } from "../../../preview/access";
import { kindAndName, one, renderLeases, renderShop } from "../../support/render-shop";

/**
 * Documents that their store rotates. What this does not prove: that AWS's function and Vault's plugin do their work,
 * and that operators set the first value.
 */

const application = {
    engine: "postgres",
    version: "1.1.671",
    subnetIds: ["subnet-0a1b2c3d", "subnet-1a2b3c4d"],
    securityGroupIds: ["sg-0a1b2c3d"],
};

const inAws = (native: object): Promise<Rendering> =>
    renderShop({
        secrets: "aws-secrets-manager",
        config: "kubernetes",
        program: "native-program",
        ledger: "native.yaml",
        platform: { native: { account: { by: "aws-secrets-manager", ...native } } },
        environment: { etcd: undefined },
    });

const below = ({ resources }: Rendering, name: string): string[] => {
    const parents = new Set(resources.filter((each) => each.name === name).map(({ urn }) => urn));
    return resources
        .filter(({ parent }) => parent !== undefined && parents.has(parent))
        .map(kindAndName)
        .sort();
};

describe("a document that Secrets Manager rotates", function () {
    this.timeout("1 minute");

    it("is declared without a value, and with AWS's function on a schedule that does not begin at once", async () => {
        const rendering = await inAws({ application, valueIsSet: true });
        assert.deepEqual(rendering.diagnostics, []);
        assert.deepEqual(below(rendering, "shop/account"), [
            "CloudFormationStack shop-prod-account-rotation",
            "Secret shop/account",
            "SecretPolicy shop/account",
            "SecretRotation shop/account",
        ]);
        const { kmsKeyArn, ...parameters } = one(rendering, "CloudFormationStack shop-prod-account-rotation")
            .inputs["parameters"] as Record<string, string>;
        assert.match(kmsKeyArn ?? "", /^arn:aws:kms:us-east-1:210987654321:key\//);
        assert.deepEqual(parameters, {
            endpoint: "https://secretsmanager.us-east-1.amazonaws.com",
            functionName: "shop-prod-account-rotation",
            vpcSubnetIds: "subnet-0a1b2c3d,subnet-1a2b3c4d",
            vpcSecurityGroupIds: "sg-0a1b2c3d",
        });
        const stack = one(rendering, "CloudFormationStack shop-prod-account-rotation").inputs;
        assert.equal(
            stack["applicationId"],
            "arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSPostgreSQLRotationSingleUser",
        );
        assert.deepEqual(stack["capabilities"], ["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"]);
        const { rotationLambdaArn, secretId, ...rotation } = one(
            rendering,
            "SecretRotation shop/account",
        ).inputs;
        assert.ok(rotationLambdaArn instanceof Unknown);
        assert.equal(secretId, one(rendering, "Secret shop/account").outputs["arn"]);
        assert.deepEqual(rotation, {
            rotateImmediately: false,
            rotationRules: { automaticallyAfterDays: 90 },
        });
    });

    it("is rotated by somebody's own function, where one is named", async () => {
        const functionArn = "arn:aws:lambda:us-east-1:210987654321:function:rotate";
        const rendering = await inAws({ functionArn, valueIsSet: true });
        assert.equal(one(rendering, "SecretRotation shop/account").inputs["rotationLambdaArn"], functionArn);
        assert.ok(!below(rendering, "shop/account").some((name) => name.startsWith("CloudFormationStack")));
    });

    it("has no schedule before its first value is set: AWS would try the function on nothing", async () => {
        const rendering = await inAws({ application });
        assert.deepEqual(below(rendering, "shop/account"), [
            "Secret shop/account",
            "SecretPolicy shop/account",
        ]);
    });

    it("is granted and synced like any other, and tells who rotates it", async () => {
        const rendering = await inAws({ application });
        const { data } = one(rendering, "ExternalSecret shop/report").inputs["spec"] as unknown as {
            data: { secretKey: string; remoteRef: object }[];
        };
        assert.deepEqual(data, [
            { secretKey: "DB_PASSWORD", remoteRef: { key: "shop/prod/account", property: "password" } },
            { secretKey: "DB_USER", remoteRef: { key: "shop/prod/account", property: "username" } },
        ]);
        const { fields } = one(rendering, "Document shop/account").inputs as unknown as {
            fields: Record<string, Record<string, unknown>>;
        };
        const { rotatedBy, outOfBand, needsValue, generations, strategy } = fields["password"]!;
        assert.deepEqual(
            [rotatedBy, outOfBand, needsValue, generations, strategy],
            ["aws-secrets-manager", true, undefined, undefined, undefined],
        );
        assert.ok(!rendering.resources.some(({ type }) => type.endsWith(":RandomPassword")));
    });
});

describe("a document that Vault leases", function () {
    this.timeout("1 minute");
    const MOUNT = "shop-prod-database";
    let rendered: Promise<Rendering> | undefined;
    const inVault = (): Promise<Rendering> => (rendered ??= renderLeases());

    it("is an engine, a connection without Vault's own account, and a role per consumer; no entry, no value", async () => {
        const rendering = await inVault();
        assert.deepEqual(rendering.diagnostics, []);
        assert.deepEqual(below(rendering, "shop/account"), [
            "SecretBackendConnection shop/account",
            "SecretBackendRole shop-prod-api-account",
            "SecretBackendRole shop-prod-report-account",
        ]);
        assert.deepEqual(one(rendering, `Mount ${MOUNT}`).inputs, {
            path: MOUNT,
            type: "database",
            description: "Accounts of databases, by lease",
        });
        assert.deepEqual(one(rendering, "SecretBackendConnection shop/account").inputs, {
            backend: MOUNT,
            name: "account",
            allowedRoles: ["shop-prod-api-account", "shop-prod-report-account"],
            verifyConnection: false,
            postgresql: {
                connectionUrl:
                    "postgresql://{{username}}:{{password}}@db.example.com:5432/shop?sslmode=verify-full",
            },
        });
        assert.ok(!rendering.resources.some(({ type }) => type.startsWith("random:index/randomPassword")));
    });

    it("gives each consumer accounts with its rights, for as long as the lease says", async () => {
        const rendering = await inVault();
        const role = one(rendering, "SecretBackendRole shop-prod-report-account").inputs;
        assert.deepEqual(role, {
            backend: MOUNT,
            name: "shop-prod-report-account",
            dbName: "account",
            creationStatements: creationStatements("public", true),
            defaultTtl: 86_400,
            maxTtl: 604_800,
        });
        const { creationStatements: statements } = one(
            rendering,
            "SecretBackendRole shop-prod-api-account",
        ).inputs;
        assert.deepEqual(statements, creationStatements("public", false));
    });

    it("is leased by a login of its own, which reads nothing else and lives as long as the lease", async () => {
        const rendering = await inVault();
        const policy = one(rendering, "Policy shop-prod-api-account").inputs["policy"] as string;
        assert.deepEqual(JSON.parse(policy), {
            path: { [`${MOUNT}/creds/shop-prod-api-account`]: { capabilities: ["read"] } },
        });
        const login = one(rendering, "AuthBackendRole shop-prod-api-account").inputs;
        assert.deepEqual(
            [login["tokenTtl"], login["tokenMaxTtl"], login["boundServiceAccountNames"]],
            [86_400, 86_400, ["api"]],
        );
        assert.ok(!rendering.resources.map(kindAndName).includes("Policy shop-prod-api"));
    });

    it("reaches pods through a generator, under the names of the variables", async () => {
        const rendering = await inVault();
        const generator = one(rendering, "VaultDynamicSecret shop/api-api-account").inputs;
        assert.deepEqual(generator["spec"], {
            path: `${MOUNT}/creds/shop-prod-api-account`,
            method: "GET",
            resultType: "Data",
            provider: {
                server: "https://vault.example.com",
                auth: {
                    kubernetes: {
                        mountPath: "kubernetes",
                        role: "shop-prod-api-account",
                        serviceAccountRef: { name: "api" },
                    },
                },
            },
        });
        const spec = one(rendering, "ExternalSecret shop/api").inputs["spec"] as Record<string, unknown>;
        assert.deepEqual([spec["data"], spec["secretStoreRef"]], [undefined, undefined]);
        assert.deepEqual(spec["dataFrom"], [
            {
                sourceRef: {
                    generatorRef: {
                        apiVersion: "generators.external-secrets.io/v1alpha1",
                        kind: "VaultDynamicSecret",
                        name: "api-account",
                    },
                },
                rewrite: [
                    { regexp: { source: "^password$", target: "DB_PASSWORD" } },
                    { regexp: { source: "^username$", target: "DB_USER" } },
                ],
            },
        ]);
        assert.ok(!rendering.resources.some(({ type }) => type.endsWith(":SecretStore")));
    });

    it("shows in the access matrix, per consumer", async () => {
        const cells = accessMatrix(await inVault()).cells.filter(
            ({ identity, entry }) => identity.system === "vault" && entry.system === "vault",
        );
        assert.deepEqual(
            cells.map(({ identity, entry, decision }) => [
                identity.name,
                entry.documents,
                entry.path,
                decision,
            ]),
            ["api", "report"].map((consumer) => [
                `shop-prod-${consumer}-account`,
                ["shop/account"],
                `${MOUNT}/creds/shop-prod-${consumer}-account`,
                "allowed",
            ]),
        );
    });
});

describe("creationStatements", () => {
    it("give an account the rows of one schema, and nothing else", () => {
        assert.deepEqual(creationStatements("app", false), [
            `CREATE ROLE "{{name}}" WITH LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT;`,
            'GRANT USAGE ON SCHEMA "app" TO "{{name}}";',
            'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "app" TO "{{name}}";',
            'GRANT USAGE ON ALL SEQUENCES IN SCHEMA "app" TO "{{name}}";',
        ]);
        assert.deepEqual(creationStatements("app", true).slice(2), [
            'GRANT SELECT ON ALL TABLES IN SCHEMA "app" TO "{{name}}";',
        ]);
    });
});
